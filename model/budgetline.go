package model

import (
	"time"
)

// BudgetLine is what a part of the fleet may cost a month, as configured.
type BudgetLine struct {
	Name     string
	Filter   string // as configured; "" for the whole fleet
	Month    Money
	Currency string // ISO 4217; "" means USD
	Warn     int    // per cent of Month from which on it is close
	// Match tells the spenders of the line from others; nil matches all.
	Match func(*Spender) bool
}

// WarnAt is the amount from which on the line is close.
func (l *BudgetLine) WarnAt() Money { return l.Month / 100 * Money(l.Warn) }

// BudgetState is how a budget line stands.
type BudgetState uint8

// The states of a budget line, best first.
const (
	BudgetUnknown BudgetState = iota // nothing of it has a price, or nothing was read yet
	BudgetOK
	BudgetWarn // close to the amount, or will be over it at the end of the month
	BudgetOver // over it already
)

func (s BudgetState) String() string {
	return [...]string{"unknown", "ok", "warn", "over"}[min(int(s), 3)]
}

// Health is how good a state is.
func (s BudgetState) Health() Health {
	switch s {
	case BudgetOK:
		return HealthGood
	case BudgetWarn:
		return HealthWarn
	case BudgetOver:
		return HealthBad
	default:
		return HealthUnknown
	}
}

// BudgetVerdict is how a budget line stands at a moment, and by which figures.
type BudgetVerdict struct {
	Line       *BudgetLine
	State      BudgetState
	SoFar      Money // this month
	Billed     Money // the part of SoFar that is from the bill; the rest is estimated
	Burn       Money // an hour
	Projection Projection
	Since      time.Time // what is estimated was observed from here on; zero: nothing is
	Targets    int
	Unpriced   int      // targets that bill at an unknown price: they are not in the figures
	Currencies []string // of targets that are not in the figures, for being in another than the line's
	Why        string   // the state in words
}
