package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

func TestSizesAreSortedAndTheCallersToReorder(t *testing.T) {
	t.Parallel()
	sizes := Sizes()
	if len(sizes) != 297 {
		t.Fatalf("%d sizes, want 297", len(sizes))
	}
	if !slices.IsSortedFunc(sizes, func(a, b *model.Size) int { return strings.Compare(a.Name.Key(), b.Name.Key()) }) {
		t.Error("sizes are not sorted by name")
	}
	first := sizes[0]
	slices.Reverse(sizes)
	if Sizes()[0] != first {
		t.Error("reordering the answer reordered the table")
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name model.SizeName
		want model.SizeName
		ok   bool
	}{
		{"Standard_DS3_v2", "Standard_DS3_v2", true},
		{"STANDARD_DS3_V2", "Standard_DS3_v2", true},
		{"standard_nc24rs_v3", "Standard_NC24rs_v3", true},
		{"DS3_v2", "", false},
		{"Standard_DS3_v22", "", false},
		{"", "", false},
	}
	for _, tt := range tests {
		got, ok := Lookup(tt.name)
		if ok != tt.ok || ok && got.Name != tt.want {
			t.Errorf("Lookup(%q) = %v, %v; want %q, %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

func TestEverySizeIsFoundUnderItsNameInAnyCase(t *testing.T) {
	t.Parallel()
	for _, s := range Sizes() {
		for _, name := range []string{string(s.Name), strings.ToUpper(string(s.Name)), s.Name.Key()} {
			if got, ok := Lookup(model.SizeName(name)); !ok || got != s {
				t.Errorf("Lookup(%q) = %v, %v", name, got, ok)
			}
		}
	}
}

func TestSeriesOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name model.SizeName
		want string
	}{
		{"Standard_DS3_v2", "DSv2"},
		{"standard_m8-2ms", "M"},
		{"Standard_NC6_Promo", "NC_Promo"},
		{"Standard_ND96isr_H200_v5", "ND_H200_v5"},
		{"Standard_Made_up", ""},
	}
	for _, tt := range tests {
		got, ok := SeriesOf(tt.name)
		if ok != (tt.want != "") || ok && got.Name != tt.want {
			t.Errorf("SeriesOf(%q) = %v, %v; want %q", tt.name, got, ok, tt.want)
		}
	}
}

func TestSeriesOfFamily(t *testing.T) {
	t.Parallel()
	tests := []struct{ family, want string }{
		{"standardDSv2Family", "DSv2"},
		{"STANDARDDSV2FAMILY", "DSv2"},
		{"standard NCASv3_T4 Family", "NCasT4_v3"},
		{"Standard NCASv3_T4  Family", "NCasT4_v3"},
		{"Standard_NCASv3_T4_Family", "NCasT4_v3"},
		{"standardNCADSH100v5Family", "NCads_H100_v5"},
		{"standardDSFamily", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, ok := load().seriesByFamily[model.FamilyKey(tt.family)]
		if ok != (tt.want != "") || ok && got.Name != tt.want {
			t.Errorf("the series of family %q = %v, %v; want %q", tt.family, got, ok, tt.want)
		}
	}
}

func TestSeriesStartWithTheReferenceTable(t *testing.T) {
	t.Parallel()
	all := load().series
	if len(all) != 52 {
		t.Fatalf("%d series, want 52", len(all))
	}
	for i, s := range all {
		if listed := s.Restriction != model.RestrictionUnknown; listed != (i < 16) {
			t.Errorf("series %d, %s: restriction %q", i, s.Name, s.Restriction)
		}
	}
}
