package model

import (
	"slices"
	"time"
)

// JudgeBudgets says how budget lines stand at a moment. Figures are what Azure
// billed where the bill tells the targets of a line apart, with the estimate
// added from where the bill ends; and the estimate alone elsewhere. zone
// decides when the month begins.
func JudgeBudgets(lines []*BudgetLine, s *Snapshot, now time.Time, zone *time.Location) []BudgetVerdict {
	if len(lines) == 0 {
		return nil
	}
	j := budgetJudge{snap: s, now: now, month: StartOfMonth(now, zone), zone: zone, all: make([]budgetSum, len(lines))}
	for i, line := range lines {
		j.all[i] = budgetSum{BudgetVerdict: BudgetVerdict{Line: line}, spaces: map[WorkspaceID]*spaceSum{}}
	}
	if s != nil {
		for i := range j.all {
			j.whole(&j.all[i])
		}
	}
	for p := range s.Spenders() {
		for i := range j.all {
			j.count(&j.all[i], p)
		}
	}
	verdicts := make([]BudgetVerdict, len(lines))
	for i := range j.all {
		verdicts[i] = j.close(&j.all[i])
	}
	return verdicts
}

// budgetJudge sums the targets of budget lines up.
type budgetJudge struct {
	snap       *Snapshot
	now, month time.Time
	zone       *time.Location
	all        []budgetSum
}

// budgetSum is a line with what is needed until all targets are counted.
type budgetSum struct {
	BudgetVerdict
	spaces map[WorkspaceID]*spaceSum
	priced bool
}

// spaceSum is a line's share of a workspace, estimated. If all of the workspace
// is in the line, the bill of the workspace can stand in for it.
type spaceSum struct {
	space       *Workspace
	part        bool  // something of it is not in the line
	estimate    Money // this month
	after       Money // of it, what the workspace's bill does not know yet
	since       time.Time
	billed      Money // of targets that the bill names
	billedParts bool
}

func (l *BudgetLine) currency() string { return Price{Currency: l.Currency}.CurrencyCode() }

// whole counts every workspace into a line of the whole fleet, also one whose
// targets cannot be read: the bill may know it.
func (j *budgetJudge) whole(b *budgetSum) {
	if b.Line.Match != nil {
		return
	}
	for _, w := range j.snap.Workspaces {
		b.spaces[w.ID] = &spaceSum{space: w}
	}
}

func (j *budgetJudge) count(b *budgetSum, p *Spender) {
	in := b.Line.Match == nil || b.Line.Match(p)
	w := b.spaces[p.WorkspaceID]
	if w == nil {
		w = &spaceSum{space: p.Workspace}
		b.spaces[p.WorkspaceID] = w
	}
	if !in {
		w.part = true
		return
	}
	b.Targets++
	if p.Meter.Unpriced(j.now) {
		b.Unpriced++
	}
	meter, other := p.Meter.split(b.Line.currency())
	for _, c := range other {
		if !slices.Contains(b.Currencies, c) {
			b.Currencies = append(b.Currencies, c)
		}
	}
	b.priced = b.priced || slices.ContainsFunc(meter, func(c Charge) bool { return c.Price.Known() })
	b.Burn += meter.Burn(j.now)
	if bill, known := j.snap.BilledTarget(p.ID); known && j.usable(b, bill) {
		w.billed += bill.Amount
		w.billedParts = true
		b.SoFar += bill.Amount + meter.Between(bill.Through, j.now)
		b.Billed += bill.Amount
		return
	}
	w.estimate += meter.Between(j.month, j.now)
	if since := meter.Since(); !since.IsZero() && (w.since.IsZero() || since.Before(w.since)) {
		w.since = since
	}
	if bill, known := j.billOf(w); known {
		w.after += meter.Between(bill.Through, j.now)
	}
}

func (j *budgetJudge) billOf(w *spaceSum) (Billed, bool) {
	if w.space == nil {
		return Billed{}, false
	}
	return j.snap.BilledWorkspace(w.space)
}

// usable reports whether a bill is for the month at hand and in the line's
// currency, all of it.
func (j *budgetJudge) usable(b *budgetSum, bill Billed) bool {
	y, m, _ := j.now.In(j.zone).Date()
	return !bill.Mixed && bill.Month.Year() == y && bill.Month.Month() == m &&
		(bill.Amount == 0 || Price{Currency: bill.Currency}.CurrencyCode() == b.Line.currency())
}

// close takes the workspaces in and says how the line stands.
func (j *budgetJudge) close(b *budgetSum) BudgetVerdict {
	for _, w := range b.spaces {
		if bill, known := j.billOf(w); known && !w.part && j.usable(b, bill) {
			rest := bill.Amount - w.billed // what the bill does not put down to targets
			b.SoFar += rest + w.after
			b.Billed += rest
			continue
		}
		b.SoFar += w.estimate
		if !w.since.IsZero() && (b.Since.IsZero() || w.since.Before(b.Since)) {
			b.Since = w.since
		}
	}
	slices.Sort(b.Currencies)
	b.Projection = ProjectPresent(b.SoFar, b.Burn, j.now, j.zone)
	v := b.BudgetVerdict
	v.State = v.stands(b.priced)
	v.Why = v.why()
	return v
}

// Projected is the verdict with a better projection.
func (v BudgetVerdict) Projected(p Projection) BudgetVerdict {
	v.Projection = p
	v.State = v.stands(v.State != BudgetUnknown)
	v.Why = v.why()
	return v
}

func (v *BudgetVerdict) stands(priced bool) BudgetState {
	limit := v.Line.Month
	switch {
	case v.SoFar > limit:
		return BudgetOver
	case !priced && v.SoFar == 0 && (v.Targets > 0 || len(v.Currencies) > 0):
		return BudgetUnknown
	case v.Projection.MonthEnd > limit, v.Line.Warn > 0 && v.SoFar >= v.Line.WarnAt():
		return BudgetWarn
	default:
		return BudgetOK
	}
}

func (v *BudgetVerdict) why() string {
	in := func(m Money) string { return m.In(v.Line.Currency) }
	text := in(v.SoFar) + " of " + in(v.Line.Month)
	switch {
	case v.State == BudgetUnknown:
		text = "nothing of it has a known price in " + v.Line.currency()
	case v.State == BudgetOver:
		text += ", over by " + in(v.SoFar-v.Line.Month)
	case v.Projection.MonthEnd > v.Line.Month:
		text += ", over at the end of the month: " + in(v.Projection.MonthEnd) + " " + v.Projection.How
	default:
		text += ", " + in(v.Projection.MonthEnd) + " at the end of the month " + v.Projection.How
	}
	if v.Unpriced > 0 {
		text += "; " + count(v.Unpriced, "target") + " without a price"
	}
	for _, c := range v.Currencies {
		text += "; without what bills in " + c
	}
	return text
}

// split is the part of a meter in one currency, and the other currencies in it.
func (m Meter) split(currency string) (in Meter, others []string) {
	same := true
	for i := range m {
		if p := &m[i].Price; p.Known() && p.CurrencyCode() != currency {
			same = false
			if c := p.CurrencyCode(); !slices.Contains(others, c) {
				others = append(others, c)
			}
		}
	}
	if same {
		return m, nil
	}
	for _, c := range m {
		if !c.Price.Known() || c.Price.CurrencyCode() == currency {
			in = append(in, c)
		}
	}
	return in, others
}
