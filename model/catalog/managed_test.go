package catalog

import (
	"slices"
	"testing"

	"github.com/amltop/amltop/model"
)

func TestExactlyTenSizesSkipTheReservation(t *testing.T) {
	t.Parallel()
	var got []string
	for name := range managed() {
		if SkipsReservation(model.SizeName(name)) {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	want := []string{
		"standard_nc24ads_a100_v4", "standard_nc40ads_h100_v5", "standard_nc48ads_a100_v4",
		"standard_nc80adis_h100_v5", "standard_nc96ads_a100_v4", "standard_nd40rs_v2",
		"standard_nd96amsr_a100_v4", "standard_nd96asr_v4", "standard_nd96is_h100_v5", "standard_nd96isr_h100_v5",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for _, s := range Sizes() {
		if SkipsReservation(s.Name) != slices.Contains(want, s.Name.Key()) {
			t.Errorf("SkipsReservation(%s) = %v", s.Name, SkipsReservation(s.Name))
		}
	}
}

func TestManagedOnline(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          model.SizeName
		online, skips bool
	}{
		{"Standard_DS3_v2", true, false},
		{"STANDARD_NC24ADS_A100_V4", true, true},
		{"Standard_ND96is_H100_v5", true, true}, // on Azure's list, in no table of sizes
		{"Standard_NV6ads_A10_v5", true, false}, // nothing but managed online
		{"Standard_D2ds_v5", true, false},       // not on Azure's list, but in the service's answer
		{"Standard_D2_v3", false, false},
		{"Standard_E64is_v3", false, false}, // Spark only
		{"Standard_Made_up", false, false},
		{"", false, false},
	}
	for _, tt := range tests {
		if online, skips := ManagedOnline(tt.name), SkipsReservation(tt.name); online != tt.online || skips != tt.skips {
			t.Errorf("%s: online %v, skips %v; want %v, %v", tt.name, online, skips, tt.online, tt.skips)
		}
	}
}
