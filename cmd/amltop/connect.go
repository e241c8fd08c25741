package main

import (
	"fmt"
	"io"
	"net/url"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/backend/sim/arm"
	"github.com/amltop/amltop/model"
)

func readAll(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	return text, nil
}

// connect makes the client for what the settings name. There is one client;
// only what carries its requests differs. An endpoint is an emulator unless the
// backend is Azure, of which it then is the address.
func connect(s settings, sys system) (backend.Cloud, error) {
	o := azure.Options{Now: sys.now, Cloud: string(s.Azure.Cloud), Tenant: s.Azure.Tenant}
	switch {
	case s.Backend == "auto" && s.Endpoint != "":
		return connectEndpoint(s.Endpoint, o)
	case s.Backend == "azure":
		o.Carrier, o.Endpoint = model.CarrierAzure, s.Endpoint
		credential, err := azure.DefaultCredential(o.Cloud, o.Tenant)
		if err != nil {
			return nil, fmt.Errorf("sign in to Azure: %w", err)
		}
		o.Credential = credential
		return azure.New(o)
	default:
		server, err := newSimulator(s, sys, arm.Options{})
		if err != nil {
			return nil, err
		}
		o.Carrier = model.CarrierSim
		o.Scenario = s.Sim.Scenario
		o.Transport = server.Transport()
		return azure.New(o)
	}
}

func connectEndpoint(endpoint string, o azure.Options) (backend.Cloud, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, usagef("endpoint %q is not a URL such as http://127.0.0.1:7070", endpoint)
	}
	o.Carrier, o.Endpoint = model.CarrierEmulator, endpoint
	cloud, err := azure.New(o)
	if err != nil {
		return nil, usageError{err}
	}
	return cloud, nil
}

// newSimulator builds the simulated Azure of a scenario and its ARM face.
func newSimulator(s settings, sys system, o arm.Options) (*arm.Server, error) {
	scenario, err := sim.Load(s.Sim.Scenario)
	if err != nil {
		return nil, usageError{err}
	}
	world, err := sim.New(scenario, s.Sim.Seed)
	if err != nil {
		return nil, usageError{fmt.Errorf("scenario %s: %w", s.Sim.Scenario, err)}
	}
	for _, text := range scenario.Faults {
		fault, err := arm.ParseFault(text)
		if err != nil {
			return nil, usageError{fmt.Errorf("scenario %s: %w", s.Sim.Scenario, err)}
		}
		o.Faults = append(o.Faults, fault)
	}
	o.Now, o.Speed, o.Seed = sys.now, float64(s.Sim.Speed), s.Sim.Seed
	return arm.New(world, o), nil
}
