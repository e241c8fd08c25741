package model

import "math/bits"

// millisPerHour is what the rest of an [Exact] is counted in.
const millisPerHour = 3_600_000

// Exact is an amount together with what rounding would lose, so that sums of
// pieces are the sum of the whole: Micros, and Rest parts of which 3,600,000
// make one Micro. The zero Exact is nothing.
type Exact struct {
	Micros Money
	Rest   int64 // 0 to 3,599,999
}

// ExactOver is the exact amount for unit-milliseconds (VMs times the
// milliseconds each was billed) at a price an hour. Negative amounts of either
// are nothing; what does not fit saturates.
func ExactOver(perHour Money, unitMillis int64) Exact {
	if perHour <= 0 || unitMillis <= 0 {
		return Exact{}
	}
	hi, lo := bits.Mul64(uint64(perHour), uint64(unitMillis))
	if hi >= millisPerHour>>1 {
		return Exact{Micros: 1<<63 - 1}
	}
	q, rest := bits.Div64(hi, lo, millisPerHour)
	return Exact{Micros: Money(q), Rest: int64(rest)}
}

// Plus is the exact sum of two amounts.
func (e Exact) Plus(f Exact) Exact {
	rest := e.Rest + f.Rest
	return Exact{Micros: e.Micros + f.Micros + Money(rest/millisPerHour), Rest: rest % millisPerHour}
}

// Money is the amount rounded down to a micro-unit.
func (e Exact) Money() Money { return e.Micros }
