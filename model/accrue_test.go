package model

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// randomLife is a target's observed life with holes in what was seen and some
// evidence for what was not.
func randomLife(r *rand.Rand) (life []Interval, seen []Window, fills []Interval) {
	billing := func() Billing {
		b := Billing{State: "s", Units: r.IntN(5), Standing: Price{PerHour: Money(r.Int64N(50_000)), Source: PriceConfig}}
		b.Idle = r.IntN(b.Units + 1)
		b.Unsure = r.IntN(6) == 0
		if r.IntN(4) > 0 {
			b.Price = Price{PerHour: Money(1 + r.Int64N(40_000_000)), Source: PriceService}
		}
		return b
	}
	step := func() time.Duration { return time.Duration(1 + r.Int64N(int64(9*time.Hour))) }
	t := epoch
	for range 1 + r.IntN(8) {
		next := t.Add(step())
		life = append(life, Interval{Window{t, next}, billing()})
		t = next
	}
	for at := epoch; at.Before(t); {
		until := at.Add(step())
		seen = append(seen, Window{at, until})
		at = until.Add(step())
	}
	for range r.IntN(4) {
		at := epoch.Add(time.Duration(r.Int64N(int64(40 * time.Hour))))
		fills = append(fills, Interval{Window{at, at.Add(step())}, billing()})
	}
	return life, seen, fills
}

func TestAccrueIsAdditiveMonotoneAndWithoutOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 1500 {
		billed, gaps := Sift(randomLife(r))
		at := randomTimes(r, 4)
		whole := Accrue(billed, gaps, Window{at[0], at[3]})
		var parts Spend
		for i := range 3 {
			parts = parts.Plus(Accrue(billed, gaps, Window{at[i], at[i+1]}))
		}
		if parts != whole {
			t.Fatalf("parts %+v, whole %+v", parts, whole)
		}
		less := Accrue(billed, gaps, Window{at[0], at[2]})
		if less.Total() > whole.Total() || less.Unobserved > whole.Unobserved || less.Units > whole.Units {
			t.Fatalf("less time costs more: %+v, %+v", less, whole)
		}
		mixed, holes := slices.Clone(billed), slices.Clone(gaps)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		slices.Reverse(holes)
		if got := Accrue(mixed, holes, Window{at[0], at[3]}); got != whole {
			t.Fatalf("%+v in another order, %+v before", got, whole)
		}
	}
}

// TestSiftNeverBillsTwiceNorAGap looks at every moment by itself.
func TestSiftNeverBillsTwiceNorAGap(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	holds := func(w Window, at time.Time) bool { return !at.Before(w.From) && at.Before(w.To) }
	for range 300 {
		life, seen, fills := randomLife(r)
		billed, gaps := Sift(life, seen, fills)
		for range 40 {
			at := epoch.Add(time.Duration(r.Int64N(int64(60*time.Hour))) - 2*time.Hour)
			here := func(list []Interval) (n int) {
				for _, i := range list {
					if holds(i.Window, at) {
						n++
					}
				}
				return n
			}
			watched := slices.ContainsFunc(seen, func(w Window) bool { return holds(w, at) })
			gap := slices.ContainsFunc(gaps, func(w Window) bool { return holds(w, at) })
			lives, paid, vouched := here(life), here(billed), here(fills)
			switch {
			case paid > 1:
				t.Fatalf("%v is billed %d times", at, paid)
			case paid == 1 && gap:
				t.Fatalf("%v is billed and a gap", at)
			case watched && paid != lives:
				t.Fatalf("%v was seen %d times and billed %d times", at, lives, paid)
			case !watched && (paid == 1) != (vouched > 0):
				t.Fatalf("%v was not seen, %d fills vouch for it, billed %d times", at, vouched, paid)
			case lives == 1 && paid == 0 && !gap:
				t.Fatalf("%v is neither billed nor a gap", at)
			}
		}
	}
}

