package catalog

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/amltop/amltop/model"
)

// divideRegions cuts the price table at its "@region" lines. Each section is
// parsed when its region is first asked for.
func (t *table) divideRegions(text string) error {
	t.regions = make(map[string]func() *region)
	_, text, found := strings.Cut("\n"+text, "\n@")
	for found {
		var section string
		section, text, found = strings.Cut(text, "\n@")
		name, prices, _ := strings.Cut(section, "\n")
		if name == "" || name != model.RegionKey(name) {
			return fmt.Errorf("%q is no region name", name)
		}
		if t.regions[name] != nil || len(t.names) > 0 && name < t.names[len(t.names)-1] {
			return fmt.Errorf("region %s: out of order or twice", name)
		}
		t.names = append(t.names, name)
		t.regions[name] = sync.OnceValue(func() *region {
			r, _ := t.parseRegion(name, prices) // a test holds that every section parses
			return r
		})
	}
	return nil
}

// parseRegion reads one section. The region is usable even with an error: what
// could not be read is unknown.
func (t *table) parseRegion(name, text string) (*region, error) {
	r := t.unpriced(name)
	r.offered = make([]*model.Size, 0, len(r.all))
	last := -1
	for n, line := range rows(text) {
		short, cells, _ := strings.Cut(line, " ")
		i, ok := t.exact[model.SizeName(namePrefix+short)]
		if !ok || i <= last {
			return r, fmt.Errorf("region %s: row %d: %s: unknown, out of order or twice", name, n, short)
		}
		last = i
		if err := setPrices(r.all[i], cells); err != nil {
			return r, fmt.Errorf("region %s: row %d: %s: %w", name, n, short, err)
		}
		r.offered = append(r.offered, r.all[i])
	}
	return r, nil
}

// PricesOf is the day of the newest source of the table's prices.
func PricesOf() model.Date { return model.DateOf(time.Date(2026, 6, 18, 0, 0, 0, 0, time.UTC)) }

func setPrices(s *model.Size, cells string) error {
	known := false
	for _, p := range []*model.Price{&s.Standard, &s.LowPriority, &s.Spot} {
		var cell string
		cell, cells, _ = strings.Cut(cells, " ")
		if cell == "" || cell == "-" {
			continue
		}
		amount, err := model.ParseMoney(cell)
		if err != nil {
			return err
		}
		if amount <= 0 {
			return fmt.Errorf("%s is no price", cell)
		}
		*p = model.Price{PerHour: amount, Source: model.PriceCatalog}
		known = true
	}
	if cells != "" {
		return errors.New("more than three prices")
	}
	if !known {
		return errors.New("no price")
	}
	return nil
}
