package sim

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestLoad(t *testing.T) {
	for _, name := range []string{"demo", "fleet", "empty", "failing"} {
		if !slices.Contains(Scenarios(), name) {
			t.Errorf("%s is not built in", name)
		}
	}
	for _, name := range Scenarios() {
		sc, err := Load(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if sc.Name != name || sc.Description == "" || sc.Start.IsZero() {
			t.Errorf("%s: name %q, description %q, start %v", name, sc.Name, sc.Description, sc.Start)
		}
	}
	if _, err := Load("dmeo"); err == nil || !strings.Contains(err.Error(), "demo, empty, failing, fleet") {
		t.Errorf("unknown name: %v", err)
	}
	if _, err := Load("./nowhere.toml"); err == nil {
		t.Error("a file that does not exist loads")
	}
	byPath, err := Load("scenarios/failing.toml")
	if err != nil || len(byPath.Subscriptions) != 1 {
		t.Errorf("by path: %v", err)
	}
}

func TestScenarioErrors(t *testing.T) {
	const ws = "[[subscriptions]]\nname = \"s\"\n[[subscriptions.workspaces]]\nname = \"lab\"\nresource_group = \"rg\"\nlocation = \"eastus\"\n"
	tests := []struct{ name, text, want string }{
		{"unknown key", "# a comment\nstrat = 2026-01-01T00:00:00Z\n", "line 2: unknown key strat"},
		{"unknown key deep down", ws + "[[subscriptions.workspaces.clusters]]\nname = \"c\"\nvmsize = \"x\"\n", "line 9: unknown key subscriptions.workspaces.clusters.vmsize"},
		{"unknown key inline", ws + "[[subscriptions.workspaces.instances]]\nname = \"i\"\nschedules = [{ action = \"Stop\", crn = \"x\" }]\n", "line 9: unknown key"},
		{"unknown table", "[flet]\nworkspaces = 1\n", "line 1: unknown key flet"},
		{"syntax", "name = \n", "line 1"},
		{"moment", ws + "created = \"yesterday\"\n", "yesterday"},
		{"duration", ws + "[[subscriptions.workspaces.clusters]]\nidle_time = \"5 minutes\"\n", "line 8"},
		{"VM size", ws + "[[subscriptions.workspaces.clusters]]\nname = \"c\"\nvm_size = \"X1\"\nmax = 1\n", "workspace lab: c: VM size \"X1\" is unknown"},
		{"scale", ws + "[[subscriptions.workspaces.clusters]]\nname = \"c\"\nvm_size = \"Standard_DS3_v2\"\nmin = 2\nmax = 1\n", "scale settings 2 to 1"},
		{"owner", ws + "[[subscriptions.workspaces.instances]]\nname = \"i\"\nvm_size = \"Standard_DS3_v2\"\nowner = \"zoe\"\n", "no person \"zoe\""},
		{"state", ws + "[[subscriptions.workspaces.instances]]\nname = \"i\"\nvm_size = \"Standard_DS3_v2\"\nstate = \"Asleep\"\n", "state Asleep"},
		{"cron", ws + "[[subscriptions.workspaces.instances]]\nname = \"i\"\nvm_size = \"Standard_DS3_v2\"\nschedules = [{ action = \"Stop\", cron = \"9 9\" }]\n", "cron: \"9 9\" has 2 fields"},
		{"zone", ws + "[[subscriptions.workspaces.instances]]\nname = \"i\"\nvm_size = \"Standard_DS3_v2\"\nschedules = [{ action = \"Stop\", cron = \"0 1 * * *\", time_zone = \"Mars\" }]\n", "time zone \"Mars\""},
		{"target", ws + "[[subscriptions.workspaces.jobs]]\ndisplay = \"j\"\ntarget = \"c\"\nstatus = \"Queued\"\n", "j: target \"c\""},
		{"traffic", ws + "[[subscriptions.workspaces.online]]\nname = \"e\"\ntraffic = { blue = 1 }\n", "Traffic names deployment \"blue\""},
		{"quota", ws + "[[subscriptions.workspaces.instances]]\nname = \"i\"\nvm_size = \"Standard_NC24ads_A100_v4\"\n", "region eastus: 24 vCPUs"},
		{"twice", ws + "[[subscriptions.workspaces.attached]]\nname = \"a\"\n[[subscriptions.workspaces.attached]]\nname = \"A\"\n", "\"A\" is empty or used twice"},
		{"person", "[[people]]\nname = \"a\"\nfrom = 20\nto = 3\n", "person \"a\""},
		{"fleet", "[fleet]\nworkspaces = 3\n", "make no fleet"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sc, err := parse("test", tt.text)
			if err == nil {
				_, err = New(sc, 1)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v does not say %q", err, tt.want)
			}
		})
	}
}

