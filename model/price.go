package model

import (
	"cmp"
	"strconv"
	"strings"
)

// PriceSource says where a price comes from. The numbers stand in the history
// file: new sources go to the end.
type PriceSource uint8

// The sources of a price.
const (
	PriceUnknown PriceSource = iota
	PriceService             // the service's own vmSizes answer
	PriceCatalog             // the table built into the program
	PriceConfig              // the user's configuration
	PriceRetail              // Azure's public retail price list
)

func (s PriceSource) String() string {
	return [...]string{"unknown", "vmSizes", "built-in table", "configuration", "retail prices"}[min(int(s), 4)]
}

// Price is an amount an hour for one unit (one VM). The zero Price is unknown,
// which is not the same as free. Prices are comparable.
type Price struct {
	PerHour  Money
	Currency string // ISO 4217; "" means USD
	Source   PriceSource
	AsOf     Date   // the day the source said so; zero: not known
	List     Money  // before the discount; only where there is a Factor
	Factor   Factor // the discount from the configuration; zero: none
}

// Factor is what list prices are multiplied by, in millionths: 700,000 is what
// is left by a discount of 30 %. The zero Factor changes nothing.
type Factor int32

// ParseFactor reads a factor above zero and up to ten, such as "0.7".
func ParseFactor(s string) (Factor, error) {
	m, err := ParseMoney(s)
	if err != nil || m <= 0 || m > 10*Unit {
		return 0, &FactorError{s}
	}
	return Factor(m), nil
}

// FactorError is a text that is no factor.
type FactorError struct{ Text string }

func (e *FactorError) Error() string {
	return "factor " + strconv.Quote(e.Text) + `: not a number above 0 and up to 10, such as "0.7" for 30 % off`
}

// String writes the factor with at least two decimals: "0.70".
func (f Factor) String() string { return Money(f).Decimal() }

// Of applies the factor to an amount, to the nearest millionth.
func (f Factor) Of(m Money) Money {
	if f == 0 || Money(f) == Unit || m <= 0 {
		return m
	}
	return m/Unit*Money(f) + (m%Unit*Money(f)+Unit/2)/Unit
}

// Known reports whether there is a price at all.
func (p Price) Known() bool { return p.Source != PriceUnknown }

// CurrencyCode is the ISO 4217 code, USD by default.
func (p Price) CurrencyCode() string {
	if p.Currency == "" {
		return "USD"
	}
	return p.Currency
}

// Less is the price under a discount: PerHour multiplied, and the list price
// kept beside it. Unknown stays unknown.
func (p Price) Less(f Factor) Price {
	if !p.Known() || f == 0 || f == Factor(Unit) || p.Factor != 0 {
		return p
	}
	p.List, p.Factor = p.PerHour, f
	p.PerHour = f.Of(p.PerHour)
	return p
}

// Bare is the price without its date and its discount: what an amount is made
// of, and what tells one state interval from the next.
func (p Price) Bare() Price {
	return Price{PerHour: p.PerHour, Currency: p.Currency, Source: p.Source}
}

// Origin says where the price comes from, how old it is, and what was taken
// off: "retail prices of 2025-11-01, list $12.24 × 0.70 by config".
func (p Price) Origin() string {
	if !p.Known() {
		return "no source has one"
	}
	text := p.Source.String()
	if p.AsOf.Known() {
		text += " of " + p.AsOf.String()
	}
	if p.Factor != 0 {
		text += ", list " + p.List.RateIn(p.Currency) + " × " + p.Factor.String() + " by config"
	}
	return text
}

// Compare orders prices by amount, unknown ones last. Amounts in different
// currencies cannot be compared: they are ordered by currency first.
func (p Price) Compare(q Price) int {
	if p.Known() != q.Known() {
		if p.Known() {
			return -1
		}
		return 1
	}
	if p.Known() {
		if c := strings.Compare(p.CurrencyCode(), q.CurrencyCode()); c != 0 {
			return c
		}
	}
	return cmp.Compare(p.PerHour, q.PerHour)
}
