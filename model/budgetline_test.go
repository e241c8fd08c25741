package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
	"github.com/amltop/amltop/model/modeltest"
)

// spendFleet is two workspaces: vision with an instance that has run since the
// first of the month at a dollar an hour, and nlp with one at two.
func spendFleet(now time.Time) *model.Snapshot {
	first := model.StartOfMonth(now, time.UTC)
	ws := func(name string) *model.Workspace {
		w := &model.Workspace{ID: modeltest.WorkspaceID(name), Subscription: "sub"}
		w.Name, w.Tags = name, map[string]string{"team": name + "-team"}
		return w
	}
	vm := func(space, name string, cents int) *model.Instance {
		i := &model.Instance{Owner: name}
		i.ID, i.Workspace, i.Name = modeltest.ComputeID(space, name), modeltest.WorkspaceID(space), name
		i.Meter = model.Meter{{Price: modeltest.PriceOf(cents), Spans: []model.Span{{From: first, Units: 1}}}}
		return i
	}
	return &model.Snapshot{
		Subscriptions: []*model.Subscription{{ID: "sub", Name: "research"}},
		Workspaces:    []*model.Workspace{ws("vision"), ws("nlp")},
		Instances:     []*model.Instance{vm("vision", "ana", 100), vm("nlp", "ben", 200)},
	}
}

func lineOf(t *testing.T, text string, month model.Money) *model.BudgetLine {
	t.Helper()
	expr, err := filter.Parse(text, model.SpenderColumns())
	if err != nil {
		t.Fatal(err)
	}
	return &model.BudgetLine{Name: text, Filter: text, Month: month, Warn: 80, Match: func(p *model.Spender) bool { return expr.Match(p) }}
}

func TestBudgetsByEstimate(t *testing.T) {
	now := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC) // 240 h into a month of 720
	for _, test := range []struct {
		filter string
		month  int64
		state  model.BudgetState
		soFar  string
		end    string
	}{
		{"owner:ana", 1000, model.BudgetOK, "240.00", "720.00"},
		{"workspace:vision", 700, model.BudgetWarn, "240.00", "720.00"}, // by the end of the month
		{"workspace:vision", 720, model.BudgetOK, "240.00", "720.00"},   // exactly on it is not over it
		{"tag:team=nlp-team", 470, model.BudgetOver, "480.00", "1,440.00"},
		{"subscription:research", 2160, model.BudgetOK, "720.00", "2,160.00"},
		{"owner:nobody", 10, model.BudgetOK, "0.00", "0.00"},
	} {
		s := spendFleet(now)
		v := model.JudgeBudgets([]*model.BudgetLine{lineOf(t, test.filter, model.Money(test.month)*model.Unit)}, s.Seal(), now, time.UTC)[0]
		if v.State != test.state || v.SoFar.Fixed() != test.soFar || v.Projection.MonthEnd.Fixed() != test.end {
			t.Errorf("%s of %d: %s, %s so far, %s at the end; want %s, %s, %s (%s)", test.filter, test.month,
				v.State, v.SoFar.Fixed(), v.Projection.MonthEnd.Fixed(), test.state, test.soFar, test.end, v.Why)
		}
		if v.State == model.BudgetOver && !strings.Contains(v.Why, "over by $10.00") {
			t.Errorf("%s: %s", test.filter, v.Why)
		}
	}
}

func TestABudgetIsCloseFromItsShareOn(t *testing.T) {
	now := time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC)
	line := lineOf(t, "owner:ana", 890*model.Unit)
	v := model.JudgeBudgets([]*model.BudgetLine{line}, spendFleet(now).Seal(), now, time.UTC)[0]
	if v.State != model.BudgetWarn {
		t.Errorf("%s of %s is %s, want warn", v.SoFar.Fixed(), line.Month.Fixed(), v.State)
	}
}

// actual is a bill of the month up to four hours before now.
func actual(now time.Time, amounts map[string]model.Money) *model.Actual {
	a := &model.Actual{Subscription: "sub", Month: model.StartOfMonth(now, time.UTC), AsOf: now}
	for id, m := range amounts {
		a.Days = append(a.Days, model.ActualDay{Resource: id, Day: model.DateOf(now), Amount: m, Currency: "USD"})
	}
	return a
}