// TestEveryKeyIsShown: the built-in scenarios are the documentation of the
// format, so every key of it occurs in one of them.
func TestEveryKeyIsShown(t *testing.T) {
	shown := ""
	for _, name := range Scenarios() {
		text, err := builtIn.ReadFile("scenarios/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		shown += "\n" + string(text)
	}
	var visit func(kind reflect.Type)
	visit = func(kind reflect.Type) {
		for kind.Kind() == reflect.Slice || kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		if kind.Kind() != reflect.Struct || kind.PkgPath() != reflect.TypeFor[Scenario]().PkgPath() {
			return
		}
		for i := range kind.NumField() {
			f := kind.Field(i)
			key := f.Tag.Get("toml")
			if key == "" {
				continue
			}
			if !regexp.MustCompile(`(?m)[\s{.\[]` + key + `( =|\])`).MatchString(shown) {
				t.Errorf("no built-in scenario shows %s of %s", key, kind.Name())
			}
			visit(f.Type)
		}
	}
	visit(reflect.TypeFor[Scenario]())
}

// TestDemoStories holds what the demo promises to show at its start.
func TestDemoStories(t *testing.T) {
	w := demo(t, 1)
	if len(w.Subscriptions()) != 3 {
		t.Errorf("%d subscriptions", len(w.Subscriptions()))
	}
	workspaces, targets, jobs := 0, 0, 0
	kinds, types := map[string]int{}, map[string]int{}
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			workspaces++
			kinds[ws.Kind]++
			targets += len(ws.Clusters) + len(ws.Instances) + len(ws.Attached)
			for _, e := range append(slices.Clone(ws.Online), ws.Batch...) {
				targets += len(e.Deployments)
			}
			jobs += len(ws.Jobs)
			for _, a := range ws.Attached {
				types[a.ComputeType]++
			}
			if !slices.IsSortedFunc(ws.Jobs, func(a, b *Job) int { return b.CreatedAt.Compare(a.CreatedAt) }) {
				t.Errorf("%s: jobs are not newest first", ws.Name)
			}
		}
	}
	if workspaces != 12 || targets < 60 || jobs < 60 || kinds["Hub"] != 1 || kinds["Project"] != 1 {
		t.Errorf("%d workspaces %v, %d targets, %d jobs", workspaces, kinds, targets, jobs)
	}
	for _, kind := range []string{"Kubernetes", "AKS", "Databricks", "SynapseSpark", "HDInsight", "VirtualMachine", "DataLakeAnalytics", "QuantumSim"} {
		if types[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
	i := find[*Instance](t, w, "ana-gpu")
	if i.State != "Running" || i.IdleShutdown != time.Hour || w.Now().Sub(i.Last.Time) < 69*time.Hour {
		t.Errorf("ana-gpu: %s since %v", i.State, i.Last.Time)
	}
}

// TestDemoFirstHour holds what a minute at sixty times the speed shows.
func TestDemoFirstHour(t *testing.T) {
	for seed := range uint64(5) {
		w := demo(t, seed)
		train := find[*Cluster](t, w, "gpu-train")
		counting, draining, zero := false, false, false
		for range 20 {
			w.after(time.Minute)
			n := train.Counts()
			counting = counting || n.Idle == 2
			draining = draining || n.Leaving > 0
			zero = zero || len(train.Nodes) == 0
		}
		if !counting || !draining || !zero {
			t.Errorf("seed %d: gpu-train counts down %v, drains %v, reaches zero %v", seed, counting, draining, zero)
		}
		w.after(40 * time.Minute)
		if i := find[*Instance](t, w, "ana-gpu"); i.State != "Running" {
			t.Errorf("ana-gpu is %s", i.State)
		}
		if i := find[*Instance](t, w, "ines-fraud"); i.State != "Stopped" || i.Last.Trigger != "IdleShutdown" {
			t.Errorf("ines-fraud is %s by %s", i.State, i.Last.Trigger)
		}
		if i := find[*Instance](t, w, "grace-dev"); i.State != "Running" || i.Last.Trigger != "Schedule" {
			t.Errorf("grace-dev is %s by %s", i.State, i.Last.Trigger)
		}
		if _, err := w.StopInstance(find[*Instance](t, w, "esra-features")); denial(t, err).Status != 400 {
			t.Errorf("esra-features: %v", err)
		}
		if c := find[*Cluster](t, w, "llm-warm"); len(c.Nodes) < 2 {
			t.Errorf("llm-warm has %d nodes", len(c.Nodes))
		}
		if c := find[*Cluster](t, w, "t4-acoustic"); len(c.Faults) == 0 || c.Faults[0].Code != "ClusterCoreQuotaReached" || len(c.queue) < 2 {
			t.Errorf("t4-acoustic: faults %v, %d jobs wait", c.Faults, len(c.queue))
		}
		if c := find[*Cluster](t, w, "nightly-fit"); c.AllocationState != model.AllocationResizing || len(c.Nodes) != 0 {
			t.Errorf("nightly-fit: %s, %d nodes", c.AllocationState, len(c.Nodes))
		}
		if c := find[*Cluster](t, w, "sim-cpu"); c.Counts().Unusable != 1 {
			t.Errorf("sim-cpu: %+v", c.Counts())
		}
	}
}

func TestFailingScenario(t *testing.T) {
	w := newWorld(t, load(t, "failing"), 1)
	ws := w.Subscriptions()[0].Workspaces[0]
	op, err := w.StartInstance(find[*Instance](t, w, "ana-stuck"))
	if err != nil {
		t.Fatal(err)
	}
	w.after(31 * time.Minute)
	if op.Status != statusFailed || find[*Instance](t, w, "ana-stuck").State != "Stopped" {
		t.Errorf("the start ended as %s", op.Status)
	}
	for name, code := range map[string]string{"blue": "", "no-quota": "OutOfQuota", "no-image": "ImageBuildFailure", "crashing": "ResourceNotReady"} {
		d := ws.FindEndpoint(false, "score").FindDeployment(name)
		got := ""
		if len(d.Faults) > 0 {
			got = d.Faults[0].Code
		}
		if got != code {
			t.Errorf("%s: %s with fault %q", name, d.ProvisioningState, got)
		}
	}
}

func TestFleet(t *testing.T) {
	sc := load(t, "fleet")
	sc.Fleet.Workspaces, sc.Fleet.TargetsPerWorkspace = 30, 40
	w := newWorld(t, sc, 1)
	workspaces, targets := 0, 0
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			workspaces++
			targets += len(ws.Clusters) + len(ws.Instances) + len(ws.Attached)
			for _, e := range ws.Online {
				targets += len(e.Deployments)
			}
		}
	}
	if workspaces != 30 || targets != 30*40 {
		t.Errorf("%d workspaces, %d targets", workspaces, targets)
	}
	list := history(w)
	for range 5 {
		w.after(24 * time.Hour)
		check(t, w)
	}
	if len(*list) < 1000 {
		t.Errorf("%d changes in five days", len(*list))
	}
}

func TestEmpty(t *testing.T) {
	w := newWorld(t, load(t, "empty"), 1)
	w.after(24 * time.Hour)
	if len(w.Subscriptions()) != 1 || len(w.Subscriptions()[0].Workspaces) != 0 || len(w.Ledger()) != 0 {
		t.Error("the empty tenant is not empty")
	}
}

// find finds a compute anywhere in a world.
func find[T any](t *testing.T, w *World, name string) T {
	t.Helper()
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			if c, ok := ws.FindCompute(name).(T); ok {
				return c
			}
		}
	}
	t.Fatalf("no compute called %s", name)
	var none T
	return none
}
