package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// write writes a report to standard output.
func (o *options) write(r *model.Report, format reportFormat) error {
	switch format {
	case "json":
		return printReportJSON(o.sys.stdout, r)
	case "csv":
		return o.printRecords("csv", reportHeader, reportRecords(r))
	default:
		return writeMarkdown(o.sys.stdout, r)
	}
}

// markdown writes a report as CommonMark with tables.
type markdown struct {
	bytes.Buffer
	zone *time.Location
}

func writeMarkdown(w io.Writer, r *model.Report) error {
	m := &markdown{zone: r.Zone}
	m.head(r)
	m.costs(r)
	m.happened(r)
	m.standing(r)
	m.rest(r)
	if _, err := w.Write(m.Bytes()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *markdown) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(m.zone).Format("Mon 2 Jan 15:04")
}

// escaped is a text from outside that means nothing in Markdown.
func escaped(text string) string {
	return markdownSigns.Replace(strings.Join(strings.Fields(text), " "))
}

var markdownSigns = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`, "#", `\#`)

// table writes a table. Columns named with a ">" in front are flush right.
func (m *markdown) table(header []string, rows [][]string) {
	header, rows = filled(header, rows)
	rule := make([]string, len(header))
	titles := make([]string, len(header))
	for i, h := range header {
		title, right := strings.CutPrefix(h, ">")
		titles[i], rule[i] = title, "---"
		if right {
			rule[i] = "--:"
		}
	}
	m.line("| %s |", strings.Join(titles, " | "))
	m.line("| %s |", strings.Join(rule, " | "))
	for _, row := range rows {
		for i := range row {
			row[i] = escaped(row[i])
		}
		m.line("| %s |", strings.Join(row, " | "))
	}
	m.line("")
}

// filled leaves out the columns in which no row says anything.
func filled(header []string, rows [][]string) ([]string, [][]string) {
	var said []int
	for i := range header {
		if slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "" && row[i] != "–" }) {
			said = append(said, i)
		}
	}
	pick := func(row []string) []string {
		picked := make([]string, len(said))
		for n, i := range said {
			picked[n] = row[i]
		}
		return picked
	}
	kept := make([][]string, len(rows))
	for n, row := range rows {
		kept[n] = pick(row)
	}
	return pick(header), kept
}

// section writes a heading and a table, or nothing where there are no rows.
func (m *markdown) section(title string, header []string, rows [][]string) {
	if len(rows) > 0 {
		m.line("## %s\n", title)
		m.table(header, rows)
	}
}

func (m *markdown) head(r *model.Report) {
	title := "amltop report"
	if r.Visit {
		title = "Since you last looked"
	}
	m.line("# %s: %s to %s\n", title, m.when(r.Window.From), m.when(r.Window.To))
	facts := []string{model.Ago(r.Window.To.Sub(r.Window.From)), whence(r.Origin), plural(r.Count, "target"), burns(r) + " now"}
	if r.Filter != "" {
		facts = append(facts, "only "+r.Filter)
	}
	m.line("%s\n", escaped(strings.Join(facts, " · ")))
	if broken := r.Broken(); len(broken) > 0 {
		m.line("**%s:**\n", plural(len(broken), "broken promise"))
		for _, b := range broken {
			m.line("- %s", escaped(b))
		}
		m.line("")
	}
	for _, n := range r.Notes {
		m.line("- %s", escaped(n))
	}
	m.line("")
}

// whence is where a report is from.
func whence(o model.Origin) string {
	switch o.Carrier {
	case model.CarrierSim:
		return "simulated Azure, scenario " + o.Scenario
	case model.CarrierEmulator:
		return "emulator at " + o.Host
	default:
		return "Azure"
	}
}

