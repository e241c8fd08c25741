package costs_test

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/chart"
	"github.com/amltop/amltop/ui/costs"
	"github.com/amltop/amltop/ui/theme"
)

func request(g costs.Grouping) costs.Request {
	return costs.Request{Snap: modeltest.Fleet(), Now: modeltest.Now(), Zone: time.UTC, Grouping: g}
}

// TestEveryGroupingAddsUpToTheWhole holds the rows against the model's sum: none
// is lost, none counted twice.
func TestEveryGroupingAddsUpToTheWhole(t *testing.T) {
	s := modeltest.Fleet()
	want := model.NewTally(modeltest.Now())
	for p := range s.Spenders() {
		want.Add(p.Meter, time.UTC)
	}
	for _, g := range costs.Groupings() {
		f := costs.NewFigures(modeltest.Now())
		for _, r := range costs.Make(request(g)).Rows {
			f.Add(r)
		}
		if f.Burn != want.Burn || f.Today != want.Today || f.Month != want.Month || f.Unpriced != want.Unpriced || f.Targets != want.Targets {
			t.Errorf("by %s: %+v, want %+v", g.Name, f.Tally, want)
		}
	}
}

// TestBarsOfMetersAddUp holds the chart against what the meters say of the
// whole window.
func TestBarsOfMetersAddUp(t *testing.T) {
	for _, p := range []model.Period{model.Hourly, model.Daily, model.Monthly} {
		q := request(costs.Groupings()[0])
		q.Windows = costs.Windows(p, q.Now, q.Zone, costs.Length(p))
		if got := len(q.Windows); got != costs.Length(p) || !q.Windows[got-1].To.Equal(q.Now) {
			t.Fatalf("%d windows up to %s", got, q.Windows[got-1].To)
		}
		for i := 1; i < len(q.Windows); i++ {
			if !q.Windows[i].From.Equal(q.Windows[i-1].To) {
				t.Fatalf("window %d begins at %s, the one before ends at %s", i, q.Windows[i].From, q.Windows[i-1].To)
			}
		}
		var want, got model.Money
		for s := range q.Snap.Spenders() {
			want += s.Meter.Between(q.Windows[0].From, q.Now)
		}
		for _, b := range costs.Make(q).Bars {
			for _, m := range b.Spent {
				got += m
			}
		}
		if got != want {
			t.Errorf("bars add up to %s, meters to %s", got.Fixed(), want.Fixed())
		}
	}
}

func TestAScopeLeavesOutTheRest(t *testing.T) {
	q := request(costs.Groupings()[0])
	whole := costs.Make(q)
	byOwner := costs.Groupings()[1]
	var ana *costs.Row
	for _, r := range costs.Make(request(byOwner)).Rows {
		if r.Key == "ana" {
			ana = r
		}
	}
	key, ok := costs.KeyOf(ana)
	if !ok {
		t.Fatal("a row has no key")
	}
	q.Scope = costs.ScopeOf("ana", []model.CostKey{key})
	rows := costs.Make(q).Rows
	var burn model.Money
	for _, r := range rows {
		burn += r.Tally.Burn
	}
	if len(rows) == 0 || len(rows) >= len(whole.Rows) || burn != ana.Tally.Burn {
		t.Errorf("%d of %d rows, %s of %s", len(rows), len(whole.Rows), burn.Fixed(), ana.Tally.Burn.Fixed())
	}
}

func TestHistoryJoinsWhatIsThere(t *testing.T) {
	spent := model.Spend{Compute: model.Exact{Micros: 5 * model.Unit}, Unobserved: 7_200_000}
	for _, tt := range []struct {
		group     int
		key, name string
		there     bool
	}{
		{1, "ana", "ana", true}, {1, "left", "left", false}, {0, "/gone", "gone-ci", false},
	} {
		q := request(costs.Groupings()[tt.group])
		q.Recorded = []model.CostBar{{Key: tt.key, Name: tt.name, Currency: "USD", Spend: spent}}
		found := 0
		for _, r := range costs.Make(q).Rows {
			if r.Recorded == nil {
				continue
			}
			found++
			if r.Name != tt.name || r.Recorded.Total() != 5*model.Unit || (r.Tally.Targets > 0) != tt.there || (r.Pane != "") != tt.there {
				t.Errorf("%s: %+v", tt.key, r)
			}
		}
		if found != 1 {
			t.Errorf("%s was joined to %d rows", tt.key, found)
		}
	}
}

func TestHistoryFallsIntoWindows(t *testing.T) {
	now := modeltest.Now()
	windows := costs.Windows(model.Hourly, now, time.UTC, 4)
	bar := func(i int, currency string, m model.Money) model.CostBar {
		return model.CostBar{Start: windows[i].From, Currency: currency, Spend: model.Spend{Compute: model.Exact{Micros: m}}}
	}
	list := costs.FromHistory([]model.CostBar{bar(0, "USD", 1), bar(1, "USD", 2), bar(1, "EUR", 50), bar(3, "USD", 3)}, windows, windows[1].From)
	if list[0].Spent[""] != 1 || !list[0].Gap || list[1].Spent[""] != 2 || list[1].Spent["EUR"] != 50 || list[1].Gap || len(list[2].Spent) != 0 || list[3].Spent[""] != 3 {
		t.Errorf("%+v", list)
	}
	if c := costs.Chart(list, model.Hourly, time.UTC, false); c.Currency != "EUR" {
		t.Errorf("charted in %q, most is in EUR", c.Currency)
	}
}

// TestHeadFits holds for every size: exactly the lines it said, of exactly w cells.
func TestHeadFits(t *testing.T) {
	f := costs.NewFigures(modeltest.Now())
	for _, r := range costs.Make(request(costs.Groupings()[0])).Rows {
		f.Add(r)
	}
	d := costs.Head{Lines: f.Lines(modeltest.Now(), time.UTC), Title: "by the hour", Foot: "foot", Chart: chart.Chart{Bars: make([]chart.Bar, 48)}}
	for w := 0; w <= 220; w += 7 {
		for h := 0; h <= 70; h++ {
			n := d.Height(w, h)
			if n > h || n < 0 {
				t.Fatalf("%d×%d: a head of %d lines", w, h, n)
			}
			lines := d.Render(w, n, theme.New(true, false))
			if len(lines) != n {
				t.Fatalf("%d×%d: %d lines, want %d", w, h, len(lines), n)
			}
			for _, l := range lines {
				if got := ansi.StringWidth(l); got != w {
					t.Fatalf("%d×%d: %d cells: %q", w, h, got, ansi.Strip(l))
				}
			}
		}
	}
}
