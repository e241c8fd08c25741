package model

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// Money is an amount in millionths of a currency unit. One US cent is 10,000.
// Arithmetic on it is exact; no amount is ever a float.
type Money int64

// Unit is one whole unit of a currency.
const Unit Money = 1_000_000

// ParseMoney reads a plain decimal amount such as "0.0903" or "12". Digits
// past the sixth decimal are rounded half up; exponents are accepted because
// JSON numbers carry them.
func ParseMoney(s string) (Money, error) {
	text := strings.TrimSpace(s)
	if strings.ContainsAny(text, "eE") {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(f) || math.Abs(f) > math.MaxInt64/float64(Unit)/2 {
			return 0, fmt.Errorf("amount %q: not a decimal number", s)
		}
		return Money(math.Round(f * float64(Unit))), nil
	}
	negative := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	whole, frac, _ := strings.Cut(text, ".")
	if whole == "" && frac == "" {
		return 0, fmt.Errorf("amount %q: not a decimal number", s)
	}
	roundUp := false
	if len(frac) > 6 {
		roundUp = frac[6] >= '5'
		for _, r := range frac[6:] {
			if r < '0' || r > '9' {
				return 0, fmt.Errorf("amount %q: not a decimal number", s)
			}
		}
		frac = frac[:6]
	}
	digits := whole + frac + strings.Repeat("0", 6-len(frac))
	n, err := strconv.ParseUint(digits, 10, 62)
	if err != nil {
		return 0, fmt.Errorf("amount %q: not a decimal number", s)
	}
	m := Money(n)
	if roundUp {
		m++
	}
	if negative {
		m = -m
	}
	return m, nil
}

// Decimal writes the amount exactly, with two to six decimals: "0.82", "0.0903".
func (m Money) Decimal() string {
	sign := ""
	u := uint64(m)
	if m < 0 {
		sign, u = "-", uint64(-m)
	}
	frac := fmt.Sprintf("%06d", u%uint64(Unit))
	for len(frac) > 2 && strings.HasSuffix(frac, "0") {
		frac = frac[:len(frac)-1]
	}
	return sign + strconv.FormatUint(u/uint64(Unit), 10) + "." + frac
}

// Fixed writes the amount rounded to two decimals with thousands separators:
// "9,940.20". It is what cells show.
func (m Money) Fixed() string {
	sign := ""
	u := uint64(m)
	if m < 0 {
		sign, u = "-", uint64(-m)
	}
	cents := (u + 5_000) / 10_000
	if cents == 0 {
		sign = ""
	}
	return sign + group(cents/100) + "." + fmt.Sprintf("%02d", cents%100)
}

// Whole writes the amount rounded to whole units with thousands separators.
func (m Money) Whole() string {
	sign := ""
	u := uint64(m)
	if m < 0 {
		sign, u = "-", uint64(-m)
	}
	units := (u + uint64(Unit)/2) / uint64(Unit)
	if units == 0 {
		sign = ""
	}
	return sign + group(units)
}

func group(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Times multiplies by a whole number and saturates instead of wrapping.
func (m Money) Times(n int) Money {
	hi, lo := bits.Mul64(abs64(int64(m)), abs64(int64(n)))
	if hi != 0 || lo > math.MaxInt64 {
		lo = math.MaxInt64
	}
	if (m < 0) != (n < 0) {
		return -Money(lo)
	}
	return Money(lo)
}

func abs64(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

const microsPerHour = uint64(time.Hour / time.Microsecond)

// over is the amount for a billed duration in unit-microseconds, rounded down.
func (m Money) over(unitMicros uint64) Money {
	hi, lo := bits.Mul64(abs64(int64(m)), unitMicros)
	if hi >= microsPerHour {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, microsPerHour)
	if q > math.MaxInt64 {
		q = math.MaxInt64
	}
	if m < 0 {
		return -Money(q)
	}
	return Money(q)
}