// burns is what everything costs an hour, by currency.
func burns(r *model.Report) string {
	if len(r.Burn) == 0 {
		return "nothing bills"
	}
	var parts []string
	for _, b := range r.Burn {
		parts = append(parts, b.RateIn(b.Currency)+"/h")
	}
	return strings.Join(parts, " + ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (m *markdown) costs(r *model.Report) {
	header := []string{"", ">Cost", ">Idle", ">Billed", ">Difference", ">VM hours", ">Unobserved", "Source"}
	for _, part := range []struct {
		title, what string
		list        []model.ReportCost
	}{
		{"Cost", "", r.Totals},
		{"Cost by target", "Target", r.ByTarget}, {"Cost by owner", "Owner", r.ByOwner}, {"Cost by workspace", "Workspace", r.ByWorkspace},
	} {
		header[0] = part.what
		var rows [][]string
		for i := range part.list {
			rows = append(rows, costCells(&part.list[i]))
		}
		m.section(part.title, header, rows)
	}
	if len(r.Totals) == 0 {
		m.line("## Cost\n\nNothing is known to have cost anything.\n")
	}
}

// costCells are a cost as a row of a table.
func costCells(c *model.ReportCost) []string {
	name := c.Name
	if c.About != "" {
		name += " (" + c.About + ")"
	}
	billed, difference := "–", "–"
	if c.HasBill {
		billed = c.Billed.In(c.Currency)
	}
	if off, same := c.Off(); same {
		difference = off.In(c.Currency)
	}
	return []string{
		name, c.Cost().In(c.Currency), dashed(c.Spend.Idle.Money() > 0, c.Spend.Idle.Money().In(c.Currency)), billed, difference,
		dashed(c.Spend.Units > 0, fmt.Sprintf("%.1f", float64(c.Spend.Units)/3.6e6)), dashed(c.Spend.Unobserved > 0, model.Ago(c.Spend.Gap())), c.Source(),
	}
}

func dashed(known bool, text string) string {
	if !known {
		return "–"
	}
	return text
}

func (m *markdown) happened(r *model.Report) {
	var rows [][]string
	for _, h := range r.Happened {
		t := h.Target
		rows = append(rows, []string{string(h.What), t.Kind, t.Name, model.BaseName(string(t.Part.Workspace)), t.Owner, h.Detail, m.when(h.At)})
	}
	m.section("What happened", []string{"What", "Kind", "Target", "Workspace", "Owner", "", "When"}, rows)
	if len(rows) == 0 && !r.Began.IsZero() {
		m.line("## What happened\n\nNothing started, stopped, failed, grew, appeared or went.\n")
	}
}

// standing is how things stand now: idle money, late leashes, failures, budgets.
func (m *markdown) standing(r *model.Report) {
	var rows [][]string
	for _, b := range r.Budgets {
		rows = append(rows, []string{b.Line.Name, b.State.String(), b.Why})
	}
	m.section("Budgets", []string{"Budget", "State", ""}, rows)
	m.section("Leashes that do not hold", idleHeader, idleCells(r.Leashes))
	m.section("Idle now", idleHeader, idleCells(r.Idle))
	rows = nil
	for _, f := range r.Failed {
		rows = append(rows, []string{f.Kind, f.Name, f.Workspace, f.Why, dashed(f.Burn.Money > 0, f.Burn.RateIn(f.Burn.Currency)+"/h")})
	}
	m.section("Failing now", []string{"Kind", "Name", "Workspace", "Why", ">Still bills"}, rows)
}

var idleHeader = []string{"Instance", "Workspace", "Owner", "Evidence", "Sure", "Leash", ">Costs"}

func idleCells(list []model.ReportIdle) [][]string {
	var rows [][]string
	for _, i := range list {
		costs := i.Burn.RateIn(i.Burn.Currency) + "/h"
		if i.Unpriced {
			costs = "price unknown"
		}
		rows = append(rows, []string{i.Name, i.Workspace, i.Owner, i.Idle.Evidence, string(i.Idle.Confidence), i.Leash.Text, costs})
	}
	return rows
}

// rest is what was done, what that saved, and when nobody watched.
func (m *markdown) rest(r *model.Report) {
	var rows [][]string
	for _, op := range r.Operations {
		rows = append(rows, []string{m.when(op.Asked), string(op.Command.Verb), op.Command.Called(), string(op.Phase), op.Detail})
	}
	m.section("Operations", []string{"Asked", "What", "Target", "Result", ""}, rows)
	rows = nil
	for _, s := range r.Saved {
		goes := "until it ran again"
		if s.Goes {
			goes = "goes on"
		}
		rows = append(rows, []string{s.Name, s.Reason, s.Text(), goes})
	}
	m.section("Saved", []string{"Target", "By", ">Amount", ""}, rows)
	rows = nil
	for _, g := range r.Gaps {
		rows = append(rows, []string{m.when(g.From), m.when(g.To), "unobserved " + model.Ago(g.Long()), few(g.Workspaces)})
	}
	m.section("When nobody watched", []string{"From", "To", "", "Workspaces"}, rows)
}

// few names some of many.
func few(names []string) string {
	const most = 4
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
