package ui_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/uitest"
)

// spent is a bar of history: so many dollars, of them so many idle.
func spent(at time.Time, key string, dollars, idle model.Money) model.CostBar {
	return model.CostBar{Start: at, Key: key, Name: model.BaseName(key), Currency: "USD", Spend: model.Spend{
		Compute: model.Exact{Micros: dollars * model.Unit}, Idle: model.Exact{Micros: idle * model.Unit},
	}}
}

// remembering answers like a history of two days in which the fleet got dearer,
// with a target that is gone and an hour nobody watched.
func remembering(q model.CostQuestion) (model.CostAnswer, error) {
	a := model.CostAnswer{
		Since: uitest.Noon.Add(-47 * time.Hour),
		Saved: []model.Saved{{Reason: "stop", Amount: 120 * model.Unit, Times: 3}, {Reason: "scale to zero", Amount: 40 * model.Unit, Times: 9}},
	}
	hour := uitest.Noon.Truncate(time.Hour)
	switch {
	case q.Period == model.Hourly:
		for h := range 48 {
			bar := spent(hour.Add(time.Duration(h-47)*time.Hour), "", model.Money(2+h/4), model.Money(h/8))
			if h == 20 {
				bar.Spend = model.Spend{Unobserved: 3_600_000}
			}
			a.Bars = append(a.Bars, bar)
		}
	case q.By == model.CostByTarget:
		month := model.StartOfMonth(uitest.Noon, time.UTC)
		a.Bars = append(a.Bars, spent(month, "/…/computes/long-gone", 900, 400))
	case q.By == model.CostByOwner:
		month := model.StartOfMonth(uitest.Noon, time.UTC)
		a.Bars = append(a.Bars, spent(month, "ana", 700, 100), spent(month, "dee", 200, 0))
	}
	return a, nil
}

// withPast plays a session with a history.
func withPast(t *testing.T, setup uitest.Setup, play func(*uitest.Script)) {
	t.Helper()
	uitest.Run(t, setup, func(s *uitest.Script) {
		s.Source.Bars = remembering
		s.Pass(12 * time.Second) // the first question found no history yet
		play(s)
	})
}

func TestCostPane(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {80, 24}, {40, 10}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			setup := uitest.Setup{Width: size[0], Height: size[1], Options: ui.Options{Theme: "dark", Start: "cost"}}
			withPast(t, setup, func(s *uitest.Script) { golden.RequireEqual(t, trimmed(s.Screen())) })
		})
	}
}

func TestCostPaneInLetters(t *testing.T) {
	setup := uitest.Setup{Width: 100, Height: 30, Options: ui.Options{Theme: "mono", Start: "cost", ASCII: true}}
	withPast(t, setup, func(s *uitest.Script) {
		golden.RequireEqual(t, trimmed(s.Screen()))
		s.Reject("█", "▒", "▁")
	})
}

func TestCostsWithoutHistorySayWhatMetersKnow(t *testing.T) {
	uitest.Run(t, at("cost"), func(s *uitest.Script) {
		s.Expect("no history yet", "$49.84/h", "+ 1 at an unknown price", "by the hour, everything", "bo-train")
		s.Reject("recorded")
	})
}

func TestCostsAreGroupedAndEntered(t *testing.T) {
	withPast(t, at("cost"), func(s *uitest.Script) {
		s.Expect("[target]", "long-gone", "$900.00")
		s.Press("right")
		s.Expect("[owner]", "dee", "$700.00")
		s.Press("tab")
		s.Expect("[workspace]", "vision", "nlp")
		s.Press("tab")
		s.Expect("[subscription]", "Research")
		s.Press("tab", "tab", "left", "left", "left", "left")
		s.Expect("[owner]")
		s.Press("/")
		s.Type("name:bo")
		s.Press("enter", "enter")
		s.Expect("cost › instances 1/5", "/owner=bo", "bo-train")
		s.Press("esc")
		s.Expect("[owner]", "/name:bo")
	})
}

