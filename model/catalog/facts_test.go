package catalog

import (
	"slices"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// names of the sizes that hold, sorted as the table is.
func names(holds func(*model.Size) bool) []string {
	var out []string
	for _, s := range Sizes() {
		if holds(s) {
			out = append(out, s.Name.Short())
		}
	}
	return out
}

func TestRestrictionsOfTheReferenceTable(t *testing.T) {
	t.Parallel()
	want := map[string]model.Restriction{}
	for _, s := range []string{"D", "Dv2", "Dv3", "DSv2", "DSv3", "FSv2", "NC", "NV"} {
		want[s] = model.RestrictionNone
	}
	for _, s := range []string{"HBv2", "HCS", "M", "NCsv2", "NCsv3", "NDs", "NDv2", "NVv3"} {
		want[s] = model.RestrictionApproval
	}
	for _, s := range load().series {
		if s.Restriction != want[s.Name] {
			t.Errorf("series %s: restriction %q, want %q", s.Name, s.Restriction, want[s.Name])
		}
		delete(want, s.Name)
	}
	if len(want) > 0 {
		t.Errorf("series missing: %v", want)
	}
}

func TestSizesThatShareAFact(t *testing.T) {
	t.Parallel()
	tests := []struct {
		fact  string
		holds func(*model.Size) bool
		want  []string
	}{
		{"isolated", func(s *model.Size) bool { return s.Isolated },
			[]string{"F72s_v2", "M128ms", "NC24rs_v3", "NC24s_v3"}},
		{"RDMA in NCsv3", func(s *model.Size) bool { return s.RDMA && s.Series == "NCsv3" },
			[]string{"NC24rs_v3"}},
		{"managed online endpoints only", func(s *model.Size) bool {
			return len(s.ComputeTypes) == 1 && s.Supports("MIR")
		}, []string{"NV12ads_A10_v5", "NV18ads_A10_v5", "NV36adms_A10_v5", "NV36ads_A10_v5", "NV6ads_A10_v5", "NV72ads_A10_v5"}},
		{"437.5 GiB", func(s *model.Size) bool { return s.MemoryGiB() == 437.5 },
			[]string{"M16-4ms", "M16-8ms", "M16ms"}},
		{"3.5 GiB", func(s *model.Size) bool { return s.MemoryGiB() == 3.5 },
			[]string{"D1", "D1_v2", "DS1_v2"}},
		{"no price in the home region", func(s *model.Size) bool { return !s.Standard.Known() },
			[]string{"ND96isr_H200_v5"}},
		{"priced at low priority but not capable of it", func(s *model.Size) bool {
			return s.LowPriority.Known() && !s.LowPriorityCapable
		}, []string{"NC64as_T4_v3", "ND96amsr_A100_v4", "ND96asr_v4"}},
		{"serverless Spark", func(s *model.Size) bool { return s.Supports("AmlSpark") },
			[]string{"E16s_v3", "E32s_v3", "E4s_v3", "E64is_v3", "E64s_v3", "E8s_v3"}},
	}
	for _, tt := range tests {
		if got := names(tt.holds); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.fact, got, tt.want)
		}
	}
}

func TestRecordedSizes(t *testing.T) {
	t.Parallel()
	if n := len(names(func(s *model.Size) bool { return s.Recorded })); n != 260 {
		t.Errorf("%d sizes of the recorded answer, want 260", n)
	}
	if n := len(names(func(s *model.Size) bool { return !s.Recorded })); n != 37 {
		t.Errorf("%d other sizes, want 37", n)
	}
}

func TestRetirement(t *testing.T) {
	t.Parallel()
	tests := []struct {
		size    model.SizeName
		on      string // "" for no date
		retired bool
	}{
		{"Standard_DS3_v2", "2028-05-01", false},
		{"Standard_F72s_v2", "2028-11-15", false},
		{"Standard_NV12s_v3", "2026-09-30", false},
		{"Standard_HB120rs_v2", "2027-05-31", false},
		{"Standard_NC24rs_v3", "2025-09-30", true},
		{"Standard_NC6", "2023-08-31", true},
		{"Standard_H16mr", "2022-08-31", true},
		{"Standard_D4s_v3", "", false},
		{"Standard_ND40rs_v2", "", false},
	}
	for _, tt := range tests {
		size, ok := Lookup(tt.size)
		series, found := SeriesOf(tt.size)
		if !ok || !found {
			t.Errorf("%s is not in the table", tt.size)
			continue
		}
		on := ""
		if !size.RetiredOn.IsZero() {
			on = size.RetiredOn.Format(time.DateOnly)
		}
		if on != tt.on || series.Retired != tt.retired || !series.RetiredOn.Equal(size.RetiredOn) {
			t.Errorf("%s: retires %q, retired %v; want %q, %v", tt.size, on, series.Retired, tt.on, tt.retired)
		}
	}
}

func TestWholeRow(t *testing.T) {
	t.Parallel()
	got, _ := Lookup("standard_nc24RS_v3")
	if got == nil {
		t.Fatal("not in the table")
	}
	if got.Family != "standardNCSv3Family" || got.VCPUs != 24 || got.GPUs != 4 || got.GPUModel != "NVIDIA Tesla V100" ||
		got.MemoryMiB != 448*1024 || got.OSDiskMB != 1047552 || got.ResourceMB != 3018752 ||
		!got.Isolated || !got.RDMA || !got.PremiumIO || !got.Recorded || got.Location != HomeRegion ||
		got.Restriction != model.RestrictionApproval {
		t.Errorf("%+v", *got)
	}
	want := model.Price{PerHour: 13_460_000, Source: model.PriceCatalog}
	if got.Standard != want {
		t.Errorf("standard price %+v, want %+v", got.Standard, want)
	}
}
