package catalog

import (
	"regexp"
	"testing"

	"github.com/amltop/amltop/model"
)

// The tests here need no reference data: they hold what makes a row plausible
// beside its neighbours, so that a slip in one figure or one letter is seen on
// every clone.

func TestVersionOfANameIsThatOfItsSeries(t *testing.T) {
	t.Parallel()
	ofSize := regexp.MustCompile(`_(v\d)(?:_Promo)?$`)
	ofSeries := regexp.MustCompile(`(v\d)$`)
	version := func(re *regexp.Regexp, s string) string {
		if m := re.FindStringSubmatch(s); m != nil {
			return m[1]
		}
		return ""
	}
	for _, s := range Sizes() {
		if a, b := version(ofSize, string(s.Name)), version(ofSeries, s.Series); a != b {
			t.Errorf("%s is of version %q, its series %s of %q", s.Name, a, s.Series, b)
		}
	}
}

func TestASeriesHasOneGPUModel(t *testing.T) {
	t.Parallel()
	models := map[string]string{}
	for _, s := range Sizes() {
		if had, ok := models[s.Series]; ok && had != s.GPUModel {
			t.Errorf("%s has %q, others of %s have %q", s.Name, s.GPUModel, s.Series, had)
		}
		models[s.Series] = s.GPUModel
	}
}

// The dearest region asks about 2.5 times what the cheapest does for one size.
func TestRegionsAskComparablePrices(t *testing.T) {
	t.Parallel()
	type span struct {
		low, high       model.Money
		lowest, highest string
	}
	spans := map[model.SizeName]span{}
	for _, region := range Regions() {
		for _, s := range AllInRegion(region) {
			if !s.Standard.Known() {
				continue
			}
			p := s.Standard.PerHour
			at, ok := spans[s.Name]
			if !ok || p < at.low {
				at.low, at.lowest = p, region
			}
			if p > at.high {
				at.high, at.highest = p, region
			}
			spans[s.Name] = at
		}
	}
	for name, at := range spans {
		if at.high > at.low.Times(3) {
			t.Errorf("%s costs %s in %s and %s in %s", name, at.low.Decimal(), at.lowest, at.high.Decimal(), at.highest)
		}
	}
}

// Spare capacity costs between a tenth and a half of the standard price.
func TestSpareCapacityIsAFractionOfStandard(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, region := range Regions() {
		for _, s := range AllInRegion(region) {
			for _, p := range []model.Price{s.LowPriority, s.Spot} {
				if !p.Known() || !s.Standard.Known() {
					continue
				}
				compared++
				if p.PerHour.Times(10) < s.Standard.PerHour || p.PerHour.Times(2) > s.Standard.PerHour {
					t.Errorf("%s in %s: %s beside a standard price of %s", s.Name, region, p.PerHour.Decimal(), s.Standard.PerHour.Decimal())
				}
			}
		}
	}
	if compared < 3000 {
		t.Errorf("only %d prices were compared", compared)
	}
}
