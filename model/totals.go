package model

import "time"

// WorkspaceTotals is what a workspace holds and what it burns.
type WorkspaceTotals struct {
	Clusters, Instances, Attached int
	Running                       int // instances whose VM bills
	Nodes                         int // cluster nodes that bill
	Endpoints, Deployments        int
	ActiveJobs                    int
	Burn                          Money // an hour, at the rate of the snapshot
	Currency                      string
	Unpriced                      int // targets that bill at an unknown price
}

// Totals is what a workspace held when the snapshot was taken. All workspaces
// are counted once, when somebody first asks.
func (s *Snapshot) Totals(id WorkspaceID) WorkspaceTotals {
	x := s.find()
	x.counted.Do(func() { x.totals = countAll(s) })
	if t := x.totals[id]; t != nil {
		return *t
	}
	return WorkspaceTotals{}
}

func countAll(s *Snapshot) map[WorkspaceID]*WorkspaceTotals {
	all := make(map[WorkspaceID]*WorkspaceTotals)
	if s == nil {
		return all
	}
	of := func(id WorkspaceID) *WorkspaceTotals {
		t := all[id]
		if t == nil {
			t = &WorkspaceTotals{}
			all[id] = t
		}
		return t
	}
	for _, c := range s.Clusters {
		t := of(c.Workspace)
		t.Clusters++
		t.Nodes += c.Nodes.Billed()
		t.bill(c.Meter, s.Clock.Time)
	}
	for _, i := range s.Instances {
		t := of(i.Workspace)
		t.Instances++
		if i.State.Info().Bills == Yes {
			t.Running++
		}
		t.bill(i.Meter, s.Clock.Time)
	}
	for _, a := range s.Attached {
		of(a.Workspace).Attached++
	}
	for _, e := range s.Endpoints {
		of(e.Workspace).Endpoints++
	}
	for _, d := range s.Deployments {
		t := of(d.Workspace)
		t.Deployments++
		t.bill(d.Meter, s.Clock.Time)
	}
	for _, j := range s.Jobs {
		if j.Status.Active() {
			of(j.Workspace).ActiveJobs++
		}
	}
	return all
}

// bill adds what a meter burns at a moment.
func (t *WorkspaceTotals) bill(m Meter, at time.Time) {
	burn, unpriced := m.Burn(at), m.Unpriced(at)
	t.Burn += burn
	if burn != 0 && t.Currency == "" {
		t.Currency = m.Currency()
	}
	if unpriced {
		t.Unpriced++
	}
}
