package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// NewReport puts together what a snapshot and history say of a window. It reads
// nothing else.
func NewReport(ask ReportAsk) *Report {
	r := &Report{Window: ask.Window, Zone: ask.Zone, Origin: ask.Snap.Origin, Filter: ask.Filter, Visit: ask.Visit, Began: ask.Past.Began, Saved: ask.Past.Saved}
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	p := &reporter{Report: r, ask: ask, now: ask.Window.To, about: map[string]aboutTarget{}, unclaimed: map[WorkspaceID]bool{}}
	p.present()
	p.happened()
	p.failures()
	p.costs()
	p.operations()
	p.gaps()
	r.Budgets = JudgeBudgets(ask.Budgets, ask.Snap, p.now, r.Zone)
	p.notes()
	p.order()
	return r
}

// reporter collects a report.
type reporter struct {
	*Report
	ask       ReportAsk
	now       time.Time
	about     map[string]aboutTarget // of targets the report is about, by ARM id
	others    int                    // targets the filter leaves out
	nameless  int                    // costs of targets of which the filter cannot judge
	unclaimed map[WorkspaceID]bool   // whose bill does not name all targets
}

// aboutTarget is what a cost is put down to.
type aboutTarget struct {
	name  string
	space WorkspaceID
	owner string
	meter Meter // nil: gone
}

// present looks at every target there is.
func (r *reporter) present() {
	s := r.ask.Snap
	for p := range s.Spenders() {
		if r.ask.Match != nil && !r.ask.Match(p) {
			r.others++
			continue
		}
		r.about[p.ID] = aboutTarget{p.Name, p.WorkspaceID, p.Owner, p.Meter}
		r.Count++
		if p.Meter.Unpriced(r.now) {
			r.Unpriced++
		}
		if burn := p.Meter.Burn(r.now); burn > 0 {
			r.burn(Amount{burn, code(p.Meter.Currency())})
		}
		if p.Kind == "instance" {
			r.instance(s.Instance(ComputeID(p.ID)))
		}
	}
}

// code is an ISO 4217 code; USD where none is said.
func code(currency string) string { return Price{Currency: currency}.CurrencyCode() }

func (r *reporter) burn(a Amount) {
	for i := range r.Burn {
		if r.Burn[i].Currency == a.Currency {
			r.Burn[i].Money += a.Money
			return
		}
	}
	r.Burn = append(r.Burn, a)
}

// instance takes in what an instance stands idle for, and its leash.
func (r *reporter) instance(i *Instance) {
	idle, leash := i.IdleAt(r.now), i.LeashAt(r.now)
	row := ReportIdle{
		ID: string(i.ID), Name: i.Name, Workspace: r.ask.Snap.WorkspaceName(i.Workspace), Owner: i.Owner, Idle: idle, Leash: leash,
		Burn: Amount{i.Meter.BurnOf(ChargeCompute, r.now), code(i.Meter.Currency())}, Unpriced: i.Meter.Unpriced(r.now),
	}
	if idle.Known && idle.For >= LongIdle {
		r.Idle = append(r.Idle, row)
	}
	if leash.State == LeashLate || leash.State == LeashBlocked && i.State.Info().Bills == Yes {
		r.Leashes = append(r.Leashes, row)
	}
}

// happened compares then with now, where it is known how it was then.
func (r *reporter) happened() {
	if len(r.ask.Past.Then.Known) == 0 {
		return
	}
	now := DigestOf(r.ask.Snap)
	spaces := map[WorkspaceID]bool{}
	for part := range now.Known {
		if !r.ask.Past.Then.Known[part] {
			spaces[part.Workspace] = true
		}
	}
	r.Unknown = len(spaces)
	for _, h := range Since(r.ask.Past.Then, now, r.ask.Past.Turns) {
		if h.What == WhatWent {
			if !r.wanted(h.ID, h.Target) {
				continue
			}
		} else if _, in := r.about[h.ID]; !in {
			continue
		}
		r.Happened = append(r.Happened, h)
	}
}

