package model

import (
	"strings"
	"time"
)

// signs are the currency signs people read faster than the code.
var signs = map[string]string{"": "$", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}

// In writes the amount with its currency, rounded to two decimals: "$0.29",
// "9,940.20 CHF". currency is an ISO 4217 code; "" means USD.
func (m Money) In(currency string) string { return withCurrency(m.Fixed, currency) }

// WholeIn writes the amount with its currency, rounded to whole units.
func (m Money) WholeIn(currency string) string { return withCurrency(m.Whole, currency) }

func withCurrency(write func() string, currency string) string {
	sign, ok := signs[currency]
	if !ok {
		return write() + " " + currency
	}
	text, negative := strings.CutPrefix(write(), "-")
	if negative {
		return "-" + sign + text
	}
	return sign + text
}

// RateIn writes an amount an hour with its currency: like [Money.In], but with
// four decimals below ten cents, where a cent is most of the price.
func (m Money) RateIn(currency string) string {
	if m <= 0 || m >= Unit/10 {
		return m.In(currency)
	}
	return withCurrency(((m + 50) / 100 * 100).Decimal, currency)
}

// Rate writes a price an hour: "$12.24/h". An unknown price is "price unknown".
func (p Price) Rate() string {
	if !p.Known() {
		return "price unknown"
	}
	return p.PerHour.In(p.Currency) + "/h"
}

// Times is the price of n units.
func (p Price) Times(n int) Price {
	p.PerHour, p.List = p.PerHour.Times(n), p.List.Times(n)
	return p
}

// Currency is the currency of the meter's first priced charge; "" means USD.
func (m Meter) Currency() string {
	for _, c := range m {
		if c.Price.Known() {
			return c.Price.Currency
		}
	}
	return ""
}

// Only is the part of the meter with charges of one kind.
func (m Meter) Only(kind ChargeKind) Meter {
	var part Meter
	for _, c := range m {
		if c.Kind == kind {
			part = append(part, c)
		}
	}
	return part
}

// BurnOf is the cost an hour at t of charges of one kind.
func (m Meter) BurnOf(kind ChargeKind, t time.Time) Money {
	var sum Money
	for i := range m {
		if c := &m[i]; c.Kind == kind && c.Price.Known() {
			sum += c.Price.PerHour.Times(c.UnitsAt(t))
		}
	}
	return sum
}
