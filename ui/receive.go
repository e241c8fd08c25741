package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
)

// received takes a snapshot: the page on the screen is derived from it, the
// others when they are looked at.
func (a *App) received(msg snapshotMsg) tea.Cmd {
	if msg.snap == nil || msg.snap.Seq <= a.snap.Seq && a.snap.Seq > 0 {
		return a.waitSnapshot()
	}
	first := a.snap.Seq == 0
	a.snap = msg.snap
	if w := a.snap.Clock.Wall; a.wall.Before(w) {
		a.wall = w // the snapshot is newer than the last tick
	}
	before := a.silent.err
	a.silent.since, a.silent.err = a.snap.Outage()
	a.noteSignIn(before)
	if why := a.snap.Origin.Why; first && why != "" {
		a.notify(model.HealthQuiet, why)
	}
	a.collectReceipts()
	a.readNotes()
	cmd := tea.Batch(a.load(), a.sumFleet(), a.askFirst(first), a.look())
	a.rewrite()
	return tea.Batch(cmd, a.waitSnapshot())
}

// readNotes says what the session has to say of how it was set up, each once.
func (a *App) readNotes() {
	for _, note := range a.snap.Notes {
		if !slices.Contains(a.noted, note) {
			a.noted = append(a.noted, note)
			a.notify(model.HealthWarn, note)
		}
	}
}

// load gives the page on the screen the newest snapshot, if it has an older one.
func (a *App) load() tea.Cmd {
	a.status = a.freshness()
	p := a.page()
	if p.seq == a.snap.Seq {
		return nil
	}
	p.seq = a.snap.Seq
	return p.pane.SetData(a.env())
}

// sourceFailed says that no data comes, and asks again after a while. The end
// of the program is not news.
func (a *App) sourceFailed(msg sourceFailedMsg) tea.Cmd {
	if a.ctx.Err() != nil {
		return nil
	}
	a.notify(model.HealthBad, "no new data: "+msg.err.Error())
	return tea.Tick(rearm, func(time.Time) tea.Msg { return rearmMsg{} })
}

// derived gives a message to the pane that asked for it, if one did.
func (a *App) derived(msg tea.Msg) tea.Cmd {
	for _, p := range a.pages {
		if p.pane.Apply(msg) {
			a.sought()
			return nil
		}
	}
	return nil
}

// sought puts the cursor on the row that was gone to before there was one.
func (a *App) sought() {
	if a.seek != "" && a.page().pane.Select(a.seek) {
		a.seek = ""
	}
}

// freshness is how old a section's data is, and what of it fails.
type freshness struct {
	asOf          time.Time // of the oldest part in sight that is read, not failing
	loaded, parts int
	failing       []*model.Part
}

// silence is since when nothing answers, and in which words; the zero silence
// is none.
type silence struct {
	since time.Time
	err   error
}

// freshness of the section on the screen. Where the rows in sight come from
// some of its parts only, their age is what counts.
func (a *App) freshness() freshness {
	parts := a.snap.Parts[a.page().pane.Section()]
	f := freshness{loaded: parts.Loaded(), parts: len(parts), failing: parts.Failing()}
	for _, w := range a.watching.Workspaces {
		f.asOf = older(f.asOf, parts[string(w)])
	}
	if !f.asOf.IsZero() {
		return f
	}
	for _, p := range parts {
		f.asOf = older(f.asOf, p)
	}
	if f.asOf.IsZero() {
		f.asOf = parts.AsOf()
	}
	return f
}

// older is a time, or that of a part's answer if it is older and the part does
// not fail.
func older(at time.Time, p *model.Part) time.Time {
	if p == nil || p.Err != nil || p.AsOf.IsZero() || !at.IsZero() && !p.AsOf.Before(at) {
		return at
	}
	return p.AsOf
}
