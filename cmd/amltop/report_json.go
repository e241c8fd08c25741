package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/amltop/amltop/model"
)

// reportJSON is a report in JSON: one object, by the rules of the rows of ls.
type reportJSON struct {
	From         *stamp         `json:"from"`
	To           *stamp         `json:"to"`
	Source       string         `json:"source"`
	Filter       *string        `json:"filter"`
	SinceVisit   bool           `json:"since_visit"`
	HistorySince *stamp         `json:"history_since"`
	Notes        []string       `json:"notes"`
	Broken       []string       `json:"broken"`
	Targets      int            `json:"targets"`
	Unpriced     int            `json:"unpriced_targets"`
	Burn         []amountJSON   `json:"burn_per_hour"`
	Totals       []costJSON     `json:"totals"`
	ByTarget     []costJSON     `json:"by_target"`
	ByOwner      []costJSON     `json:"by_owner"`
	ByWorkspace  []costJSON     `json:"by_workspace"`
	Happened     []happenedJSON `json:"happened"`
	Idle         []idleJSON     `json:"idle"`
	Leashes      []idleJSON     `json:"leashes"`
	Failing      []failingJSON  `json:"failing"`
	Budgets      []budgetRow    `json:"budgets"`
	Operations   []opJSON       `json:"operations"`
	Saved        []savedJSON    `json:"saved"`
	Unobserved   []gapJSON      `json:"unobserved"`
}

type amountJSON struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

type costJSON struct {
	ID           *string `json:"id"`
	Name         string  `json:"name"`
	Cost         string  `json:"cost"`
	Estimate     string  `json:"estimate"`
	FromBilling  string  `json:"from_billing"`
	Idle         string  `json:"idle"`
	Billed       *string `json:"billed"`
	Currency     string  `json:"currency"`
	VMSeconds    int64   `json:"vm_seconds"`
	Unpriced     int64   `json:"unpriced_vm_seconds"`
	UnobservedIn int64   `json:"unobserved_seconds"`
	Source       string  `json:"source"`
}

type happenedJSON struct {
	What      string  `json:"what"`
	Kind      string  `json:"kind"`
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Workspace *string `json:"workspace"`
	Owner     *string `json:"owner"`
	Detail    string  `json:"detail"`
	At        *stamp  `json:"at"`
}

type idleJSON struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Workspace   string  `json:"workspace"`
	Owner       *string `json:"owner"`
	IdleSeconds *int64  `json:"idle_seconds"`
	Evidence    string  `json:"idle_evidence"`
	Confidence  string  `json:"confidence"`
	Leash       string  `json:"leash_state"`
	LeashText   string  `json:"leash"`
	Burn        *string `json:"burn_per_hour"`
	Currency    string  `json:"currency"`
}

type failingJSON struct {
	Kind      string `json:"kind"`
	ID        string `json:"id"`
	Name      string `json:"name"`
	Workspace string `json:"workspace"`
	Why       string `json:"why"`
	Burn      string `json:"burn_per_hour"`
	Currency  string `json:"currency"`
}

type opJSON struct {
	Asked   *stamp  `json:"asked"`
	Ended   *stamp  `json:"ended"`
	Verb    string  `json:"verb"`
	Target  string  `json:"target"`
	Name    string  `json:"name"`
	Outcome string  `json:"outcome"`
	Detail  *string `json:"detail"`
}

type savedJSON struct {
	Target   string `json:"target"`
	Name     string `json:"name"`
	Reason   string `json:"reason"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Goes     bool   `json:"goes_on"`
}

type gapJSON struct {
	From       *stamp   `json:"from"`
	To         *stamp   `json:"to"`
	Seconds    int64    `json:"seconds"`
	Workspaces []string `json:"workspaces"`
}

func printReportJSON(w io.Writer, r *model.Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(reportOf(r)); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// each makes a list of another; never null.
func each[A, B any](list []A, of func(*A) B) []B {
	made := make([]B, 0, len(list))
	for i := range list {
		made = append(made, of(&list[i]))
	}
	return made
}

func reportOf(r *model.Report) reportJSON {
	whole := func(d time.Duration) int64 { return int64(d / time.Second) }
	return reportJSON{
		From: at(r.Window.From), To: at(r.Window.To), Source: whence(r.Origin), Filter: text(r.Filter), SinceVisit: r.Visit, HistorySince: at(r.Began),
		Notes: append([]string{}, r.Notes...), Broken: append([]string{}, r.Broken()...), Targets: r.Count, Unpriced: r.Unpriced,
		Burn:   each(r.Burn, func(a *model.Amount) amountJSON { return amountJSON{a.Decimal(), a.Currency} }),
		Totals: each(r.Totals, costOf), ByTarget: each(r.ByTarget, costOf), ByOwner: each(r.ByOwner, costOf), ByWorkspace: each(r.ByWorkspace, costOf),
		Happened: each(r.Happened, func(h *model.Happening) happenedJSON {
			t := h.Target
			return happenedJSON{string(h.What), t.Kind, h.ID, t.Name, text(model.BaseName(string(t.Part.Workspace))), text(t.Owner), h.Detail, at(h.At)}
		}),
		Idle: each(r.Idle, idleOf), Leashes: each(r.Leashes, idleOf),
		Failing: each(r.Failed, func(f *model.ReportFailure) failingJSON {
			return failingJSON{f.Kind, f.ID, f.Name, f.Workspace, f.Why, f.Burn.Decimal(), f.Burn.Currency}
		}),
		Budgets: each(r.Budgets, func(b *model.BudgetVerdict) budgetRow { return budgetJSON(b, at(r.Window.To)) }),
		Operations: each(r.Operations, func(op *model.Operation) opJSON {
			return opJSON{at(op.Asked), at(op.Ended), string(op.Command.Verb), op.Command.Target, op.Command.Called(), string(op.Phase), text(op.Detail)}
		}),
		Saved: each(r.Saved, func(s *model.ReportSaving) savedJSON {
			return savedJSON{s.Target, s.Name, s.Reason, s.Decimal(), s.Currency, s.Goes}
		}),
		Unobserved: each(r.Gaps, func(g *model.ReportGaps) gapJSON {
			return gapJSON{at(g.From), at(g.To), whole(g.Long()), append([]string{}, g.Workspaces...)}
		}),
	}
}

func costOf(c *model.ReportCost) costJSON {
	return costJSON{
		ID: text(c.Key), Name: c.Name, Cost: c.Cost().Decimal(), Estimate: c.Estimate.Decimal(), FromBilling: c.Filled.Decimal(),
		Idle: c.Spend.Idle.Money().Decimal(), Billed: amount(c.Billed, c.HasBill), Currency: c.Currency,
		VMSeconds: c.Spend.Units / 1000, Unpriced: c.Spend.Unpriced / 1000, UnobservedIn: c.Spend.Unobserved / 1000, Source: c.Source(),
	}
}

func idleOf(i *model.ReportIdle) idleJSON {
	return idleJSON{
		ID: i.ID, Name: i.Name, Workspace: i.Workspace, Owner: text(i.Owner), IdleSeconds: seconds(i.Idle.For, i.Idle.Known), Evidence: i.Idle.Evidence,
		Confidence: string(i.Idle.Confidence), Leash: string(i.Leash.State), LeashText: i.Leash.Text,
		Burn: amount(i.Burn.Money, !i.Unpriced), Currency: i.Burn.Currency,
	}
}
