package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

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

// probing is how long "auto" waits for a token where something looks signed in.
const probing = 3 * time.Second

// place is an Azure to look at: the client, and how one signs in there.
type place struct {
	cloud  backend.Cloud
	signIn *azure.SignIn // nil: nobody needs to
	// failed is why this is the simulator where Azure is set up and nobody asked
	// for another; nil otherwise.
	failed *model.SignInError
}

// connect makes the client for what the settings name, for the command line:
// where a code has to be entered, it is shown and waited for.
func connect(ctx context.Context, s settings, sys system) (backend.Cloud, error) {
	p, err := reach(ctx, s, sys)
	if err != nil {
		return nil, err
	}
	return p.open(ctx, s, sys)
}

// connectToAct is connect for what changes something. Who has set Azure up and
// is not let in means Azure: the simulator does not stand in for it.
func connectToAct(ctx context.Context, s settings, sys system) (backend.Cloud, error) {
	p, err := reach(ctx, s, sys)
	if err != nil {
		return nil, err
	}
	if p.failed != nil {
		e := *p.failed
		e.Steps = append(slices.Clone(e.Steps), model.SignInStep{Type: "amltop --backend sim", For: "if the simulator was meant"})
		return nil, &e
	}
	return p.open(ctx, s, sys)
}

// open says which Azure this is, where that needs saying, and signs in where
// that needs a person.
func (p place) open(ctx context.Context, s settings, sys system) (backend.Cloud, error) {
	if why := p.cloud.Origin().Why; why != "" {
		fmt.Fprintln(sys.stderr, "amltop: "+why)
	}
	var err error
	if p.signIn != nil && s.Azure.SignIn == "device" {
		err = p.signIn.WithCode(ctx, func(c model.DeviceCode) {
			fmt.Fprintf(sys.stderr, "amltop: to sign in, open %s and enter the code %s (waiting; ctrl-c gives up)\n", c.URL, c.Code)
		})
	}
	return p.cloud, err
}

// reach makes the client for what the settings name. There is one client;
// only what carries its requests differs. An endpoint is an emulator unless the
// backend is Azure, of which it then is the address.
func reach(ctx context.Context, s settings, sys system) (place, error) {
	o := azure.Options{Now: sys.now, Cloud: string(s.Azure.Cloud), Tenant: s.Azure.Tenant}
	if s.Backend == "auto" && s.Endpoint != "" {
		cloud, err := connectEndpoint(s.Endpoint, o)
		return place{cloud: cloud}, err
	}
	if s.Backend == "sim" {
		return simulated(s, sys, o)
	}
	signIn, err := newSignIn(s, sys)
	if err != nil {
		return place{}, err
	}
	if s.Backend == "auto" && s.Azure.SignIn != "device" {
		if err := signIn.Probe(ctx, probing); err != nil {
			o.Note, o.Why = "no Azure sign-in", whySimulated(err)
			at, simErr := simulated(s, sys, o)
			if e, ok := errors.AsType[*model.SignInError](err); ok && e.Tried() {
				at.failed = e
			}
			return at, simErr
		}
	}
	o.Carrier, o.Endpoint, o.Credential = model.CarrierAzure, s.Endpoint, signIn
	cloud, err := azure.New(o)
	if err != nil {
		return place{}, usageError{err}
	}
	return place{cloud: cloud, signIn: signIn}, nil
}

func newSignIn(s settings, sys system) (*azure.SignIn, error) {
	signIn, err := azure.NewSignIn(azure.SignInOptions{
		Cloud: string(s.Azure.Cloud), Tenant: s.Azure.Tenant, Way: string(s.Azure.SignIn),
		Env: sys.env, Now: sys.now, OnAzure: sys.onAzure,
	})
	if err != nil {
		return nil, usageError{err}
	}
	return signIn, nil
}

// whySimulated says in a sentence why "auto" shows the simulator: what the
// tools that people sign in with say, and where to read the rest.
func whySimulated(err error) string {
	var e *model.SignInError
	if !errors.As(err, &e) {
		return "no Azure sign-in (" + err.Error() + "): this is the simulator; amltop --backend azure explains"
	}
	var said []string
	for _, t := range e.Tries {
		if t.Verdict == model.SignInFailed || t.Way == "az" || t.Way == "azd" {
			said = append(said, t.Way+": "+t.Words)
		}
	}
	if len(said) == 0 {
		said = []string{e.Why}
	}
	return "no Azure sign-in found (" + strings.Join(said, ", ") + "): this is the simulator; amltop --backend azure explains"
}

// simulated is the simulator in this process.
func simulated(s settings, sys system, o azure.Options) (place, error) {
	server, err := newSimulator(s, sys, arm.Options{})
	if err != nil {
		return place{}, err
	}
	o.Carrier, o.Scenario, o.Transport = model.CarrierSim, s.Sim.Scenario, server.Transport()
	cloud, err := azure.New(o)
	return place{cloud: cloud}, err
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
