package model

import (
	"strings"
	"testing"
	"time"
)

func TestDeploymentSpecValidate(t *testing.T) {
	good := DeploymentSpec{Kind: TargetManaged, Endpoint: "fraud", Name: "blue", Model: "azureml:m:1", VMSize: "Standard_DS3_v2", Instances: 1, Traffic: 100}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says   string
		change func(*DeploymentSpec)
	}{
		{"endpoint: ", func(d *DeploymentSpec) { d.Endpoint = "" }},
		{"endpoint: ", func(d *DeploymentSpec) { d.Endpoint = "1st" }},
		{"name: ", func(d *DeploymentSpec) { d.Name = "a--b" }},
		{"name: ", func(d *DeploymentSpec) { d.Name = "ab" }},
		{"name: ", func(d *DeploymentSpec) { d.Name = "blue-" }},
		{"name: ", func(d *DeploymentSpec) { d.Name = "blü" }},
		{"name: ", func(d *DeploymentSpec) { d.Name = strings.Repeat("a", 33) }},
		{"model: ", func(d *DeploymentSpec) { d.Model = "" }},
		{"vm_size: ", func(d *DeploymentSpec) { d.VMSize = "" }},
		{"cluster: ", func(d *DeploymentSpec) { d.Kind = TargetBatch }},
		{"kind: ", func(d *DeploymentSpec) { d.Kind = "IoT" }},
		{"instances: 0", func(d *DeploymentSpec) { d.Instances = 0 }},
		{"instances: 51", func(d *DeploymentSpec) { d.Instances = 51 }},
		{"traffic: 101", func(d *DeploymentSpec) { d.Traffic = 101 }},
		{"traffic: -1", func(d *DeploymentSpec) { d.Traffic = -1 }},
	} {
		d := good
		c.change(&d)
		if err := d.Validate(); err == nil || !strings.HasPrefix(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: %v, want one sentence that starts with %q", d, err, c.says)
		}
	}
	if err := (&DeploymentSpec{Kind: TargetManaged}).Validate(); err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Errorf("everything is missing, and it says %v", err)
	}
}

func TestOperationLabel(t *testing.T) {
	for _, c := range []struct {
		op   Operation
		want string
	}{
		{Operation{Phase: PhaseGrace, SendAt: epoch.Add(4200 * time.Millisecond)}, "stop in 5s"},
		{Operation{Phase: PhaseGrace, SendAt: epoch.Add(-time.Second)}, "stop in 0s"},
		{Operation{Phase: PhaseSending}, "stop sent"},
		{Operation{Phase: PhaseRunning}, "stopping"},
		{Operation{Phase: PhaseRunning, Late: true, Sent: epoch.Add(-40 * time.Minute)}, "stuck 40m"},
		{Operation{Phase: PhaseVerifying}, "verifying"},
		{Operation{Phase: PhaseRefused}, "refused"},
	} {
		c.op.Command.Verb = VerbStop
		if got := c.op.Label(epoch, Clock{}); got != c.want {
			t.Errorf("%s: %q, want %q", c.op.Phase, got, c.want)
		}
	}
	for verb, want := range map[Verb]string{VerbStart: "starting", VerbStop: "stopping", VerbRestart: "restarting", VerbDelete: "deleting", VerbScale: "scaling",
		VerbDeploy: "deploying", VerbUndeploy: "undeploying", VerbTraffic: "setting traffic", VerbCancelJob: "cancelling"} {
		if got := verb.Gerund(); got != want {
			t.Errorf("%s: %q, want %q", verb, got, want)
		}
	}
}

// TestEndsAreFinal holds the phases against what each means for the reader.
func TestEndsAreFinal(t *testing.T) {
	for phase, want := range map[Phase]struct {
		final  bool
		health Health
	}{
		PhaseGrace: {false, HealthChange}, PhaseSending: {false, HealthChange}, PhaseRunning: {false, HealthChange}, PhaseVerifying: {false, HealthChange},
		PhaseVerified: {true, HealthGood}, PhaseRefused: {true, HealthBad}, PhaseFailed: {true, HealthBad}, PhaseUndone: {true, HealthQuiet},
	} {
		if phase.Final() != want.final || phase.Health() != want.health {
			t.Errorf("%s: final %v, health %v", phase, phase.Final(), phase.Health())
		}
	}
}

