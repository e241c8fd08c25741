package model

import (
	"cmp"
	"slices"
	"time"
)

// BillingLag is how long usage takes, about, until Cost Management knows of it.
const BillingLag = 4 * time.Hour

// Actual is what Azure billed the Azure ML resources of one subscription this
// month so far, as Cost Management told it. Why there is none, or none newer,
// stands in the subscription's part of [SectionActuals].
type Actual struct {
	Subscription SubscriptionID
	Month        time.Time // when the billing month began: months are UTC's there
	AsOf         time.Time // when the service answered
	Days         []ActualDay
}

// ActualDay is what one resource was billed for one day. Which resource a row
// names is the service's choice: the workspace for all that is in it, or the
// target itself.
type ActualDay struct {
	Resource string // ARM id in lower case
	Day      Date   // in UTC
	Amount   Money
	Currency string // ISO 4217
}

// Through is until when usage is taken to be in the figures.
func (a *Actual) Through() time.Time {
	t := a.AsOf.Add(-BillingLag)
	if t.Before(a.Month) {
		return a.Month
	}
	return t
}

// Billed is what Azure billed for something this month so far.
type Billed struct {
	Amount   Money
	Currency string    // ISO 4217; of several, the one most was billed in
	Mixed    bool      // there are amounts in other currencies, which are not in Amount
	Month    time.Time // when the billing month began
	Through  time.Time // until when usage is taken to be in it
	AsOf     time.Time // when the service was asked
}

// Window is the time the amount is for.
func (b Billed) Window() Window { return Window{b.Month, b.Through} }

// actuals finds what was billed by workspace and by target.
type actuals struct {
	spaces  map[WorkspaceID]*bill
	targets map[string]*bill
	subs    map[SubscriptionID]*Actual
}

// bill sums amounts by currency: there are hardly ever two.
type bill struct {
	from *Actual
	sums []ActualDay // Amount and Currency only
}

func (b *bill) add(d ActualDay) {
	for i := range b.sums {
		if b.sums[i].Currency == d.Currency {
			b.sums[i].Amount += d.Amount
			return
		}
	}
	b.sums = append(b.sums, ActualDay{Amount: d.Amount, Currency: d.Currency})
}

func (b *bill) billed() Billed {
	out := Billed{Month: b.from.Month, Through: b.from.Through(), AsOf: b.from.AsOf, Mixed: len(b.sums) > 1}
	if len(b.sums) > 0 {
		most := slices.MaxFunc(b.sums, func(x, y ActualDay) int {
			return cmp.Or(cmp.Compare(x.Amount, y.Amount), cmp.Compare(y.Currency, x.Currency))
		})
		out.Amount, out.Currency = most.Amount, most.Currency
	}
	return out
}

func sumActuals(all []*Actual) actuals {
	x := actuals{spaces: map[WorkspaceID]*bill{}, targets: map[string]*bill{}, subs: map[SubscriptionID]*Actual{}}
	for _, a := range all {
		x.subs[a.Subscription] = a
		for _, d := range a.Days {
			ws := WorkspaceIDOf(d.Resource)
			if ws == "" {
				continue
			}
			if x.spaces[ws] == nil {
				x.spaces[ws] = &bill{from: a}
			}
			x.spaces[ws].add(d)
			if d.Resource == string(ws) {
				continue
			}
			if x.targets[d.Resource] == nil {
				x.targets[d.Resource] = &bill{from: a}
			}
			x.targets[d.Resource].add(d)
		}
	}
	return x
}

// BilledWorkspace is what was billed for a workspace and all that is in it;
// false if its subscription's bill is not known. A workspace that the bill does
// not name was billed nothing.
func (s *Snapshot) BilledWorkspace(w *Workspace) (Billed, bool) {
	x := s.billing()
	if b := x.spaces[w.ID]; b != nil {
		return b.billed(), true
	}
	a := x.subs[w.Subscription]
	if a == nil {
		return Billed{}, false
	}
	return (&bill{from: a}).billed(), true
}

// BilledTarget is what was billed for one target, by its identity; false if
// the bill does not tell targets apart.
func (s *Snapshot) BilledTarget(id string) (Billed, bool) {
	if b := s.billing().targets[id]; b != nil {
		return b.billed(), true
	}
	return Billed{}, false
}

func (s *Snapshot) billing() *actuals {
	x := s.find()
	if s == nil {
		return &x.billed
	}
	x.billedOnce.Do(func() { x.billed = sumActuals(s.Actuals) })
	return &x.billed
}
