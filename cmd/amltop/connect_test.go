package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// machine is a computer with some tools and nobody's own sign-in.
func machine(t *testing.T, tools map[string]string) (system, *bytes.Buffer) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the tools are shell scripts")
	}
	dir, said := t.TempDir(), &bytes.Buffer{}
	for name, script := range tools {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin") // what the SDK runs
	env := map[string]string{"PATH": dir, "HOME": dir, "XDG_CONFIG_HOME": dir}
	return system{
		env: func(name string) string { return env[name] }, now: time.Now, zone: time.UTC,
		stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: said,
	}, said
}

const (
	azSignedOut = "#!/bin/sh\necho \"ERROR: Please run 'az login' to setup account.\" >&2\nexit 1\n"
	azSignedIn  = "#!/bin/sh\necho '{\"accessToken\":\"token\",\"expires_on\":4000000000}'\n"
	azProfile   = "\xef\xbb\xbf{\"subscriptions\":[{\"id\":\"s\"}]}"
)

// What "auto" opens on, and what it says about it.
func TestAutoBackend(t *testing.T) {
	tests := []struct {
		name     string
		tools    map[string]string
		settings func(*settings)
		want     model.Carrier
		why      string
	}{
		{name: "nothing", want: model.CarrierSim, why: "az: not installed, azd: not installed"},
		{name: "az, never used", tools: map[string]string{"az": azSignedIn}, want: model.CarrierSim, why: "az: nobody has signed in with it"},
		{name: "az, signed out", tools: map[string]string{"az": azSignedOut, ".azure/azureProfile.json": azProfile}, want: model.CarrierSim, why: "az: nobody is signed in with az"},
		{name: "az", tools: map[string]string{"az": azSignedIn, ".azure/azureProfile.json": azProfile}, want: model.CarrierAzure},
		{name: "endpoint", settings: func(s *settings) { s.Endpoint = "http://127.0.0.1:1" }, want: model.CarrierEmulator},
		{name: "device", settings: func(s *settings) { s.Azure.SignIn = "device" }, want: model.CarrierAzure},
		{name: "sim", settings: func(s *settings) { s.Backend = "sim" }, tools: map[string]string{"az": azSignedIn, ".azure/azureProfile.json": azProfile}, want: model.CarrierSim},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sys, _ := machine(t, tt.tools)
			s := defaultSettings()
			if tt.settings != nil {
				tt.settings(&s)
			}
			at, err := reach(t.Context(), s, sys)
			if err != nil {
				t.Fatal(err)
			}
			o := at.cloud.Origin()
			if o.Carrier != tt.want || !strings.Contains(o.Why, tt.why) || (o.Note == "") != (tt.why == "") {
				t.Errorf("%+v", o)
			}
			if (at.signIn != nil) != (tt.want == model.CarrierAzure) {
				t.Errorf("sign-in %v", at.signIn)
			}
		})
	}
}

// What acts does not take the simulator for an Azure that is set up and lets
// nobody in; what reads goes on, and says so.
func TestActingMeansAzure(t *testing.T) {
	signedOut := map[string]string{"az": azSignedOut, ".azure/azureProfile.json": azProfile}
	acts := [][]string{
		{"stop", "ana-gpu", "--yes"}, {"stop", "--idle", "--yes"}, {"start", "ana-gpu", "--dry-run"}, {"restart", "ana-gpu", "--yes"},
		{"delete", "ana-gpu", "--yes"}, {"detach", "k8s", "--yes"}, {"scale", "pool", "--max", "2", "--yes"}, {"idle", "ana-gpu", "1h", "--yes"},
		{"schedule", "ana-gpu", "stop every day at 19:00", "--yes"}, {"create", "instance", "eva-dev", "--size", "Standard_DS3_v2", "-w", "vision-prod", "--yes"},
	}
	for _, args := range acts {
		sys, said := machine(t, signedOut)
		code := run(t.Context(), args, sys)
		for _, want := range []string{"nobody is signed in with az", "az login", "amltop --backend sim"} {
			if code != exitFailed || !strings.Contains(said.String(), want) {
				t.Errorf("%v: exit %d, not said: %q\n%s", args, code, want, said)
			}
		}
		if strings.Contains(said.String(), "this is the simulator") {
			t.Errorf("%v went on with the simulator:\n%s", args, said)
		}
	}
	for _, args := range [][]string{{"ls", "workspaces"}, {"stop", "ana-gpu", "--backend", "sim", "--dry-run"}} {
		if sys, said := machine(t, signedOut); run(t.Context(), args, sys) == exitUsage || strings.Contains(said.String(), "--backend sim") {
			t.Errorf("%v: %s", args, said)
		}
	}
	sys, said := machine(t, nil) // nothing is set up: there is only the simulator
	if run(t.Context(), []string{"stop", "nobody", "--dry-run"}, sys); !strings.Contains(said.String(), "this is the simulator") {
		t.Errorf("with nothing set up: %s", said)
	}
}

// Naming what only the simulator has is asking for it, whoever is signed in.
func TestScenarioMeansSimulator(t *testing.T) {
	sys, said := machine(t, map[string]string{"az": azSignedIn, ".azure/azureProfile.json": azProfile})
	if code := run(t.Context(), []string{"ls", "workspaces", "--seed", "7"}, sys); code != exitDone || strings.Contains(said.String(), "sign-in") {
		t.Errorf("exit %d: %s", code, said)
	}
}

// One screen says what was tried and what to type.
func TestAzureWithoutSignIn(t *testing.T) {
	sys, said := machine(t, map[string]string{"az": azSignedOut})
	code := run(t.Context(), []string{"ls", "instances", "--backend", "azure", "--tenant", "contoso.com", "--cloud", "usgovernment"}, sys)
	for _, want := range []string{
		"az: nobody is signed in with az", "az cloud set --name AzureUSGovernment && az login --tenant contoso.com", "amltop --sign-in device",
		"environment        not configured: AZURE_TENANT_ID", "azd                not configured: not installed",
	} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("not said: %q", want)
		}
	}
	if lines := strings.Count(said.String(), "\n"); code != exitFailed || lines > 20 {
		t.Errorf("exit %d, %d lines\n%s", code, lines, said)
	}
}

// A way or a tenant that cannot be is a usage error.
func TestSignInFlags(t *testing.T) {
	for _, args := range [][]string{{"--sign-in", "magic"}, {"--tenant", "a;b", "--backend", "azure"}, {"--cloud", "mars"}} {
		sys, said := machine(t, nil)
		if code := run(t.Context(), append([]string{"ls", "workspaces"}, args...), sys); code != exitUsage {
			t.Errorf("%v: exit %d, %s", args, code, said)
		}
	}
}
