package model

import (
	"strconv"
	"time"
)

// Reconciliation sets what was estimated beside what was billed for the same
// time.
type Reconciliation struct {
	Billed   Billed
	Estimate Money
	Currency string // of the estimate; "" means USD
	// Complete says that all of the time was watched. An estimate of less is low
	// by what nobody saw.
	Complete bool
}

// Reconcile sets a meter's estimate beside a bill.
func (m Meter) Reconcile(b Billed) Reconciliation {
	return Reconciliation{Billed: b, Estimate: m.Between(b.Month, b.Through), Currency: m.Currency()}
}

// Difference is by how much the estimate is above the bill, in tenths of a per
// cent; negative below it. False where the two cannot be compared.
func (r Reconciliation) Difference() (tenths int, ok bool) {
	b := r.Billed
	if b.Amount <= 0 || b.Mixed || (Price{Currency: b.Currency}).CurrencyCode() != (Price{Currency: r.Currency}).CurrencyCode() {
		return 0, false
	}
	return int(float64(r.Estimate-b.Amount) / float64(b.Amount) * 1000), true
}

// Against says the estimate and the difference in words: "$1,190.22 for the same
// time, 1.1 % less".
func (r Reconciliation) Against() string {
	text := r.Estimate.In(r.Currency) + " for the same time"
	if !r.Complete {
		text += ", as far as it was watched"
	}
	switch tenths, ok := r.Difference(); {
	case ok && tenths > 0:
		text += ", " + percent(tenths) + " more than billed"
	case ok && tenths < 0:
		text += ", " + percent(-tenths) + " less than billed"
	case ok:
		text += ", as billed"
	case r.Billed.Amount > 0:
		text += "; not comparable with " + (Price{Currency: r.Billed.Currency}).CurrencyCode()
	}
	return text
}

func percent(tenths int) string {
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + " %"
}

// In writes the amount, and until when it is: "$1,203.11 until 21 Nov 13:00".
func (b Billed) In(zone *time.Location) string {
	text := b.Amount.In(b.Currency) + " until " + b.Through.In(zone).Format("2 Jan 15:04")
	if b.Mixed {
		text += ", without other currencies"
	}
	return text
}

// BilledAll is what was billed for everything this month so far, until the
// earliest moment that all bills reach; false if no bill is known.
func (s *Snapshot) BilledAll() (Billed, bool) {
	if s == nil || len(s.Actuals) == 0 {
		return Billed{}, false
	}
	first := s.Actuals[0]
	sum := bill{from: first}
	for _, a := range s.Actuals {
		if a.AsOf.Before(sum.from.AsOf) {
			sum.from = a
		}
		for _, d := range a.Days {
			if WorkspaceIDOf(d.Resource) != "" {
				sum.add(d)
			}
		}
	}
	return sum.billed(), true
}