// wanted reports whether the report is about a target that is gone, and takes
// it in.
func (r *reporter) wanted(id string, t DigestTarget) bool {
	s := r.ask.Snap
	if r.ask.Match != nil {
		p := Spender{Kind: t.Kind, ID: id, Name: t.Name, WorkspaceID: t.Part.Workspace, Workspace: s.Workspace(t.Part.Workspace), Owner: t.Owner, Size: t.Size}
		if z := s.SizeIn(t.Size, ""); z != nil {
			p.Series = z.Series
		}
		if !r.ask.Match(&p) {
			return false
		}
	}
	r.about[id] = aboutTarget{name: t.Name, space: t.Part.Workspace, owner: t.Owner}
	return true
}

// failures are what does not work now.
func (r *reporter) failures() {
	s := r.ask.Snap
	for _, i := range s.Instances {
		info := i.State.Info()
		switch {
		case info.Health == HealthBad:
			r.fail("instance", string(i.ID), i.Workspace, string(i.State)+because(i.Faults))
		case info.Transient && i.Last.Status == "InProgress" && r.now.Sub(i.Last.Time) > StuckAfter:
			r.fail("instance", string(i.ID), i.Workspace, string(i.State)+", stuck "+Ago(r.now.Sub(i.Last.Time)))
		}
	}
	for _, c := range s.Clusters {
		switch {
		case len(c.Faults) > 0:
			r.fail("cluster", string(c.ID), c.Workspace, strings.TrimPrefix(because(c.Faults), ": "))
		case c.Nodes.Unusable > 0:
			r.fail("cluster", string(c.ID), c.Workspace, count(c.Nodes.Unusable, "unusable node"))
		}
	}
	for _, d := range s.Deployments {
		if ProvisioningHealth(d.ProvisioningState) == HealthBad {
			r.fail("deployment", string(d.ID), d.Workspace, d.ProvisioningState+because(d.Faults))
		}
	}
	if r.ask.Match != nil {
		return
	}
	for _, p := range s.Parts[SectionComputes].Failing() {
		r.Failed = append(r.Failed, ReportFailure{Kind: "workspace", ID: p.Scope, Name: p.Name, Workspace: p.Name, Why: "cannot be read: " + Short(p.Err)})
	}
}

func (r *reporter) fail(kind, id string, ws WorkspaceID, why string) {
	t, in := r.about[id]
	if !in {
		return
	}
	r.Failed = append(r.Failed, ReportFailure{kind, id, t.name, r.ask.Snap.WorkspaceName(ws), why, Amount{t.meter.Burn(r.now), code(t.meter.Currency())}})
}

// because is the first fault's code, or its words.
func because(faults []Fault) string {
	if len(faults) == 0 {
		return ""
	}
	return ": " + cmp.Or(faults[0].Code, faults[0].Message)
}

// operations are those asked for in the window on what the report is about.
func (r *reporter) operations() {
	for _, op := range r.ask.Past.Operations {
		if op.Asked.Before(r.Window.From) || !op.Asked.Before(r.Window.To) {
			continue
		}
		if _, in := r.about[op.Command.Target]; in || r.ask.Match == nil {
			r.Operations = append(r.Operations, op)
		}
	}
	if r.ask.Match != nil {
		r.Saved = slices.DeleteFunc(slices.Clone(r.Saved), func(s ReportSaving) bool {
			_, in := r.about[s.Target]
			return !in
		})
	}
}

// order puts what matters most first.
func (r *reporter) order() {
	dear := func(a, b ReportIdle) int {
		return cmp.Or(cmp.Compare(b.Burn.Money, a.Burn.Money), cmp.Compare(a.Name, b.Name))
	}
	slices.SortStableFunc(r.Idle, dear)
	slices.SortStableFunc(r.Leashes, func(a, b ReportIdle) int {
		return cmp.Or(cmp.Compare(a.Leash.State.Rank(), b.Leash.State.Rank()), dear(a, b))
	})
	slices.SortStableFunc(r.Failed, func(a, b ReportFailure) int {
		return cmp.Or(cmp.Compare(b.Burn.Money, a.Burn.Money), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	slices.SortStableFunc(r.Burn, func(a, b Amount) int { return cmp.Compare(b.Money, a.Money) })
}
