package main

import (
	"time"

	"github.com/amltop/amltop/model"
)

// reportHeader are the columns of a report as CSV: one table for everything,
// told apart by section.
var reportHeader = []string{"section", "what", "kind", "name", "workspace", "owner", "text", "cost_per_hour", "cost", "billed", "currency", "time", "until"}

// reportRecords are the rows of a report as CSV.
func reportRecords(r *model.Report) [][]string {
	var rows [][]string
	add := func(section, what, kind, name, workspace, owner, text, hourly, cost, billed, currency string, from, to time.Time) {
		rows = append(rows, []string{section, what, kind, name, workspace, owner, text, hourly, cost, billed, currency, stamped(from), stamped(to)})
	}
	none := time.Time{}
	for _, b := range r.Burn {
		add("burn", "", "", "all", "", "", "", b.Decimal(), "", "", b.Currency, r.Window.To, none)
	}
	for _, part := range []struct {
		by   string
		list []model.ReportCost
	}{{"all", r.Totals}, {"target", r.ByTarget}, {"owner", r.ByOwner}, {"workspace", r.ByWorkspace}} {
		for i := range part.list {
			c := &part.list[i]
			billed := ""
			if c.HasBill {
				billed = c.Billed.Decimal()
			}
			add("cost", part.by, "", c.Name, "", "", c.Source(), "", c.Cost().Decimal(), billed, c.Currency, r.Window.From, r.Window.To)
		}
	}
	for _, h := range r.Happened {
		t := h.Target
		add("happened", string(h.What), t.Kind, t.Name, model.BaseName(string(t.Part.Workspace)), t.Owner, h.Detail, "", "", "", "", h.At, none)
	}
	for _, part := range []struct {
		section string
		list    []model.ReportIdle
	}{{"leash", r.Leashes}, {"idle", r.Idle}} {
		for _, i := range part.list {
			burn := i.Burn.Decimal()
			if i.Unpriced {
				burn = ""
			}
			add(part.section, string(i.Leash.State), "instance", i.Name, i.Workspace, i.Owner, i.Idle.Evidence+"; "+i.Leash.Text, burn, "", "", i.Burn.Currency, none, none)
		}
	}
	for _, f := range r.Failed {
		add("failing", "", f.Kind, f.Name, f.Workspace, "", f.Why, f.Burn.Decimal(), "", "", f.Burn.Currency, none, none)
	}
	for _, b := range r.Budgets {
		add("budget", b.State.String(), "", b.Line.Name, "", "", b.Why, "", b.SoFar.Decimal(), b.Billed.Decimal(), code(b.Line.Currency), none, none)
	}
	for _, op := range r.Operations {
		add("operation", string(op.Phase), string(op.Command.Verb), op.Command.Called(), model.BaseName(string(op.Command.Workspace)), "", op.Detail, "", "", "", "", op.Asked, op.Ended)
	}
	for _, s := range r.Saved {
		add("saved", s.Reason, "", s.Name, "", "", "", "", s.Decimal(), "", s.Currency, none, none)
	}
	for _, g := range r.Gaps {
		add("unobserved", "", "", few(g.Workspaces), "", "", model.Ago(g.Long()), "", "", "", "", g.From, g.To)
	}
	return rows
}

// stamped is a time as RFC 3339 in UTC, "" if there is none.
func stamped(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// code is an ISO 4217 code; USD where none is said.
func code(currency string) string { return model.Price{Currency: currency}.CurrencyCode() }