func TestCostOfRowsAndMarks(t *testing.T) {
	uitest.Run(t, at("instances /owner:ana"), func(s *uitest.Script) {
		s.Press("$")
		s.Expect("instances › cost 1", "by the hour, ana-gpu", "$12.24/h", "drawn from what the targets say")
		s.Reject("bo-train")
		s.Press("esc", "*", "$")
		s.Expect("cost 3", "3 rows of instances", "$12.53/h", "ana-dev")
		s.Press("enter")
		s.Expect("instances › cost › instances", "ana-gpu")
		s.Press("esc", "esc") // the marks of the pane, then back
		s.Expect("instances › cost 3")
		s.Press("esc")
		s.Expect("/owner:ana")
	})
}

func TestCostOfAWorkspaceGoesOnToItsTargets(t *testing.T) {
	uitest.Run(t, at("cost"), func(s *uitest.Script) {
		s.Press("right", "right", "/")
		s.Type("name:vision")
		s.Press("enter", "$")
		s.Expect("[target]", "by the hour, vision", "ana-gpu", "gpu-pool", "fraud/blue")
		s.Reject("bo-train")
		s.Press("esc")
		s.Expect("[workspace]", "by the hour, everything")
	})
}

// History answers for one row; of several it is not asked.
func TestHistoryOfARow(t *testing.T) {
	withPast(t, at("cost"), func(s *uitest.Script) {
		s.Press("right", "/")
		s.Type("name:ana")
		s.Press("enter", "$")
		s.Expect("by the hour, ana", "watched since", "$900.00")
		for _, q := range s.Source.Asked()[len(s.Source.Asked())-2:] {
			if len(q.Only) != 1 || q.Only[0] != (model.CostKey{By: model.CostByOwner, Key: "ana"}) {
				t.Errorf("asked %+v", q)
			}
		}
		asked := len(s.Source.Asked())
		s.Press("*", "$")
		s.Expect("drawn from what the targets say")
		s.Reject("$900.00")
		if more := s.Source.Asked()[asked:]; len(more) > 0 {
			t.Errorf("asked %+v", more)
		}
	})
}

func TestPeriodsAreAskedFor(t *testing.T) {
	withPast(t, at("cost"), func(s *uitest.Script) {
		asked := len(s.Source.Asked())
		s.Press("p")
		s.Expect("by the day, everything")
		s.Press("p")
		s.Expect("by the month, everything")
		q := s.Source.Asked()[asked:]
		if len(q) != 2 || q[0].Period != model.Daily || q[1].Period != model.Monthly {
			t.Errorf("asked %+v", q)
		}
		s.Press("p", "3", "p")
		s.Expect("only costs are charted")
	})
}

func TestHistoryIsAskedOnceAMinute(t *testing.T) {
	withPast(t, at("cost"), func(s *uitest.Script) {
		asked := len(s.Source.Asked())
		s.Pass(40 * time.Second)
		if n := len(s.Source.Asked()); n != asked {
			t.Errorf("%d more questions within a minute", n-asked)
		}
		s.Pass(30 * time.Second)
		if n := len(s.Source.Asked()) - asked; n != 3 {
			t.Errorf("%d questions after a minute, want the hours, the chart and the rows", n)
		}
	})
}

func TestHistoryThatCannotBeReadIsSaid(t *testing.T) {
	uitest.Run(t, at("cost"), func(s *uitest.Script) {
		s.Source.Bars = func(model.CostQuestion) (model.CostAnswer, error) {
			return model.CostAnswer{}, errors.New("the disk is gone")
		}
		s.Pass(12 * time.Second)
		s.Expect("history cannot be read: the disk is gone", "bo-train")
	})
}

// TestCurrenciesStayApart holds for the header, the figures and the rows: euros
// are never added to dollars.
func TestCurrenciesStayApart(t *testing.T) {
	snap := uitest.Fleet()
	bo := *snap.Instances[3]
	bo.Meter = append(model.Meter(nil), bo.Meter...)
	bo.Meter[0].Price.Currency = "EUR"
	snap.Instances[3] = &bo
	for _, start := range []string{"cost", "instances", "overview"} {
		t.Run(start, func(t *testing.T) {
			setup := at(start)
			setup.Snapshot = snap.Seal()
			uitest.Run(t, setup, func(s *uitest.Script) {
				s.Expect("€12.24/h")
				s.Reject("$24.77/h", "$49.84/h", "$37.60/h + €0")
			})
		})
	}
}
