package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// FuzzParseTable holds that no text makes the parser panic or accept a size
// that the rest of the program could not use.
func FuzzParseTable(f *testing.F) {
	f.Add(goodSeries, twoSizes, goodPrices)
	f.Add(goodSeries, goodSizes, "@\n@a\n")
	f.Add("", "", "")
	f.Add("|", "||||||||||", "@eastus")
	f.Add(goodSeries, strings.ToUpper(twoSizes), "@eastus\nD1_v2 1e9 - 0.0000001\n")
	f.Fuzz(func(t *testing.T, series, sizes, prices string) {
		table, _ := parseTable(series, sizes, prices) // usable even with an error
		last := ""
		for i := range table.sizes {
			s := &table.sizes[i]
			if key := s.Name.Key(); key <= last {
				t.Errorf("%q follows %q", key, last)
			} else {
				last = key
			}
			if s.VCPUs < 1 || s.MemoryMiB < 1 || s.GPUs < 0 || len(s.ComputeTypes) == 0 || table.seriesByName[s.Series] == nil {
				t.Errorf("accepted %+v", *s)
			}
			if at, ok := table.find(s.Name); !ok || at != i {
				t.Errorf("%s is found at %d, %v; stands at %d", s.Name, at, ok, i)
			}
		}
		for _, name := range table.names {
			checkRegion(t, table, table.regions[name]())
		}
	})
}

func checkRegion(t *testing.T, table *table, r *region) {
	t.Helper()
	if len(r.all) != len(table.sizes) {
		t.Errorf("%d sizes of %d", len(r.all), len(table.sizes))
	}
	for _, s := range r.offered {
		if !s.Standard.Known() && !s.LowPriority.Known() && !s.Spot.Known() {
			t.Errorf("%s is offered without a price", s.Name)
		}
	}
	for _, s := range r.all {
		for _, p := range []model.Price{s.Standard, s.LowPriority, s.Spot} {
			if p.Known() != (p.PerHour > 0) {
				t.Errorf("%s: price %+v", s.Name, p)
			}
		}
	}
}

// FuzzChoosePrices holds that a price is always one of the Linux entries of its
// tier, known exactly when there is one above zero, and whatever the order.
func FuzzChoosePrices(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0x00, 0x14, 0x01, 0x14, 0x00, 0x0a})
	f.Add([]byte{0x00, 0x00, 0x02, 0x05, 0x04, 0x80, 0x03, 0x05})
	systems := []string{"Linux", "Windows"}
	tiers := []model.Tier{model.TierStandard, model.TierLowPriority, model.TierSpot, "Premium"}
	f.Fuzz(func(t *testing.T, data []byte) {
		var entries []PriceEntry
		for pair := range slices.Chunk(data, 2) {
			if len(pair) == 2 {
				entries = append(entries, PriceEntry{
					OS: systems[pair[0]&1], Tier: tiers[pair[0]>>1&3], Amount: model.Money(int8(pair[1])),
				})
			}
		}
		standard, low, spot := ChoosePrices(entries)
		for tier, p := range map[model.Tier]model.Price{
			model.TierStandard: standard, model.TierLowPriority: low, model.TierSpot: spot,
		} {
			offered := slices.ContainsFunc(entries, func(e PriceEntry) bool {
				return e.OS == "Linux" && e.Tier == tier && e.Amount > 0
			})
			if p.Known() != offered || p.Known() != (p.PerHour > 0) {
				t.Errorf("%s: price %+v, offered %v, of %v", tier, p, offered, entries)
			}
			if p.Known() && !slices.Contains(entries, PriceEntry{"Linux", tier, p.PerHour}) {
				t.Errorf("%s: price %+v is not one of %v", tier, p, entries)
			}
		}
		slices.Reverse(entries)
		if a, b, c := ChoosePrices(entries); a != standard || b != low || c != spot {
			t.Errorf("the reverse of %v gives other prices", entries)
		}
	})
}
