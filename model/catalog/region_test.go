package catalog

import (
	"slices"
	"testing"

	"github.com/amltop/amltop/model"
)

func TestRegions(t *testing.T) {
	t.Parallel()
	regions := Regions()
	if len(regions) != 26 || !slices.IsSorted(regions) {
		t.Fatalf("%d regions: %v", len(regions), regions)
	}
	for _, r := range []string{"eastus", "westeurope", "swedencentral"} {
		if !slices.Contains(regions, r) {
			t.Errorf("no %s", r)
		}
	}
	clear(regions)
	if Regions()[0] == "" {
		t.Error("clearing the answer cleared the table")
	}
}

func TestInRegion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                        model.SizeName
		region                      string
		location                    string
		standard, lowPriority, spot model.Money // 0 is unknown
	}{
		{"Standard_D2_v3", "eastus", "eastus", 96_000, 19_000, 11_616},
		{"STANDARD_D2_V3", "East US", "eastus", 96_000, 19_000, 11_616},
		{"Standard_A1_v2", "australiaeast", "australiaeast", 50_000, 10_000, 0},
		{"Standard_NC6", "westus", "westus", 0, 216_000, 0},
		{"Standard_NC24rs_v3", "eastus", "eastus", 13_460_000, 2_692_800, 1_884_400},
		{"Standard_ND96isr_H200_v5", "eastus", "eastus", 0, 0, 0},
		{"Standard_D2_v3", "atlantis", "atlantis", 0, 0, 0},
		{"Standard_D2_v3", "", "", 0, 0, 0},
	}
	for _, tt := range tests {
		s, ok := InRegion(tt.name, tt.region)
		if !ok {
			t.Errorf("%s in %q: not found", tt.name, tt.region)
			continue
		}
		got := []model.Money{s.Standard.PerHour, s.LowPriority.PerHour, s.Spot.PerHour}
		want := []model.Money{tt.standard, tt.lowPriority, tt.spot}
		if !slices.Equal(got, want) || s.Location != tt.location {
			t.Errorf("%s in %q: %v at %q, want %v at %q", tt.name, tt.region, got, s.Location, want, tt.location)
		}
		for i, p := range []model.Price{s.Standard, s.LowPriority, s.Spot} {
			if p.Known() != (want[i] > 0) {
				t.Errorf("%s in %q: price %d known: %v", tt.name, tt.region, i, p.Known())
			}
		}
	}
	if s, ok := InRegion("Standard_Made_up", "eastus"); ok {
		t.Errorf("found %v", s)
	}
}

func TestInRegionAnswersWithACopy(t *testing.T) {
	t.Parallel()
	for _, region := range []string{"eastus", "atlantis"} {
		s, _ := InRegion("Standard_D2_v3", region)
		s.Standard = model.Price{PerHour: 1, Source: model.PriceConfig}
		s.GPUs = 99
		if again, _ := InRegion("Standard_D2_v3", region); again.GPUs != 0 || again.Standard.PerHour == 1 {
			t.Errorf("changing the answer for %s changed the table: %+v", region, *again)
		}
	}
}

// The same size must never be given one region's price in another where the
// table has none.
func TestPricesNeverCrossRegions(t *testing.T) {
	t.Parallel()
	missing := 0
	for _, region := range Regions() {
		offered := map[model.SizeName]bool{}
		for _, s := range AllInRegion(region) {
			offered[s.Name] = true
		}
		for _, s := range Sizes() {
			if offered[s.Name] {
				continue
			}
			missing++
			got, ok := InRegion(s.Name, region)
			if !ok || got.Standard.Known() || got.LowPriority.Known() || got.Spot.Known() {
				t.Errorf("%s in %s: %+v", s.Name, region, got)
			}
		}
	}
	if missing == 0 {
		t.Error("every size is offered everywhere, so nothing was tested")
	}
}

func TestAllInRegion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		region string
		count  int
		priced bool
	}{
		{"eastus", 296, true},
		{"EastUS", 296, true},
		{"norwayeast", 212, true},
		{"atlantis", 297, false},
		{"", 297, false},
	}
	for _, tt := range tests {
		all := AllInRegion(tt.region)
		if len(all) != tt.count {
			t.Errorf("%q: %d sizes, want %d", tt.region, len(all), tt.count)
		}
		for _, s := range all {
			if priced := s.Standard.Known() || s.LowPriority.Known() || s.Spot.Known(); priced != tt.priced {
				t.Errorf("%s in %q: priced %v", s.Name, tt.region, priced)
			}
		}
	}
}

func TestHomeRegionIsWhatLookupAnswers(t *testing.T) {
	t.Parallel()
	for _, s := range Sizes() {
		got, ok := InRegion(s.Name, HomeRegion)
		if !ok || got == s || got.Standard != s.Standard || got.LowPriority != s.LowPriority || got.Spot != s.Spot {
			t.Errorf("%s: InRegion and Sizes differ", s.Name)
		}
	}
}
