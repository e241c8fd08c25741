package model

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"
)

var epoch = time.Date(2025, 11, 3, 8, 30, 0, 0, time.UTC)

func known(cents int64) Price { return Price{PerHour: Money(cents) * 10_000, Source: PriceService} }

// randomMeter is a meter of observed spans: some priced oddly, some not at all.
func randomMeter(r *rand.Rand) Meter {
	var m Meter
	for range 1 + r.IntN(3) {
		c := Charge{Kind: ChargeKind(r.IntN(2)), Price: Price{PerHour: Money(r.Int64N(40_000_000)), Source: PriceService}}
		if r.IntN(5) == 0 {
			c.Price = Price{}
		}
		t := epoch.Add(time.Duration(r.IntN(3600)) * time.Second)
		for range r.IntN(6) {
			c.Spans = Extend(c.Spans, r.IntN(4), t)
			t = t.Add(time.Duration(r.Int64N(int64(9 * time.Hour))))
		}
		m = append(m, c)
	}
	return m
}

func randomTimes(r *rand.Rand, n int) []time.Time {
	times := make([]time.Time, n)
	for i := range times {
		times[i] = epoch.Add(time.Duration(r.Int64N(int64(80*time.Hour))) - 4*time.Hour)
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

func TestBetweenIsAdditiveAndNeverDecreases(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		m, at := randomMeter(r), randomTimes(r, 4)
		whole := m.Between(at[0], at[3])
		if parts := m.Between(at[0], at[1]) + m.Between(at[1], at[2]) + m.Between(at[2], at[3]); parts != whole {
			t.Fatalf("parts %d, whole %d for %+v at %v", parts, whole, m, at)
		}
		if m.Between(at[0], at[2]) > whole || m.Between(at[0], at[1]) > m.Between(at[0], at[2]) {
			t.Fatalf("cost decreases with time for %+v at %v", m, at)
		}
		if got := m.Between(at[3], at[0]); got != 0 {
			t.Fatalf("cost of a window that ends before it begins is %d", got)
		}
	}
}

func TestBetweenDoesNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		m, at := randomMeter(r), randomTimes(r, 2)
		want := m.Between(at[0], at[1])
		shuffled := slices.Clone(m)
		for i := range shuffled {
			shuffled[i].Spans = slices.Clone(shuffled[i].Spans)
			slices.Reverse(shuffled[i].Spans)
		}
		slices.Reverse(shuffled)
		if got := shuffled.Between(at[0], at[1]); got != want {
			t.Fatalf("%d in another order, %d before", got, want)
		}
	}
}

// TestCostsAreTheirParts holds one reading of a meter against its three.
func TestCostsAreTheirParts(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 1000 {
		m, at := randomMeter(r), randomTimes(r, 3)
		month, day, now := at[0], at[1], at[2]
		want := Costs{m.Burn(now), m.Between(day, now), m.Between(month, now), m.Unpriced(now), m.Unobserved(day, now), m.Unobserved(month, now)}
		if got := m.Costs(day, month, now); got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
		if sum := m.BurnOf(ChargeCompute, now) + m.BurnOf(ChargeStanding, now); sum != m.Burn(now) {
			t.Fatalf("burn by kind adds up to %d, not %d", sum, m.Burn(now))
		}
		if sum := m.Only(ChargeCompute).Between(day, now) + m.Only(ChargeStanding).Between(day, now); sum != want.Today {
			t.Fatalf("cost by kind adds up to %d, not %d", sum, want.Today)
		}
	}
}

func TestTallyIsTheSumAndAStraightLine(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	at := epoch.Add(70 * time.Hour)
	tally, later := NewTally(at), at.Add(37*time.Minute)
	var meters []Meter
	for range 300 {
		m := randomMeter(r)
		meters = append(meters, m)
		tally.Add(m, time.UTC)
	}
	var burn, today, month Money
	unpriced := 0
	for _, m := range meters {
		burn += m.Burn(at)
		today += m.Between(StartOfDay(at, time.UTC), later)
		month += m.Between(StartOfMonth(at, time.UTC), later)
		if m.Unpriced(at) {
			unpriced++
		}
	}
	if tally.Burn != burn || tally.Targets != 300 || tally.Unpriced != unpriced {
		t.Errorf("%+v, want burn %d and %d unpriced", tally, burn, unpriced)
	}
	// Each target's cost is rounded down on its own, the line only once.
	near := func(got, want Money) bool { d := got - want; return d >= -600 && d <= 600 }
	if got := tally.TodayAt(later); !near(got, today) {
		t.Errorf("today %d, sum %d", got, today)
	}
	if got := tally.MonthAt(later); !near(got, month) {
		t.Errorf("month %d, sum %d", got, month)
	}
	if got, want := tally.MonthEnd(time.UTC), tally.MonthAt(time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)); got != want {
		t.Errorf("month end %d, want %d", got, want)
	}
}

