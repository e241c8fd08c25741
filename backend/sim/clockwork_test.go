package sim

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	epoch := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := Clock{Start: defaultStart, Epoch: epoch, Speed: 60}
	tests := []struct {
		wall time.Duration
		want time.Duration
	}{{-time.Hour, 0}, {0, 0}, {time.Second, time.Minute}, {time.Minute, time.Hour}, {24 * time.Hour, 60 * 24 * time.Hour}}
	for _, tt := range tests {
		if got := c.At(epoch.Add(tt.wall)).Sub(c.Start); got != tt.want {
			t.Errorf("%v after the epoch the world is %v old, want %v", tt.wall, got, tt.want)
		}
	}
	if got := (Clock{Start: defaultStart, Epoch: epoch}).At(epoch.Add(time.Hour)); !got.Equal(defaultStart) {
		t.Errorf("without a speed it is %v", got)
	}
	c.Speed = 3600
	if got := c.At(epoch.AddDate(3, 0, 0)); got.Before(c.At(epoch.AddDate(0, 0, 10))) {
		t.Errorf("after years at full speed it is %v", got)
	}
	c.Speed = 1.7
	last := c.Start
	for n := range 1000 {
		at := c.At(epoch.Add(time.Duration(n) * 333 * time.Microsecond))
		if at.Before(last) {
			t.Fatalf("the clock ran back at step %d", n)
		}
		last = at
	}
}

// TestAgenda holds the order: by time, and in order of planning within a moment.
func TestAgenda(t *testing.T) {
	var a agenda
	r := newStream(1, "agenda")
	type mark struct{ at, n int }
	var got []mark
	var want []mark
	for n := range 2000 {
		at := r.n(50)
		want = append(want, mark{at, n})
		a.add(time.Unix(0, int64(at)), func() { got = append(got, mark{at, n}) })
	}
	slices.SortStableFunc(want, func(x, y mark) int { return x.at - y.at })
	for a.due(math.MaxInt64) {
		a.pop().do()
	}
	if !slices.Equal(got, want) {
		t.Error("events came out of order")
	}
}

func TestTimer(t *testing.T) {
	w, _ := small(t, "")
	var tm timer
	fired := ""
	w.set(&tm, time.Minute, func() { fired += "a" })
	w.set(&tm, 2*time.Minute, func() { fired += "b" })
	w.after(90 * time.Second)
	if fired != "" {
		t.Errorf("an alarm that was set anew fired: %s", fired)
	}
	w.after(time.Hour)
	w.set(&tm, time.Minute, func() { fired += "c" })
	tm.cancel()
	w.after(time.Hour)
	if fired != "b" {
		t.Errorf("fired %q", fired)
	}
}

func TestStream(t *testing.T) {
	a, b, c := newStream(1, "x"), newStream(1, "x"), newStream(1, "y")
	other := newStream(2, "x")
	first := a.guid()
	if first != b.guid() {
		t.Error("the same seed and name differ")
	}
	if first == c.guid() || first == other.guid() {
		t.Error("two names or two seeds agree")
	}
	var sum, low, high time.Duration = 0, math.MaxInt64, 0
	const draws = 20000
	for range draws {
		sum += a.gap(time.Hour)
		d := a.between(time.Minute, 2*time.Minute)
		low, high = min(low, d), max(high, d)
	}
	if mean := sum / draws; mean < 58*time.Minute || mean > 62*time.Minute {
		t.Errorf("gaps of an hour have a mean of %v", mean)
	}
	if low < time.Minute || high >= 2*time.Minute || high-low < 59*time.Second {
		t.Errorf("between a minute and two: %v to %v", low, high)
	}
	var spread []time.Duration
	for range draws {
		spread = append(spread, a.spread(time.Hour, 0.5))
	}
	slices.Sort(spread)
	if m := spread[draws/2]; m < 58*time.Minute || m > 62*time.Minute {
		t.Errorf("a spread around an hour has a median of %v", m)
	}
}

// TestWorkingTime: nine to six in Austin, Monday to Friday.
func TestWorkingTime(t *testing.T) {
	p, err := newPerson(personDef{Name: "ana", UTCOffset: -6})
	if err != nil {
		t.Fatal(err)
	}
	day := func(d, h, m int) time.Time { return time.Date(2026, 11, d, h, m, 0, 0, p.zone) } // the 23rd is a Monday
	tests := []struct {
		name string
		from time.Time
		work time.Duration
		want time.Time
	}{
		{"within a day", day(23, 10, 0), 2 * time.Hour, day(23, 12, 0)},
		{"before work", day(23, 4, 0), time.Hour, day(23, 10, 0)},
		{"over night", day(23, 17, 0), 2 * time.Hour, day(24, 10, 0)},
		{"after work", day(24, 22, 0), time.Minute, day(25, 9, 1)},
		{"over the weekend", day(27, 17, 30), time.Hour, day(30, 9, 30)},
		{"from a Saturday", day(28, 12, 0), 10 * time.Hour, day(30, 9, 0).Add(25 * time.Hour)},
		{"two weeks", day(23, 9, 0), 10*9*time.Hour + time.Hour, day(37, 10, 0)},
	}
	for _, tt := range tests {
		if got := p.after(tt.from, tt.work); !got.Equal(tt.want) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	if got := p.nextDay(day(27, 12, 0)); !got.Equal(day(30, 9, 0)) {
		t.Errorf("the working day after Friday starts %v", got)
	}
}

// TestOperationsAreForgotten: only so many are kept, the newest.
func TestOperationsAreForgotten(t *testing.T) {
	w, ws := small(t, "")
	first := w.begin("", ws)
	for range remembered {
		w.begin("", ws)
	}
	if w.Operation(first.ID) != nil || len(w.operations.byID) != remembered {
		t.Errorf("%d operations are kept", len(w.operations.byID))
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Scenarios() {
		text, err := builtIn.ReadFile("scenarios/" + name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("[[subscriptions]]\nx = { y = 1 }")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := parse("fuzz", text); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
	})
}
