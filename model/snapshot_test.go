package model

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestParts(t *testing.T) {
	down := errors.New("down")
	p := Parts{
		"a": {Scope: "a", Name: "zeta", AsOf: epoch},
		"b": {Scope: "b", Name: "beta", AsOf: epoch.Add(-time.Minute), Err: down},
		"c": {Scope: "c", Name: "alpha", Err: down},
	}
	if got := p.AsOf(); !got.Equal(epoch.Add(-time.Minute)) {
		t.Errorf("as of %v, want the oldest part's", got)
	}
	if p.Loaded() != 2 {
		t.Errorf("%d loaded, want 2", p.Loaded())
	}
	failing := p.Failing()
	if len(failing) != 2 || failing[0].Name != "alpha" || failing[1].Name != "beta" {
		t.Errorf("failing %v, want alpha and beta", failing)
	}
	if !(Parts{}).AsOf().IsZero() || (Parts{}).Loaded() != 0 || (Parts{}).Failing() != nil {
		t.Error("no parts at all")
	}
}

func TestNewestOperationWins(t *testing.T) {
	s := (&Snapshot{Operations: []*Operation{
		{ID: "2", Command: Command{Target: "x"}}, {ID: "1", Command: Command{Target: "x"}}, {ID: "0", Command: Command{Target: "y"}},
	}}).Seal()
	if op := s.Operation("x"); op == nil || op.ID != "2" {
		t.Errorf("operation on x: %+v", op)
	}
	if s.Operation("z") != nil || (*Snapshot)(nil).Operation("x") != nil {
		t.Error("an operation on nothing")
	}
}

func TestRowsAreFoundByIdentity(t *testing.T) {
	s := &Snapshot{
		Instances:   []*Instance{{Target: Target{ID: "i"}}},
		Clusters:    []*Cluster{{Target: Target{ID: "c"}}},
		Attached:    []*Attached{{Target: Target{ID: "a"}}},
		Jobs:        []*Job{{ID: "1", Compute: "c", Status: JobRunning}, {ID: "2", Compute: "c", Status: JobCompleted}, {ID: "3", Status: JobRunning}},
		Endpoints:   []*Endpoint{{ID: "e"}},
		Deployments: []*Deployment{{ID: "d", Endpoint: "e"}},
		Workspaces:  []*Workspace{{ID: "w", Resource: Resource{Name: "Vision"}}},
		Sizes:       []*Size{{Name: "Standard_A", Location: "westus"}, {Name: "standard_a", Location: "eastus"}},
	}
	for _, s := range []*Snapshot{s, (&Snapshot{}).Seal(), nil} {
		known := s != nil && len(s.Instances) > 0
		if (s.Instance("i") != nil) != known || (s.Cluster("c") != nil) != known || (s.AttachedCompute("a") != nil) != known ||
			(s.Endpoint("e") != nil) != known || (s.Deployment("d") != nil) != known || (s.Job("1") != nil) != known || (s.Workspace("w") != nil) != known {
			t.Errorf("known %v, found otherwise", known)
		}
		if s.Instance("x") != nil || s.Cluster("i") != nil {
			t.Error("found what is not there")
		}
		if got := len(s.JobsOn("c")); got != map[bool]int{true: 1}[known] {
			t.Errorf("%d active jobs on c", got)
		}
	}
	if z := s.SizeIn("STANDARD_A", "East US"); z == nil || z.Location != "eastus" {
		t.Errorf("size %+v, want the one of the region", z)
	}
	if z := s.SizeIn("standard_a", "mars"); z == nil {
		t.Error("a size elsewhere is better than none")
	}
	if s.Seal().WorkspaceName("w") != "Vision" || s.WorkspaceName("/x/workspaces/gone") != "gone" {
		t.Error("workspace names")
	}
}

func TestTotals(t *testing.T) {
	open := func(units int, p Price) Meter {
		return Meter{{Price: p, Spans: []Span{{epoch, epoch.Add(time.Hour), 9}, {From: epoch.Add(time.Hour), Units: units}}}}
	}
	s := (&Snapshot{
		Clock: Clock{Time: epoch.Add(2 * time.Hour)},
		Instances: []*Instance{
			{Target: Target{Workspace: "w", Meter: open(1, known(50))}, State: StateRunning},
			{Target: Target{Workspace: "w", Meter: open(1, Price{})}, State: StateUnusable},
			{Target: Target{Workspace: "v"}, State: StateStopped},
		},
		Clusters: []*Cluster{{Target: Target{Workspace: "w", Meter: open(3, known(10))}, Nodes: NodeCounts{Idle: 3}}},
		Jobs:     []*Job{{Workspace: "w", Status: JobQueued}, {Workspace: "w", Status: JobFailed}},
	}).Seal()
	want := WorkspaceTotals{Clusters: 1, Instances: 2, Running: 2, Nodes: 3, ActiveJobs: 1, Burn: 800_000, Unpriced: 1}
	if got := s.Totals("w"); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := s.Totals("v"); got != (WorkspaceTotals{Instances: 1}) {
		t.Errorf("%+v", got)
	}
	if got := s.Totals("gone"); got != (WorkspaceTotals{}) {
		t.Errorf("%+v", got)
	}
}

func TestClock(t *testing.T) {
	wall := epoch
	if got := (Clock{}).At(wall); !got.Equal(wall) {
		t.Errorf("zero clock: %v", got)
	}
	c := Clock{Wall: wall, Time: wall.Add(24 * time.Hour), Speed: 60}
	if got := c.At(wall.Add(time.Minute)); !got.Equal(wall.Add(25 * time.Hour)) {
		t.Errorf("sixty times faster: %v", got)
	}
	c.Speed = 0
	if got := c.At(wall.Add(time.Minute)); !got.Equal(wall.Add(24*time.Hour + time.Minute)) {
		t.Errorf("speed 0 is speed 1: %v", got)
	}
}

func TestRefusals(t *testing.T) {
	cause := errors.New("dial tcp: refused")
	r := &Refusal{Class: ErrConflict, Code: "Conflict", Message: "another operation", Err: cause}
	wrapped := fmt.Errorf("stop ana-gpu: %w", r)
	if !errors.Is(wrapped, ErrConflict) || !errors.Is(wrapped, cause) || errors.Is(wrapped, ErrDenied) {
		t.Error("class and cause must be found, and nothing else")
	}
	for _, c := range []struct {
		err         error
		text, short string
	}{
		{wrapped, "stop ana-gpu: Conflict: another operation", "Conflict"},
		{&Refusal{Class: ErrThrottled}, "throttled", "throttled"},
		{&Refusal{Err: cause}, "dial tcp: refused", "refused"},
		{&Refusal{Message: "words only"}, "words only", "words only"},
		{fmt.Errorf("a: %w", errors.New("b")), "a: b", "b"},
		{errors.New("ends: "), "ends: ", "ends: "},
	} {
		if c.err.Error() != c.text || Short(c.err) != c.short {
			t.Errorf("%q and %q, want %q and %q", c.err.Error(), Short(c.err), c.text, c.short)
		}
	}
	if Short(nil) != "" {
		t.Error("no error is no text")
	}
}
