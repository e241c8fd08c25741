package catalog

import (
	"slices"
	"testing"

	"github.com/amltop/amltop/model"
)

func entry(os string, tier model.Tier, amount model.Money) PriceEntry {
	return PriceEntry{OS: os, Tier: tier, Amount: amount}
}

func TestChoosePrices(t *testing.T) {
	t.Parallel()
	const std, low, spot = model.TierStandard, model.TierLowPriority, model.TierSpot
	tests := []struct {
		what                        string
		entries                     []PriceEntry
		standard, lowPriority, spot model.Money // 0 is unknown
	}{
		{"no list", nil, 0, 0, 0},
		{"an empty list", []PriceEntry{}, 0, 0, 0},
		{"Windows only", []PriceEntry{entry("Windows", std, 9)}, 0, 0, 0},
		{"one of each", []PriceEntry{
			entry("Windows", std, 20), entry("Linux", std, 11), entry("Linux", low, 2), entry("Windows", low, 8), entry("Linux", spot, 3),
		}, 11, 2, 3},
		{"another casing", []PriceEntry{entry("linux", "standard", 11), entry("LINUX", "lowpriority", 2)}, 11, 2, 0},
		{"contradictory, the Windows price higher", []PriceEntry{
			entry("Linux", std, 200), entry("Windows", low, 80), entry("Windows", std, 200),
			entry("Linux", std, 100), entry("Linux", low, 20), entry("Linux", low, 80),
		}, 100, 20, 0},
		{"contradictory, the Windows price lower: not simply the smallest", []PriceEntry{
			entry("Linux", std, 100), entry("Linux", std, 120), entry("Windows", std, 100),
		}, 120, 0, 0},
		{"contradictory, the Windows price of another tier says nothing", []PriceEntry{
			entry("Linux", std, 100), entry("Linux", std, 120), entry("Windows", low, 100),
		}, 100, 0, 0},
		{"contradictory without a Windows price", []PriceEntry{entry("Linux", std, 120), entry("Linux", std, 100)}, 100, 0, 0},
		{"three, one mislabelled", []PriceEntry{
			entry("Linux", std, 130), entry("Linux", std, 120), entry("Linux", std, 200), entry("Windows", std, 200),
		}, 120, 0, 0},
		{"Linux and Windows cost the same", []PriceEntry{entry("Linux", std, 100), entry("Windows", std, 100)}, 100, 0, 0},
		{"the same twice", []PriceEntry{entry("Linux", std, 100), entry("Linux", std, 100), entry("Windows", std, 100)}, 100, 0, 0},
		{"zero is unknown", []PriceEntry{entry("Linux", std, 0), entry("Linux", low, -1)}, 0, 0, 0},
		{"zero beside a price", []PriceEntry{entry("Linux", std, 0), entry("Linux", std, 100)}, 100, 0, 0},
		{"unknown system and tier", []PriceEntry{entry("", std, 5), entry("BSD", std, 5), entry("Linux", "Premium", 5)}, 0, 0, 0},
	}
	for _, tt := range tests {
		before := slices.Clone(tt.entries)
		for range 2 { // once as listed, once in reverse: the order says nothing
			standard, lowPriority, spot := ChoosePrices(tt.entries)
			for _, p := range []struct {
				tier model.Tier
				got  model.Price
				want model.Money
			}{{std, standard, tt.standard}, {low, lowPriority, tt.lowPriority}, {model.TierSpot, spot, tt.spot}} {
				want := model.Price{}
				if p.want > 0 {
					want = model.Price{PerHour: p.want, Source: model.PriceService}
				}
				if p.got != want {
					t.Errorf("%s: %s price %+v, want %+v", tt.what, p.tier, p.got, want)
				}
			}
			if !slices.Equal(before, tt.entries) {
				t.Errorf("%s: the list was changed", tt.what)
			}
			slices.Reverse(tt.entries)
			slices.Reverse(before)
		}
	}
}
