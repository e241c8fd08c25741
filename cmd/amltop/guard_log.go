package main

import (
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/guard"
)

// The lines of "amltop guard". Scripts rely on them: keys are added, never
// renamed.

// guardLine is one decision. Times are the service's.
type guardLine struct {
	Time          stamp   `json:"time"`
	Event         string  `json:"event"` // decision
	Action        string  `json:"action"`
	Rule          string  `json:"rule"`
	Reason        string  `json:"reason"`
	ID            string  `json:"id"`
	Name          string  `json:"name"`
	Workspace     *string `json:"workspace"`
	Owner         *string `json:"owner"`
	VMSize        string  `json:"vm_size"`
	State         string  `json:"state"`
	Evidence      string  `json:"evidence"`
	Confidence    string  `json:"confidence"`
	IdleSeconds   *int64  `json:"idle_seconds"`
	Leash         string  `json:"leash"`
	LeashText     string  `json:"leash_text"`
	LeashBlocker  *string `json:"leash_blocker"`
	PromiseBroken bool    `json:"promise_broken"`
	SavingPerHour *string `json:"saving_per_hour"`
	Currency      *string `json:"currency"`
	Outcome       string  `json:"outcome"` // verified, refused, failed; dry-run; none where nothing is done
	Detail        *string `json:"detail"`
}

// guardSummary ends every look.
type guardSummary struct {
	Time          stamp   `json:"time"`
	Event         string  `json:"event"` // pass
	Backend       string  `json:"backend"`
	DryRun        bool    `json:"dry_run"`
	Judged        int     `json:"judged"`
	Stop          int     `json:"stop"`
	Report        int     `json:"report"`
	Leave         int     `json:"leave"`
	Verified      int     `json:"verified"`
	Failed        int     `json:"failed"`
	Broken        int     `json:"promises_broken"`
	Unreadable    int     `json:"unreadable"`
	SavingPerHour string  `json:"saving_per_hour"` // of what was stopped, or would be
	Currency      *string `json:"currency"`

	saving model.Money
}

// guardFailure is what could not be had.
type guardFailure struct {
	Time  stamp  `json:"time"`
	Event string `json:"event"` // error, unreadable
	What  string `json:"what,omitempty"`
	Name  string `json:"name,omitempty"`
	Error string `json:"error"`
}

// decision is the line of a decision and of how it ended. A promise that amltop
// has kept in the service's place is not broken any more.
func (w *watchdog) decision(snap *model.Snapshot, d guard.Decision, now time.Time, ended outcomeRow) guardLine {
	i := d.Instance
	line := guardLine{
		Time: stamp(now), Event: "decision", Action: string(d.Action), Rule: d.Rule, Reason: d.Reason,
		ID: i.ARMID, Name: i.Name, Workspace: text(snap.WorkspaceName(i.Workspace)), Owner: text(i.Owner),
		VMSize: string(i.VMSize), State: string(i.State),
		Evidence: d.Idle.Evidence, Confidence: string(d.Idle.Confidence), IdleSeconds: seconds(d.Idle.For, d.Idle.Known),
		Leash: string(d.Leash.State), LeashText: d.Leash.Text, LeashBlocker: text(d.Leash.Blocker),
		SavingPerHour: amount(d.Saving, d.Saving > 0), Outcome: "none",
	}
	if d.Saving > 0 {
		line.Currency = text(i.Price.CurrencyCode())
	}
	switch {
	case d.Action != guard.ActStop:
	case !w.apply:
		line.Outcome, line.Detail = "dry-run", text("would stop it; --apply does")
	default:
		line.Outcome, line.Detail = ended.Outcome, ended.Detail
		line.State = orDash(ended.State)
	}
	line.PromiseBroken = d.Broken() && line.Outcome != string(model.PhaseVerified)
	return line
}

// count takes a decision in.
func (s *guardSummary) count(d guard.Decision, line guardLine) {
	s.Judged++
	switch d.Action {
	case guard.ActStop:
		s.Stop++
		if line.Outcome == string(model.PhaseVerified) || line.Outcome == "dry-run" {
			s.saving += d.Saving
		}
	case guard.ActReport:
		s.Report++
	default:
		s.Leave++
	}
	switch line.Outcome {
	case string(model.PhaseVerified):
		s.Verified++
	case string(model.PhaseFailed), string(model.PhaseRefused):
		s.Failed++
	}
	if line.PromiseBroken {
		s.Broken++
	}
}
