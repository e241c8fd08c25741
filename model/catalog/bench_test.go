package catalog

import (
	"testing"

	"github.com/amltop/amltop/model"
)

// BenchmarkFirstParse is what the first call pays: sizes, series, the division
// of prices and the home region. The budget is 2 ms.
func BenchmarkFirstParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		table, err := parseTable(seriesText, sizesText, pricesText)
		if err != nil {
			b.Fatal(err)
		}
		if r := table.regions[HomeRegion](); len(r.offered) == 0 {
			b.Fatal("no prices")
		}
	}
}

// BenchmarkParseRegion is what the first call for another region pays.
func BenchmarkParseRegion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		table := parsed(b)
		b.StartTimer()
		table.regions["westeurope"]()
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, name := range []model.SizeName{"Standard_NC24rs_v3", "STANDARD_NC24RS_V3", "Standard_Made_up"} {
		b.Run(string(name), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Lookup(name)
			}
		})
	}
}

func BenchmarkInRegion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		InRegion("Standard_NC24rs_v3", "westeurope")
	}
}

func BenchmarkAllInRegion(b *testing.B) {
	for _, region := range []string{"westeurope", "atlantis"} {
		b.Run(region, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				AllInRegion(region)
			}
		})
	}
}

func BenchmarkEnrich(b *testing.B) {
	b.ReportAllocs()
	s := model.Size{Name: "Standard_NC24rs_v3", Family: "standardNCSv3Family"}
	for b.Loop() {
		fresh := s
		Enrich(&fresh)
	}
}

func BenchmarkChoosePrices(b *testing.B) {
	entries := []PriceEntry{
		{"Linux", model.TierStandard, 200_000}, {"Windows", model.TierLowPriority, 80_000},
		{"Windows", model.TierStandard, 200_000}, {"Linux", model.TierStandard, 100_000},
		{"Linux", model.TierLowPriority, 20_000}, {"Linux", model.TierLowPriority, 80_000},
	}
	b.ReportAllocs()
	for b.Loop() {
		ChoosePrices(entries)
	}
}
