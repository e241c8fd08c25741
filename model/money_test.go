package model

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestParseMoney(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Money
	}{
		{"0", 0}, {"12", 12 * Unit}, {"0.0903", 90_300}, {"12.24", 12_240_000}, {"-1.5", -1_500_000},
		{".5", 500_000}, {"7.", 7 * Unit}, {" 0.29 ", 290_000}, {"1e2", 100 * Unit}, {"5E-6", 5},
		{"0.0000004", 0}, {"0.0000005", 1}, {"-0.0000005", -1}, {"0.9999999", Unit},
	} {
		got, err := ParseMoney(c.in)
		if err != nil || got != c.want {
			t.Errorf("ParseMoney(%q) = %d, %v; want %d", c.in, got, err, c.want)
		}
	}
	for _, bad := range []string{"", ".", "-", "--1", "+1", "1,000", "0x10", "1e400", "NaN", "Inf", "1.2.3", "0.1234567x", "9999999999999999999", "1 2", "１"} {
		if got, err := ParseMoney(bad); err == nil {
			t.Errorf("ParseMoney(%q) = %d, want an error", bad, got)
		}
	}
}

func TestMoneyIsWritten(t *testing.T) {
	for _, c := range []struct {
		m                     Money
		decimal, fixed, whole string
		in                    string
	}{
		{0, "0.00", "0.00", "0", "$0.00"},
		{820_000, "0.82", "0.82", "1", "$0.82"},
		{90_300, "0.0903", "0.09", "0", "$0.09"},
		{9_940_200_000, "9940.20", "9,940.20", "9,940", "$9,940.20"},
		{-1_500_000, "-1.50", "-1.50", "-2", "-$1.50"},
		{-1, "-0.000001", "0.00", "0", "$0.00"},
		{995_000, "0.995", "1.00", "1", "$1.00"},
		{math.MaxInt64, "9223372036854.775807", "9,223,372,036,854.78", "9,223,372,036,855", "$9,223,372,036,854.78"},
		{math.MinInt64, "-9223372036854.775808", "-9,223,372,036,854.78", "-9,223,372,036,855", "-$9,223,372,036,854.78"},
	} {
		if got := c.m.Decimal(); got != c.decimal {
			t.Errorf("Decimal(%d) = %q, want %q", c.m, got, c.decimal)
		}
		if got := c.m.Fixed(); got != c.fixed {
			t.Errorf("Fixed(%d) = %q, want %q", c.m, got, c.fixed)
		}
		if got := c.m.Whole(); got != c.whole {
			t.Errorf("Whole(%d) = %q, want %q", c.m, got, c.whole)
		}
		if got := c.m.In("USD"); got != c.in {
			t.Errorf("In(%d) = %q, want %q", c.m, got, c.in)
		}
	}
	for m, want := range map[Money]string{8_600: "$0.0086", 50_000: "$0.05", 99_999: "$0.10", 100_000: "$0.10", 12: "$0.00", 60: "$0.0001", 0: "$0.00", -5: "$0.00", 12_240_000: "$12.24"} {
		if got := m.RateIn(""); got != want {
			t.Errorf("RateIn(%d) = %q, want %q", m, got, want)
		}
	}
	for currency, want := range map[string]string{"": "$2.00", "EUR": "€2.00", "CHF": "2.00 CHF"} {
		if got := (2 * Unit).In(currency); got != want {
			t.Errorf("In(%q) = %q, want %q", currency, got, want)
		}
	}
}

func TestTimesSaturates(t *testing.T) {
	for _, c := range []struct {
		m    Money
		n    int
		want Money
	}{
		{Unit, 3, 3 * Unit}, {Unit, 0, 0}, {-Unit, 2, -2 * Unit}, {Unit, -2, -2 * Unit}, {-Unit, -2, 2 * Unit},
		{math.MaxInt64, 2, math.MaxInt64}, {math.MaxInt64, -2, -math.MaxInt64}, {math.MinInt64, 1, -math.MaxInt64},
	} {
		if got := c.m.Times(c.n); got != c.want {
			t.Errorf("%d × %d = %d, want %d", c.m, c.n, got, c.want)
		}
	}
}

func TestMoneyForADuration(t *testing.T) {
	for _, c := range []struct {
		m    Money
		d    time.Duration
		want Money
	}{
		{12_240_000, time.Hour, 12_240_000}, {12_240_000, 90 * time.Minute, 18_360_000}, {1, time.Minute, 0},
		{Unit, -time.Hour, 0}, {math.MaxInt64, 2 * time.Hour, math.MaxInt64}, {-Unit, 2 * time.Hour, -2 * Unit},
	} {
		if got := c.m.For(c.d); got != c.want {
			t.Errorf("%d/h for %v = %d, want %d", c.m, c.d, got, c.want)
		}
	}
}

func TestUnknownPriceIsNotFree(t *testing.T) {
	free := Price{Source: PriceService}
	if !free.Known() || (Price{}).Known() {
		t.Error("a price of 0 must be known and the zero Price unknown")
	}
	if (Price{}).Compare(free) <= 0 || free.Compare(Price{}) >= 0 || (Price{}).Compare(Price{}) != 0 {
		t.Error("unknown prices must come last")
	}
	if got := (Price{}).Rate(); got != "price unknown" {
		t.Errorf("Rate of an unknown price = %q", got)
	}
	if got := (Price{PerHour: 290_000, Source: PriceService}).Times(3).Rate(); got != "$0.87/h" {
		t.Errorf("Rate = %q", got)
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"0", "0.0903", "-12.5", "1e3", "9940.20", ".", "00.10", "4611686018427"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMoney(s)
		if err != nil {
			return
		}
		again, err := ParseMoney(m.Decimal())
		if err != nil || again != m {
			t.Fatalf("%q = %d, written %q, read back as %d, %v", s, m, m.Decimal(), again, err)
		}
		if strings.ContainsAny(m.Fixed(), "eE") {
			t.Fatalf("Fixed(%d) = %q", m, m.Fixed())
		}
	})
}
