package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// costKey tells sums apart.
type costKey struct{ key, currency string }

// costSums are costs by target, owner or workspace.
type costSums map[costKey]*ReportCost

func (c costSums) at(key, name, about, currency string) *ReportCost {
	k := costKey{key, currency}
	if c[k] == nil {
		c[k] = &ReportCost{Key: key, Name: name, About: about, Currency: currency}
	}
	return c[k]
}

// dearest are the first n, those that cost nothing left out; 0 is all.
func (c costSums) dearest(n int) []ReportCost {
	var list []ReportCost
	for _, x := range c {
		if x.Cost() != 0 || x.Billed != 0 || x.Spend.Unpriced > 0 {
			list = append(list, *x)
		}
	}
	slices.SortFunc(list, func(a, b ReportCost) int {
		return cmp.Or(cmp.Compare(max(b.Cost(), b.Billed), max(a.Cost(), a.Billed)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Currency, b.Currency))
	})
	if n > 0 {
		list = list[:min(n, len(list))]
	}
	return list
}

// costBook adds a report's costs up.
type costBook struct {
	*reporter
	all, targets, owners, spaces costSums
}

// costs adds up what was observed and what was billed.
func (r *reporter) costs() {
	b := &costBook{r, costSums{}, costSums{}, costSums{}, costSums{}}
	b.bill()
	if r.Began.IsZero() {
		b.meters()
	} else {
		b.observed()
	}
	r.Totals = b.all.dearest(0)
	r.ByTarget, r.ByOwner, r.ByWorkspace = b.targets.dearest(ReportTop), b.owners.dearest(ReportTop), b.spaces.dearest(ReportTop)
}

// each calls fn with every sum a target's cost goes into.
func (b *costBook) each(id, currency string, fn func(c *ReportCost, fleet bool)) {
	t := b.about[id]
	space := b.ask.Snap.WorkspaceName(t.space)
	about := space
	if t.owner != "" {
		about += ", " + t.owner
	}
	fn(b.targets.at(id, t.name, about, currency), false)
	fn(b.owners.at(t.owner, cmp.Or(t.owner, "(not said)"), "", currency), false)
	fn(b.spaces.at(string(t.space), space, "", currency), true)
	fn(b.all.at("", "all", "", currency), true)
}

// observed takes in what history observed.
func (b *costBook) observed() {
	for _, bar := range b.ask.Past.Costs {
		if _, in := b.about[bar.Key]; !in {
			if b.ask.Match != nil {
				b.nameless++
				continue
			}
			b.about[bar.Key] = aboutTarget{name: cmp.Or(bar.Name, BaseName(bar.Key)), space: WorkspaceIDOf(bar.Key)}
		}
		b.each(bar.Key, code(bar.Currency), func(c *ReportCost, _ bool) {
			c.Spend = c.Spend.Plus(bar.Spend)
			c.Estimate = c.Spend.Total()
		})
	}
}

// meters takes in what the targets there are have cost as far as they tell
// themselves: all there is to go by without a history.
func (b *costBook) meters() {
	for id, t := range b.about {
		meter, _ := t.meter.split(code(t.meter.Currency()))
		whole := meter.Between(b.from(id), b.now)
		rest := whole
		if b.unclaimed[t.space] { // the workspace's bill has the beginning of it
			rest = meter.Between(b.through(t.space), b.now)
		}
		b.each(id, code(t.meter.Currency()), func(c *ReportCost, fleet bool) {
			c.Run = true
			if fleet {
				c.Estimate += rest
			} else {
				c.Estimate += whole
			}
		})
	}
}

// from is from when on a target's meter counts: from where its bill ends, if
// it has one.
func (b *costBook) from(id string) time.Time {
	if bill, known := b.ask.Snap.BilledTarget(id); known && bill.Through.After(b.Window.From) {
		return bill.Through
	}
	return b.Window.From
}

// through is until when a workspace's subscription has been billed.
func (b *costBook) through(ws WorkspaceID) time.Time {
	at := b.Window.From
	if w := b.ask.Snap.Workspace(ws); w != nil {
		if bill, known := b.ask.Snap.BilledWorkspace(w); known && bill.Through.After(at) {
			at = bill.Through
		}
	}
	return at
}

// bill takes in what Azure billed for days that began in the window, and fills
// with it the time from before anything was observed.
func (b *costBook) bill() {
	until := b.Began
	if until.IsZero() {
		until = b.now
	}
	for _, a := range b.ask.Snap.Actuals {
		for _, d := range a.Days {
			day := d.Day.Time()
			if day.Before(b.Window.From) || !day.Before(b.Window.To) {
				continue
			}
			fill := Money(0)
			if !day.AddDate(0, 0, 1).After(until) || b.Began.IsZero() {
				fill = d.Amount
			}
			b.put(d, fill, a.Month.After(b.Window.From) || b.Window.To.Sub(b.Window.From) < longEnough)
		}
	}
}

// longEnough is from how long a window on estimate and bill are of about the
// same time: the bill is of whole days, and hours behind.
const longEnough = 72 * time.Hour

// put puts a day's bill down to what it names.
func (b *costBook) put(d ActualDay, fill Money, part bool) {
	ws, currency := WorkspaceIDOf(d.Resource), code(d.Currency)
	if ws == "" {
		return
	}
	take := func(c *ReportCost, _ bool) {
		c.Billed, c.Filled, c.HasBill = c.Billed+d.Amount, c.Filled+fill, true
		c.Part = c.Part || part
	}
	switch _, in := b.about[d.Resource]; {
	case in:
		b.each(d.Resource, currency, take)
	case b.ask.Match != nil:
		b.nameless++
	case d.Resource != string(ws): // a target that is gone
		b.about[d.Resource] = aboutTarget{name: nameIn(d.Resource), space: ws}
		b.each(d.Resource, currency, take)
	default:
		b.unclaimed[ws] = true
		take(b.spaces.at(string(ws), b.ask.Snap.WorkspaceName(ws), "", currency), true)
		take(b.all.at("", "all", "", currency), true)
	}
}

// nameIn is a target's name by its ARM id: of a deployment, with its endpoint.
func nameIn(id string) string {
	_, endpoint, found := strings.Cut(id, "onlineendpoints/")
	if !found {
		return BaseName(id)
	}
	return strings.Replace(endpoint, "/deployments/", "/", 1)
}
