package sim

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func load(t testing.TB, name string) Scenario {
	t.Helper()
	sc, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func demo(t testing.TB, seed uint64) *World {
	t.Helper()
	return newWorld(t, load(t, "demo"), seed)
}

func newWorld(t testing.TB, sc Scenario, seed uint64) *World {
	t.Helper()
	w, err := New(sc, seed)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// small is a world of one workspace, "lab" in eastus, described by the TOML of
// what is in it.
func small(t testing.TB, body string) (*World, *Workspace) {
	t.Helper()
	sc, err := parse("small", `
[[people]]
name = "ana"
full_name = "Ana Duarte"
[[subscriptions]]
id = "sub"
name = "s"
[[subscriptions.regions]]
name = "eastus"
dedicated = 40
low_priority = 16
computes = 5
families = { standardDSv2Family = 24, "Standard NCASv3_T4 Family" = 8 }
[[subscriptions.workspaces]]
name = "lab"
resource_group = "rg"
location = "eastus"
`+body)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, sc, 7)
	return w, w.FindWorkspace("SUB", "RG", "LAB")
}

// after lets time pass.
func (w *World) after(d time.Duration) { w.AdvanceTo(w.Now().Add(d)) }

// history collects every change of state from now on.
func history(w *World) *[]change {
	list := new([]change)
	w.watch = func(c change) { *list = append(*list, c) }
	return list
}

// denial is the world's refusal behind an error, failing if it is none.
func denial(t *testing.T, err error) *Denial {
	t.Helper()
	d, ok := errors.AsType[*Denial](err)
	if !ok {
		t.Fatalf("error %v is not a denial", err)
	}
	return d
}

// TestSplit holds that neither how time is cut nor what is read in between
// changes the history, and that commands at the same moments fit into it.
func TestSplit(t *testing.T) {
	const days = 9
	run := func(seed uint64, step func(r *stream) time.Duration, read bool) ([]change, map[string]time.Duration) {
		w := demo(t, seed)
		list := history(w)
		r := newStream(99, "steps")
		end := w.Start().AddDate(0, 0, days)
		for day := w.Start(); day.Before(end); {
			next := day.AddDate(0, 0, 1)
			for w.Now().Before(next) {
				at := w.Now().Add(step(&r))
				if at.After(next) {
					at = next
				}
				w.AdvanceTo(at)
				if read && r.chance(0.02) {
					look(w)
				}
			}
			meddle(w, int(day.Sub(w.Start())/(24*time.Hour)))
			day = next
		}
		return *list, w.Ledger()
	}
	whole, bill := run(1, func(*stream) time.Duration { return 24 * time.Hour }, false)
	if len(whole) < 3000 {
		t.Fatalf("only %d changes in %d days", len(whole), days)
	}
	for name, step := range map[string]func(r *stream) time.Duration{
		"minutes": func(*stream) time.Duration { return time.Minute },
		"random":  func(r *stream) time.Duration { return r.gap(23 * time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			cut, billCut := run(1, step, true)
			if !slices.Equal(whole, cut) {
				t.Errorf("histories differ: %d and %d changes", len(whole), len(cut))
			}
			if !maps.Equal(bill, billCut) {
				t.Error("ledgers differ")
			}
		})
	}
	other, _ := run(2, func(*stream) time.Duration { return 24 * time.Hour }, false)
	if slices.Equal(whole, other) {
		t.Error("another seed gives the same history")
	}
}

// look reads what the ARM face reads.
func look(w *World) {
	for _, s := range w.Subscriptions() {
		for region := range s.Regions {
			w.Usages(s, region)
		}
		for _, ws := range s.Workspaces {
			for _, c := range ws.Clusters {
				c.Counts()
			}
			ws.FindJob("none")
		}
	}
	w.Ledger()
}

// meddle gives some commands, different ones each day.
func meddle(w *World, day int) {
	sub := w.Subscriptions()[0]
	vision := w.FindWorkspace(sub.ID, "rg-vision", "vision")
	i, _ := vision.FindCompute("ana-gpu").(*Instance)
	c, _ := vision.FindCompute("cpu-prep").(*Cluster)
	switch day % 3 {
	case 0:
		_, _ = w.StopInstance(i)
	case 1:
		_, _ = w.StartInstance(i)
		_, _ = w.ScaleCluster(c, ScaleSpec{Min: day % 2, Max: 8})
	case 2:
		_, _ = w.CancelJob(vision.Jobs[0])
	}
}

func TestAdvanceNeverGoesBack(t *testing.T) {
	w := demo(t, 1)
	w.after(time.Hour)
	w.AdvanceTo(w.Start())
	if got := w.Now().Sub(w.Start()); got != time.Hour {
		t.Errorf("the clock stands at start + %v", got)
	}
}

// TestAlive holds that nothing starves: a month later every workspace of the
// demo that had jobs coming still has them, and nothing is planned for the past.
func TestAlive(t *testing.T) {
	w := demo(t, 3)
	w.after(31 * 24 * time.Hour)
	if w.agenda.due(w.Now().UnixNano()) {
		t.Error("an event is overdue")
	}
	if n := len(w.agenda.heap); n > 2000 {
		t.Errorf("%d events are planned: they pile up", n)
	}
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			if len(ws.Jobs) == 0 {
				continue
			}
			if age := w.Now().Sub(ws.Jobs[0].CreatedAt); age > 5*24*time.Hour {
				t.Errorf("%s: the newest job is %v old", ws.Name, age)
			}
			if len(ws.Jobs) > mostJobs {
				t.Errorf("%s: %d jobs", ws.Name, len(ws.Jobs))
			}
		}
	}
}

// TestLimits: without anybody changing them, a cluster never leaves its limits,
// at no change of any node.
func TestLimits(t *testing.T) {
	w := demo(t, 4)
	clusters := map[string]*Cluster{}
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			for _, c := range ws.Clusters {
				clusters[c.ID()] = c
			}
		}
	}
	w.watch = func(ch change) {
		c := clusters[ch.id]
		if c != nil && (len(c.Nodes) > c.Max || len(c.Nodes) < c.Min && !c.ScaleBlocked) {
			t.Errorf("%v %s: %d nodes of %d to %d", ch.at, c.Name, len(c.Nodes), c.Min, c.Max)
		}
	}
	for range 28 * 24 * 6 {
		w.after(10 * time.Minute)
	}
}

// TestLedger integrates the instances' states on its own and compares.
func TestLedger(t *testing.T) {
	w := demo(t, 5)
	type run struct {
		bills bool
		since time.Time
		total time.Duration
	}
	runs := map[string]*run{}
	for _, s := range w.Subscriptions() {
		for _, ws := range s.Workspaces {
			for _, i := range ws.Instances {
				runs[i.ID()] = &run{bills: model.InstanceState(i.State).Info().Bills == model.Yes, since: w.Now()}
			}
		}
	}
	add := func(r *run, now time.Time) {
		if r.bills {
			r.total += now.Sub(r.since)
		}
		r.since = now
	}
	w.watch = func(c change) {
		if r := runs[c.id]; r != nil {
			add(r, c.at)
			r.bills = model.InstanceState(c.to).Info().Bills == model.Yes
		}
	}
	w.after(12 * 24 * time.Hour)
	for id, r := range runs {
		add(r, w.Now())
		if got := w.Billed(id); got != r.total {
			t.Errorf("%s: billed %v, its states say %v", id, got, r.total)
		}
	}
}
