package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// parsed is the embedded table, with every section of it read and free of errors.
func parsed(t testing.TB) *table {
	t.Helper()
	table, err := parseTable(seriesText, sizesText, pricesText)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestEmbeddedTablesParse(t *testing.T) {
	t.Parallel()
	table := parsed(t)
	if got, want := len(table.sizes), dataRows(sizesText); got != want {
		t.Errorf("%d sizes of %d rows", got, want)
	}
	if got, want := len(table.series), dataRows(seriesText); got != want {
		t.Errorf("%d series of %d rows", got, want)
	}
	list, err := parseManaged(managedText)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(list), dataRows(managedText); got != want || got != 85 {
		t.Errorf("%d managed online sizes of %d rows, want 85", got, want)
	}
}

func dataRows(text string) (n int) {
	for range rows(text) {
		n++
	}
	return n
}

func TestEverySectionOfPricesParses(t *testing.T) {
	t.Parallel()
	table := parsed(t)
	sections := strings.Split(pricesText, "\n@")[1:]
	if len(sections) != 26 || len(table.names) != 26 {
		t.Fatalf("%d sections, %d regions, want 26", len(sections), len(table.names))
	}
	total := 0
	for _, section := range sections {
		name, text, _ := strings.Cut(section, "\n")
		r, err := table.parseRegion(name, text)
		if err != nil {
			t.Error(err)
			continue
		}
		total += len(r.offered)
		if got, want := len(r.offered), dataRows(text); got != want || got < 200 {
			t.Errorf("region %s: %d sizes of %d rows", name, got, want)
		}
	}
	if want := dataRows(pricesText) - len(sections); total != want {
		t.Errorf("%d priced sizes of %d rows", total, want)
	}
}

func TestInvariantsOfEverySizeInEveryRegion(t *testing.T) {
	t.Parallel()
	types := []string{typeCluster, typeInstance, typeManaged, typeSpark}
	ceiling := 200 * model.Unit // twice the dearest size; catches a slipped decimal point
	for _, location := range Regions() {
		for _, s := range AllInRegion(location) {
			if s.Location != location {
				t.Errorf("%s in %s: location %s", s.Name, location, s.Location)
			}
			if s.VCPUs < 1 || s.MemoryMiB < 1024 || s.Family == "" || s.Series == "" || len(s.ComputeTypes) == 0 {
				t.Errorf("%s: a fact is missing: %+v", s.Name, *s)
			}
			if (s.GPUs > 0) != (s.GPUModel != "") {
				t.Errorf("%s: %d GPUs of model %q", s.Name, s.GPUs, s.GPUModel)
			}
			for i, kind := range s.ComputeTypes {
				if !slices.Contains(types, kind) || slices.Contains(s.ComputeTypes[:i], kind) {
					t.Errorf("%s: compute types %v", s.Name, s.ComputeTypes)
				}
			}
			for _, tier := range []model.Tier{model.TierStandard, model.TierLowPriority, model.TierSpot} {
				p := s.Price(tier)
				if p.Known() != (p.PerHour > 0) || p.PerHour > ceiling || p.Known() && p.Source != model.PriceCatalog {
					t.Errorf("%s in %s: %s price %+v", s.Name, location, tier, p)
				}
			}
			if s.Standard.Known() && s.LowPriority.Known() && s.LowPriority.PerHour >= s.Standard.PerHour {
				t.Errorf("%s in %s: low priority costs as much as standard", s.Name, location)
			}
		}
	}
}

func TestEverySeriesHasSizesAndItsOwnFamily(t *testing.T) {
	t.Parallel()
	sizes := map[string]int{}
	for _, s := range Sizes() {
		sizes[s.Series]++
		if series, ok := load().seriesByFamily[model.FamilyKey(s.Family)]; !ok || series.Name != s.Series {
			t.Errorf("%s: family %q leads to %v", s.Name, s.Family, series)
		}
	}
	for _, s := range load().series {
		if sizes[s.Name] == 0 {
			t.Errorf("series %s has no size", s.Name)
		}
		if (s.Category == "GPU") != (s.GPUArchitecture != "") || (s.Category == "GPU") != (s.CUDAMin != "") {
			t.Errorf("series %s: category %q, architecture %q, CUDA %q", s.Name, s.Category, s.GPUArchitecture, s.CUDAMin)
		}
	}
}

func TestTablesStaySmall(t *testing.T) {
	t.Parallel()
	if n := len(sizesText) + len(seriesText) + len(pricesText) + len(managedText); n > 200_000 {
		t.Errorf("tables are %d bytes", n)
	}
}
