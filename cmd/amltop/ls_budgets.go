package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// budgetRow is a budget in JSON.
type budgetRow struct {
	Name       string   `json:"name"`
	Filter     *string  `json:"filter"`
	State      string   `json:"state"` // ok, warn, over, unknown
	Month      string   `json:"month"`
	Warn       string   `json:"warn"` // amount from which on it is close
	SoFar      *string  `json:"so_far"`
	Billed     *string  `json:"billed"` // the part of so_far that is from the bill
	Projected  *string  `json:"projected"`
	How        string   `json:"projected_how"`
	Burn       *string  `json:"burn_per_hour"`
	Currency   string   `json:"currency"`
	Since      *stamp   `json:"observed_since"` // what is estimated was
	Targets    int      `json:"targets"`
	Unpriced   int      `json:"unpriced"`
	Currencies []string `json:"other_currencies"` // what bills in them is not counted
	Why        string   `json:"why"`
	AsOf       *stamp   `json:"as_of"`
}

// listBudgets prints how the budgets of the configuration stand.
func (o *options) listBudgets(ctx context.Context, lo listOptions) error {
	if lo.filter != "" || lo.sort != "" {
		return usagef("ls budgets takes no --filter and no --sort: the budgets are those of the configuration, in its order")
	}
	s, err := o.settings()
	if err != nil {
		return err
	}
	lines, err := s.budgetLines()
	if err != nil {
		return usageError{err}
	}
	cloud, err := connect(ctx, s, o.sys)
	if err != nil {
		return err
	}
	snap, err := backend.Load(ctx, cloud, s.backendOptions(o.sys), model.SectionComputes, model.SectionEndpoints, model.SectionActuals)
	if err != nil {
		return fmt.Errorf("list budgets: %w", err)
	}
	o.reportNotes(snap)
	if len(lines) == 0 {
		fmt.Fprintln(o.sys.stderr, "amltop: there are no budgets; [[budget]] in the configuration sets them (amltop config path)")
	}
	now := snap.Clock.At(o.sys.now())
	verdicts := model.JudgeBudgets(lines, snap, now, s.zone(o.sys.zone))
	if err := o.printBudgets(verdicts, at(now), lo.format); err != nil {
		return err
	}
	if o.reportFailing(snap) && lo.strict {
		return errReported
	}
	return nil
}

func (o *options) printBudgets(verdicts []model.BudgetVerdict, asOf *stamp, format formatName) error {
	if format == "json" {
		rows := make([]any, 0, len(verdicts))
		for i := range verdicts {
			rows = append(rows, budgetJSON(&verdicts[i], asOf))
		}
		return printJSON(o.sys.stdout, rows)
	}
	header := []string{"BUDGET", "FILTER", "STATE", "SO FAR", "MONTH", "PROJECTED", "$/H", "TARGETS", "WHY"}
	rows := make([][]string, 0, len(verdicts))
	for i := range verdicts {
		v := &verdicts[i]
		in := func(m model.Money) string {
			if v.State == model.BudgetUnknown {
				return "?"
			}
			return m.In(v.Line.Currency)
		}
		rows = append(rows, []string{
			v.Line.Name, v.Line.Filter, v.State.String(), in(v.SoFar), v.Line.Month.In(v.Line.Currency), in(v.Projection.MonthEnd), in(v.Burn),
			strconv.Itoa(v.Targets), v.Why,
		})
	}
	return o.printRecords(format, header, rows)
}

func budgetJSON(v *model.BudgetVerdict, asOf *stamp) budgetRow {
	known := v.State != model.BudgetUnknown
	return budgetRow{
		Name: v.Line.Name, Filter: text(v.Line.Filter), State: v.State.String(), Month: v.Line.Month.Decimal(),
		Warn: v.Line.WarnAt().Decimal(), SoFar: amount(v.SoFar, known), Billed: amount(v.Billed, known),
		Projected: amount(v.Projection.MonthEnd, known), How: v.Projection.How, Burn: amount(v.Burn, known),
		Currency: strings.ToUpper(v.Line.Currency), Since: at(v.Since), Targets: v.Targets, Unpriced: v.Unpriced,
		Currencies: append([]string{}, v.Currencies...), Why: v.Why, AsOf: asOf,
	}
}