func TestUnknownIsCountedNotZero(t *testing.T) {
	hour := Window{epoch, epoch.Add(time.Hour)}
	got := Accrue([]Interval{
		{hour, Billing{State: "Running", Units: 3}},
		{hour, Billing{State: "Unknown", Unsure: true, Standing: known(5)}},
		{hour, Billing{State: "steady", Units: 4, Idle: 1, Price: known(200)}},
	}, []Window{{epoch, epoch.Add(7 * time.Hour)}}, Window{epoch, epoch.Add(24 * time.Hour)})
	want := Spend{
		Compute: Exact{Micros: 8 * Unit}, Idle: Exact{Micros: 2 * Unit}, Standing: Exact{Micros: 50_000},
		Units: 7 * 3_600_000, Unpriced: 3 * 3_600_000, Unsure: 3_600_000, Unobserved: 7 * 3_600_000,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got.Gap() != 7*time.Hour || got.Total() != 8*Unit+50_000 {
		t.Errorf("gap %v, total %v", got.Gap(), got.Total())
	}
}

// TestCutByCalendar holds the pieces of a year against its calendar, where
// clocks change and where hours begin at half past.
func TestCutByCalendar(t *testing.T) {
	for _, c := range []struct {
		zone              string
		day               string // a day on which the clocks change
		hours, days, long int    // pieces of that day; days of that month; length of the day in minutes
	}{
		{"UTC", "2025-03-30T12:00:00Z", 24, 31, 24 * 60},
		{"Europe/Berlin", "2025-03-30T12:00:00Z", 23, 31, 23 * 60},
		{"Europe/Berlin", "2025-10-26T12:00:00Z", 25, 31, 25 * 60},
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", 23, 30, 23 * 60}, // no midnight
		{"America/Sao_Paulo", "2018-02-17T12:00:00Z", 25, 28, 25 * 60}, // eleven o'clock twice
		{"Asia/Kolkata", "2024-02-29T12:00:00Z", 24, 29, 24 * 60},
		{"Australia/Lord_Howe", "2025-10-05T01:00:00Z", 24, 31, 23*60 + 30}, // by half an hour
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		at := moment(t, c.day)
		day := Window{StartOfDay(at, zone), Daily.Next(at, zone)}
		month := Window{StartOfMonth(at, zone), Monthly.Next(at, zone)}
		if got := int(day.To.Sub(day.From).Minutes()); got != c.long {
			t.Errorf("%s %s is %d minutes long, want %d", c.zone, c.day, got, c.long)
		}
		hours, days := Cut(day, Hourly, zone), Cut(month, Daily, zone)
		if len(hours) != c.hours || len(days) != c.days {
			t.Errorf("%s %s: %d hours in the day, %d days in the month; want %d, %d", c.zone, c.day, len(hours), len(days), c.hours, c.days)
		}
		billed := []Interval{{Window{month.From.Add(-time.Hour), month.To.Add(time.Hour)}, Billing{Units: 1, Price: Price{PerHour: 903_331, Source: PriceService}}}}
		var sum Spend
		for _, p := range []Period{Hourly, Daily} {
			sum = Spend{}
			for _, w := range Cut(month, p, zone) {
				sum = sum.Plus(Accrue(billed, nil, w))
			}
			if want := Accrue(billed, nil, month); sum != want {
				t.Errorf("%s: the pieces of %s cost %+v, the month %+v", c.zone, c.day, sum, want)
			}
		}
		if !Monthly.Start(at, zone).Equal(month.From) || !Daily.Start(days[3].From.Add(time.Hour), zone).Equal(days[3].From) {
			t.Errorf("%s: a period does not begin where it is cut", c.zone)
		}
	}
}

func TestExactSaturates(t *testing.T) {
	if got := ExactOver(1<<62, 1<<62).Money(); got != 1<<63-1 {
		t.Errorf("got %d", got)
	}
	if got := ExactOver(-5, 10).Plus(ExactOver(5, -10)); got != (Exact{}) {
		t.Errorf("negative amounts are %+v", got)
	}
}

// BenchmarkAccrue is the tick of a cost pane over 100,000 targets.
func BenchmarkAccrue(b *testing.B) {
	running := Billing{State: "Running", Units: 2, Price: known(124), Standing: known(5)}
	billed := make([]Interval, 100_000)
	for i := range billed {
		billed[i] = Interval{Window{epoch, epoch.Add(time.Duration(i) * time.Second)}, running}
	}
	day := Window{epoch, epoch.Add(24 * time.Hour)}
	for b.Loop() {
		if Accrue(billed, nil, day).Total() == 0 {
			b.Fatal("nothing was spent")
		}
	}
}