func TestBudgetsByTheBillWhereItTellsTargetsApart(t *testing.T) {
	now := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)
	vision, ana := string(modeltest.WorkspaceID("vision")), string(modeltest.ComputeID("vision", "ana"))
	spare := func(s *model.Snapshot) { // a second owner in vision, at five dollars
		i := &model.Instance{Owner: "cleo"}
		i.ID, i.Workspace = modeltest.ComputeID("vision", "cleo"), modeltest.WorkspaceID("vision")
		i.Meter = model.Meter{{Price: modeltest.PriceOf(500), Spans: []model.Span{{From: model.StartOfMonth(now, time.UTC), Units: 1}}}}
		s.Instances = append(s.Instances, i)
	}
	for _, test := range []struct {
		name, filter  string
		bill          map[string]model.Money
		change        func(*model.Snapshot)
		soFar, billed string
	}{
		{"the workspace is in the line", "workspace:vision", map[string]model.Money{vision: 300 * model.Unit}, nil, "304.00", "300.00"},
		{"only part of it is", "owner:ana", map[string]model.Money{vision: 300 * model.Unit}, spare, "240.00", "0.00"},
		{"the bill names the target", "owner:ana", map[string]model.Money{ana: 300 * model.Unit}, spare, "304.00", "300.00"},
		{"target and workspace", "workspace:vision", map[string]model.Money{ana: 300 * model.Unit, vision: 7 * model.Unit}, nil, "311.00", "307.00"},
		{"nothing was billed", "workspace:vision", map[string]model.Money{}, nil, "4.00", "0.00"},
		{"no bill is known", "workspace:vision", nil, nil, "240.00", "0.00"},
	} {
		s := spendFleet(now)
		if test.change != nil {
			test.change(s)
		}
		if test.bill != nil {
			s.Actuals = []*model.Actual{actual(now, test.bill)}
		}
		v := model.JudgeBudgets([]*model.BudgetLine{lineOf(t, test.filter, 9000*model.Unit)}, s.Seal(), now, time.UTC)[0]
		if v.SoFar.Fixed() != test.soFar || v.Billed.Fixed() != test.billed {
			t.Errorf("%s: %s so far, %s of it billed; want %s, %s", test.name, v.SoFar.Fixed(), v.Billed.Fixed(), test.soFar, test.billed)
		}
		if estimated := test.billed == "0.00" && test.soFar == "240.00"; estimated == v.Since.IsZero() {
			t.Errorf("%s: observed since %v", test.name, v.Since)
		}
	}
}

func TestLastMonthsBillIsNotThisMonths(t *testing.T) {
	now := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)
	s := spendFleet(now)
	old := actual(now, map[string]model.Money{string(modeltest.WorkspaceID("vision")): 5000 * model.Unit})
	old.Month = old.Month.AddDate(0, -1, 0)
	s.Actuals = []*model.Actual{old}
	v := model.JudgeBudgets([]*model.BudgetLine{lineOf(t, "workspace:vision", 9000*model.Unit)}, s.Seal(), now, time.UTC)[0]
	if v.SoFar.Fixed() != "240.00" || v.Billed != 0 {
		t.Errorf("%s so far, %s billed", v.SoFar.Fixed(), v.Billed.Fixed())
	}
}

func TestABudgetDoesNotAddCurrencies(t *testing.T) {
	now := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)
	s := spendFleet(now)
	s.Instances[1].Meter[0].Price.Currency = "EUR"
	all := &model.BudgetLine{Name: "all", Month: 9000 * model.Unit}
	euros := lineOf(t, "owner:ben", 9000*model.Unit)
	v := model.JudgeBudgets([]*model.BudgetLine{all, euros}, s.Seal(), now, time.UTC)
	if v[0].SoFar.Fixed() != "240.00" || len(v[0].Currencies) != 1 || !strings.Contains(v[0].Why, "without what bills in EUR") {
		t.Errorf("%+v", v[0])
	}
	if v[1].State != model.BudgetUnknown || !strings.Contains(v[1].Why, "no") {
		t.Errorf("%s: %s", v[1].State, v[1].Why)
	}
}

func TestABudgetCountsWhatHasNoPrice(t *testing.T) {
	now := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)
	s := spendFleet(now)
	s.Instances[1].Meter[0].Price = model.Price{}
	v := model.JudgeBudgets([]*model.BudgetLine{{Name: "all", Month: 9000 * model.Unit}, lineOf(t, "owner:ben", model.Unit)}, s.Seal(), now, time.UTC)
	if v[0].State != model.BudgetOK || v[0].Unpriced != 1 || !strings.Contains(v[0].Why, "1 target without a price") {
		t.Errorf("%+v", v[0])
	}
	if v[1].State != model.BudgetUnknown {
		t.Errorf("a budget of which nothing is known is %s", v[1].State)
	}
}

func TestAWholeFleetsBudgetKnowsWhatCannotBeRead(t *testing.T) {
	now := time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)
	s := spendFleet(now)
	hidden := &model.Workspace{ID: modeltest.WorkspaceID("audit"), Subscription: "sub"}
	s.Workspaces = append(s.Workspaces, hidden)
	s.Actuals = []*model.Actual{actual(now, map[string]model.Money{string(hidden.ID): 50 * model.Unit})}
	v := model.JudgeBudgets([]*model.BudgetLine{{Name: "all", Month: 9000 * model.Unit}}, s.Seal(), now, time.UTC)[0]
	if v.Billed.Fixed() != "50.00" {
		t.Errorf("billed %s", v.Billed.Fixed())
	}
}
