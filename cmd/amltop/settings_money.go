package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
)

// costSettings are [cost]: what is not said by the service, and what is off
// what it says.
type costSettings struct {
	Currency     currency
	Disk         price
	LoadBalancer price             `toml:"load_balancer"`
	PublicIP     price             `toml:"public_ip"`
	Discount     map[string]factor // by pattern of family, series or size
}

// defaultCosts are Azure's list prices in eastus: P10 disk $19.71 a month of
// 730 h, load balancer $0.33 a day, static IPv4 $0.005 an hour.
func defaultCosts() costSettings {
	return costSettings{Currency: "USD", Disk: 27_000, LoadBalancer: 13_750, PublicIP: 5_000, Discount: map[string]factor{}}
}

// budgetSetting is a [[budget]].
type budgetSetting struct {
	Name   string
	Filter spenderFilter
	Month  monthly
	Warn   share
}

// residue is what an instance costs besides its VM. The defaults are in dollars,
// and in another currency not known.
func (c costSettings) residue() []backend.Residue {
	list := defaultCosts()
	charge := func(name string, m, listed price) backend.Residue {
		if m == listed && c.Currency != list.Currency {
			return backend.Residue{Name: name}
		}
		return backend.Residue{Name: name, Price: model.Price{PerHour: model.Money(m), Currency: string(c.Currency), Source: model.PriceConfig}}
	}
	return []backend.Residue{
		charge("disk", c.Disk, list.Disk), charge("load balancer", c.LoadBalancer, list.LoadBalancer),
		charge("public IP", c.PublicIP, list.PublicIP),
	}
}

// discounts are the factors in the order of their patterns.
func (c costSettings) discounts() model.Discounts {
	var all model.Discounts
	for _, pattern := range slices.Sorted(maps.Keys(c.Discount)) {
		all = append(all, model.Discount{Pattern: pattern, Factor: model.Factor(c.Discount[pattern])})
	}
	return all
}

// budgetLines are the budgets as the model judges them.
func (s settings) budgetLines() ([]*model.BudgetLine, error) {
	var lines []*model.BudgetLine
	for _, b := range s.Budget {
		line := &model.BudgetLine{
			Name: b.Name, Filter: string(b.Filter), Month: model.Money(b.Month), Currency: string(s.Cost.Currency), Warn: b.Warn.perCent(),
		}
		if b.Filter != "" {
			expr, err := filter.Parse(string(b.Filter), model.SpenderColumns())
			if err != nil {
				return nil, fmt.Errorf("budget %s: filter: %w", b.Name, err)
			}
			line.Match = func(p *model.Spender) bool { return expr.Match(p) }
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// checkMoney says what is wrong with discounts and budgets that no single value
// shows, with its line.
func (s settings) checkMoney(text string) error {
	var errs []error
	for _, pattern := range slices.Sorted(maps.Keys(s.Cost.Discount)) {
		if err := model.CheckDiscount(pattern); err != nil {
			errs = append(errs, fmt.Errorf("line %d: cost.discount: %w", lineOf(text, toml.Key{"cost", "discount", pattern}), err))
		}
	}
	names := map[string]bool{}
	for i, b := range s.Budget {
		wrong := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("line %d: budget: "+format, append([]any{lineOfBudget(text, i)}, args...)...))
		}
		switch {
		case strings.TrimSpace(b.Name) == "":
			wrong(`a name is missing, such as name = "vision"`)
		case names[model.Fold(b.Name)]:
			wrong("there are two with the name %q", b.Name)
		case b.Month == 0:
			wrong(`%q has no amount a month, such as month = "5000"`, b.Name)
		}
		names[model.Fold(b.Name)] = true
	}
	return errors.Join(errs...)
}

// lineOfBudget is the line that the nth [[budget]] begins on.
func lineOfBudget(text string, n int) int {
	for i, line := range strings.Split(text, "\n") {
		if strings.Join(strings.Fields(strings.SplitN(line, "#", 2)[0]), "") != "[[budget]]" {
			continue
		}
		if n == 0 {
			return i + 1
		}
		n--
	}
	return 1
}

// currency is an ISO 4217 code.
type currency string

func (c *currency) UnmarshalText(text []byte) error {
	code := strings.ToUpper(strings.TrimSpace(string(text)))
	if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return fmt.Errorf("%q is not a currency such as USD or EUR", text)
	}
	*c = currency(code)
	return nil
}

// factor is what list prices are multiplied by.
type factor model.Factor

func (f *factor) UnmarshalText(text []byte) error { return f.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (f *factor) UnmarshalTOML(value any) error { return f.parse(fmt.Sprint(value)) }

func (f *factor) parse(text string) error {
	m, err := model.ParseFactor(text)
	*f = factor(m)
	return err
}

// monthly is an amount a month.
type monthly model.Money

func (m *monthly) UnmarshalText(text []byte) error { return m.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (m *monthly) UnmarshalTOML(value any) error { return m.parse(fmt.Sprint(value)) }

func (m *monthly) parse(text string) error {
	a, err := model.ParseMoney(text)
	if err != nil || a <= 0 {
		return fmt.Errorf("%s is not an amount a month such as 5000", text)
	}
	*m = monthly(a)
	return nil
}

// share is a part of a budget from 0 to 1; without one, [defaultWarn].
type share float64

// defaultWarn is from which part of a budget on it is close, in per cent.
const defaultWarn = 80

func (s share) perCent() int {
	if s == 0 {
		return defaultWarn
	}
	return int(float64(s)*100 + 0.5)
}

func (s *share) UnmarshalText(text []byte) error { return s.parse(string(text)) }

// UnmarshalTOML also takes a bare number.
func (s *share) UnmarshalTOML(value any) error { return s.parse(fmt.Sprint(value)) }

func (s *share) parse(text string) error {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f > 0 && f <= 1) {
		return fmt.Errorf("%s is not a part of the budget such as 0.8", text)
	}
	*s = share(f)
	return nil
}

// spenderFilter is an expression over what is billed.
type spenderFilter string

func (f *spenderFilter) UnmarshalText(text []byte) error {
	if _, err := filter.Parse(string(text), model.SpenderColumns()); err != nil {
		return err
	}
	*f = spenderFilter(text)
	return nil
}
