package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
)

const homeRegion = "eastus"

const pricesHead = `# Linux prices in USD an hour, one section a region. Written by gen; do not edit.
# name without "Standard_", standard, low priority, spot; "-" is unknown and unknown at the end is left out
`

// prices of one size in one region: standard, low priority, spot.
type prices [3]string

// pricesTable merges the two sources: vm-regions.csv for every region, and
// vm-sizes.csv, which knows more low-priority prices, for the home region.
func pricesTable(sizes, regions []record) (string, error) {
	byRegion := map[string]map[string]prices{}
	add := func(r record, region, column string, p prices) error {
		name, err := r.get(column)
		if err != nil {
			return err
		}
		short, err := shortName(r, name)
		if err != nil {
			return err
		}
		if byRegion[region] == nil {
			byRegion[region] = map[string]prices{}
		}
		merged, err := merge(r, byRegion[region][short], p)
		if err != nil {
			return err
		}
		if merged != (prices{}) {
			byRegion[region][short] = merged
		}
		return nil
	}
	for _, r := range sizes {
		p, err := readPrices(r, "price_linux_standard_usd_hour", "price_linux_lowpriority_usd_hour")
		if err != nil {
			return "", err
		}
		if err := add(r, homeRegion, "name", p); err != nil {
			return "", err
		}
	}
	for _, r := range regions {
		region, err := r.get("region")
		if err != nil {
			return "", err
		}
		p, err := readPrices(r, "price_linux_standard_usd_hour", "price_linux_lowpriority_usd_hour",
			"price_linux_spot_usd_hour")
		if err != nil {
			return "", err
		}
		if err := add(r, region, "vm_size", p); err != nil {
			return "", err
		}
	}
	return writePrices(byRegion), nil
}

func readPrices(r record, columns ...string) (prices, error) {
	var p prices
	cells, err := r.all(columns...)
	if err != nil {
		return p, err
	}
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		m, err := model.ParseMoney(cell)
		if err != nil {
			return p, r.errorf("%s: %w", columns[i], err)
		}
		if m <= 0 {
			return p, r.errorf("%s: %s is no price", columns[i], cell)
		}
		p[i] = shortest(m)
	}
	return p, nil
}

// shortest writes an amount without trailing zeros.
func shortest(m model.Money) string {
	return strings.TrimSuffix(strings.TrimRight(m.Decimal(), "0"), ".")
}

// merge fills the gaps of a with b; two different prices are an error.
func merge(r record, a, b prices) (prices, error) {
	for i := range a {
		if a[i] != "" && b[i] != "" && a[i] != b[i] {
			return a, r.errorf("price %s contradicts %s", b[i], a[i])
		}
		a[i] = cmp.Or(a[i], b[i])
	}
	return a, nil
}

func writePrices(byRegion map[string]map[string]prices) string {
	var b strings.Builder
	b.WriteString(pricesHead)
	for _, region := range slices.Sorted(maps.Keys(byRegion)) {
		b.WriteString("@" + region + "\n")
		names := slices.SortedFunc(maps.Keys(byRegion[region]), func(x, y string) int {
			return strings.Compare(strings.ToLower(x), strings.ToLower(y))
		})
		for _, name := range names {
			cells := byRegion[region][name]
			line := name
			for _, c := range cells {
				line += " " + cmp.Or(c, "-")
			}
			for strings.HasSuffix(line, " -") {
				line = strings.TrimSuffix(line, " -")
			}
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}