func TestExtend(t *testing.T) {
	at := func(h int) time.Time { return epoch.Add(time.Duration(h) * time.Hour) }
	for _, c := range []struct {
		name  string
		spans []Span
		units int
		t     time.Time
		want  []Span
	}{
		{"first", nil, 2, at(0), []Span{{From: at(0), Units: 2}}},
		{"nothing runs", nil, 0, at(0), nil},
		{"same", []Span{{From: at(0), Units: 2}}, 2, at(1), []Span{{From: at(0), Units: 2}}},
		{"more", []Span{{From: at(0), Units: 2}}, 3, at(1), []Span{{at(0), at(1), 2}, {From: at(1), Units: 3}}},
		{"stopped", []Span{{From: at(0), Units: 2}}, 0, at(1), []Span{{at(0), at(1), 2}}},
		{"again", []Span{{at(0), at(1), 2}}, 1, at(2), []Span{{at(0), at(1), 2}, {From: at(2), Units: 1}}},
		{"corrected at once", []Span{{at(0), at(1), 2}, {From: at(2), Units: 1}}, 5, at(2), []Span{{at(0), at(1), 2}, {From: at(2), Units: 5}}},
		{"taken back at once", []Span{{From: at(2), Units: 1}}, 0, at(2), nil},
		{"news from before", []Span{{From: at(2), Units: 1}}, 3, at(1), []Span{{From: at(2), Units: 1}}},
		{"news from before the end", []Span{{at(0), at(2), 1}}, 1, at(1), []Span{{at(0), at(2), 1}}},
		{"at once after the end", []Span{{at(0), at(2), 1}}, 1, at(2), []Span{{at(0), at(2), 1}, {From: at(2), Units: 1}}},
	} {
		before := slices.Clone(c.spans)
		if got := Extend(c.spans, c.units, c.t); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(c.spans, before) {
			t.Errorf("%s: the argument was modified", c.name)
		}
	}
}

// TestExtendDoesNotShare extends one history in two ways.
func TestExtendDoesNotShare(t *testing.T) {
	base := make([]Span, 1, 8)
	base[0] = Span{From: epoch, To: epoch.Add(time.Hour), Units: 1}
	a := Extend(base, 2, epoch.Add(2*time.Hour))
	b := Extend(base, 3, epoch.Add(2*time.Hour))
	if a[1].Units != 2 || b[1].Units != 3 {
		t.Errorf("two histories share an array: %v %v", a, b)
	}
}

func TestStartOfDayAndMonth(t *testing.T) {
	for _, c := range []struct{ zone, at, day, month string }{
		{"UTC", "2025-11-21T17:02:00Z", "2025-11-21T00:00:00Z", "2025-11-01T00:00:00Z"},
		{"UTC", "2025-12-01T00:00:00Z", "2025-12-01T00:00:00Z", "2025-12-01T00:00:00Z"},
		{"Europe/Berlin", "2025-03-30T12:00:00Z", "2025-03-30T00:00:00+01:00", "2025-03-01T00:00:00+01:00"},       // 23 hours long
		{"Europe/Berlin", "2025-10-26T12:00:00Z", "2025-10-26T00:00:00+02:00", "2025-10-01T00:00:00+02:00"},       // 25 hours long
		{"Asia/Kolkata", "2024-02-29T20:00:00Z", "2024-03-01T00:00:00+05:30", "2024-03-01T00:00:00+05:30"},        // next month there
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T01:00:00-02:00", "2018-11-01T00:00:00-03:00"},   // no midnight
		{"America/Sao_Paulo", "2018-11-04T02:59:00Z", "2018-11-03T00:00:00-03:00", "2018-11-01T00:00:00-03:00"},   // the minute before
		{"America/Los_Angeles", "2025-11-02T09:30:00Z", "2025-11-02T00:00:00-07:00", "2025-11-01T00:00:00-07:00"}, // 01:30 the second time
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		at := moment(t, c.at)
		if got := StartOfDay(at, zone); !got.Equal(moment(t, c.day)) {
			t.Errorf("%s %s: day starts %s, want %s", c.zone, c.at, got.Format(time.RFC3339), c.day)
		}
		if got := StartOfMonth(at, zone); !got.Equal(moment(t, c.month)) {
			t.Errorf("%s %s: month starts %s, want %s", c.zone, c.at, got.Format(time.RFC3339), c.month)
		}
	}
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestNextMonday(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		zone     *time.Location
		at, want string
	}{
		{time.UTC, "2025-11-21T17:02:00Z", "2025-11-24T09:00:00Z"},
		{time.UTC, "2025-11-24T08:59:59Z", "2025-11-24T09:00:00Z"},
		{time.UTC, "2025-11-24T09:00:00Z", "2025-12-01T09:00:00Z"},
		{time.UTC, "2025-11-23T23:00:00Z", "2025-11-24T09:00:00Z"},
		{berlin, "2025-10-24T16:00:00Z", "2025-10-27T09:00:00+01:00"}, // an hour more in that weekend
	} {
		if got := NextMonday(moment(t, c.at), c.zone); !got.Equal(moment(t, c.want)) {
			t.Errorf("after %s: %s, want %s", c.at, got.Format(time.RFC3339), c.want)
		}
	}
}