func TestJobStatuses(t *testing.T) {
	for status, want := range map[JobStatus]struct {
		active bool
		health Health
	}{
		JobNotStarted: {false, HealthChange}, JobStarting: {true, HealthChange}, JobProvisioning: {true, HealthChange}, JobPreparing: {true, HealthChange},
		JobQueued: {true, HealthChange}, JobRunning: {true, HealthGood}, JobFinalizing: {true, HealthGood}, JobCancelRequested: {true, HealthChange},
		JobCompleted: {false, HealthQuiet}, JobFailed: {false, HealthBad}, JobCanceled: {false, HealthWarn}, JobNotResponding: {true, HealthWarn},
		JobPaused: {false, HealthQuiet}, JobUnknown: {false, HealthUnknown}, "New": {false, HealthUnknown}, "": {false, HealthUnknown},
	} {
		if status.Active() != want.active || status.Health() != want.health {
			t.Errorf("%s: active %v, health %v", status, status.Active(), status.Health())
		}
	}
}

func TestProvisioningStates(t *testing.T) {
	for state, want := range map[string]Health{
		"Succeeded": HealthGood, "SUCCEEDED": HealthGood, "Creating": HealthChange, "Scaling": HealthChange, "Failed": HealthBad,
		"Canceled": HealthWarn, "": HealthUnknown, "Odd": HealthUnknown,
	} {
		if got := ProvisioningHealth(state); got != want || ProvisioningTransient(state) != (want == HealthChange) {
			t.Errorf("%q: %v", state, got)
		}
	}
}

func TestQuota(t *testing.T) {
	for _, c := range []struct {
		used, limit int64
		share       int
		said        bool
		room        int64
		limited     bool
	}{
		{40, 100, 40, true, 60, true}, {144, 144, 100, true, 0, true}, {5, 0, 0, false, -5, true}, {5, -1, 0, false, -6, false}, {150, 100, 150, true, -50, true},
	} {
		q := &Quota{Used: c.used, Limit: c.limit}
		if share, said := q.Share(); share != c.share || said != c.said {
			t.Errorf("%+v: share %d, %v", q, share, said)
		}
		if room, limited := q.Room(); limited != c.limited || limited && room != c.room {
			t.Errorf("%+v: room %d, %v", q, room, limited)
		}
	}
}

func TestSizeNames(t *testing.T) {
	for name, want := range map[SizeName]string{"Standard_DS3_v2": "DS3_v2", "STANDARD_NC6": "NC6", "Basic_A1": "Basic_A1", "": "", "standard_": "standard_"} {
		if got := name.Short(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if SizeName("STANDARD_Nc6").Key() != SizeName("standard_nC6").Key() {
		t.Error("sizes are the same in whatever case")
	}
	z := &Size{ComputeTypes: []string{"AmlCompute"}, MemoryMiB: 448000, Standard: known(1), LowPriority: known(2), Spot: known(3)}
	if !z.Supports("amlcompute") || z.Supports("MIR") || z.MemoryGiB() != 437.5 {
		t.Errorf("%+v", z)
	}
	if z.Price(Dedicated.Tier()) != known(1) || z.Price(LowPriority.Tier()) != known(2) || z.Price(TierSpot) != known(3) {
		t.Error("tiers")
	}
}

func TestQuotaLimits(t *testing.T) {
	ws := WorkspaceID("/subscriptions/s1/resourcegroups/g/providers/p/workspaces/w")
	z := &Size{Family: "standardNCASv3_T4Family"}
	for _, c := range []struct {
		q    Quota
		want bool
	}{
		{Quota{Family: "Standard NCASv3_T4 Family", Location: "East US", Subscription: "S1"}, true},
		{Quota{Family: "Standard_NCASv3_T4_Family", Location: "eastus", Subscription: "s1"}, true},
		{Quota{Family: "standardNCASv3_T4Family", Location: "eastus", Subscription: "s2"}, false},
		{Quota{Family: "standardNCASv3_T4Family", Location: "westus", Subscription: "s1"}, false},
		{Quota{Family: "standardDSv2Family", Location: "eastus", Subscription: "s1"}, false},
		{Quota{Family: "", Location: "eastus", Subscription: "s1"}, false},
	} {
		if got := c.q.Limits(z, ws, "eastus"); got != c.want {
			t.Errorf("%+v: %v", c.q, got)
		}
		if c.q.Limits(nil, ws, "eastus") || c.q.Limits(&Size{}, ws, "eastus") {
			t.Errorf("%+v limits a size of no family", c.q)
		}
	}
}
