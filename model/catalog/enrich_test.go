package catalog

import (
	"reflect"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestEnrich(t *testing.T) {
	t.Parallel()
	retired := time.Date(2025, 9, 30, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		what     string
		in, want model.Size
	}{
		{
			"a size of the table, in the service's casing",
			model.Size{Name: "STANDARD_NC24RS_V3", Family: "standardNCSv3Family", VCPUs: 24},
			model.Size{Name: "STANDARD_NC24RS_V3", Family: "standardNCSv3Family", VCPUs: 24, Series: "NCsv3",
				GPUModel: "NVIDIA Tesla V100", Restriction: model.RestrictionApproval, Isolated: true, RDMA: true,
				RetiredOn: retired, Recorded: true},
		},
		{
			"a size of the table that the answer did not hold",
			model.Size{Name: "Standard_M8-2ms"},
			model.Size{Name: "Standard_M8-2ms", Series: "M", Restriction: model.RestrictionApproval},
		},
		{
			"an unknown size of a known family: only what belongs to the series",
			model.Size{Name: "Standard_NC48s_v3", Family: "standardNCSV3Family"},
			model.Size{Name: "Standard_NC48s_v3", Family: "standardNCSV3Family", Series: "NCsv3",
				Restriction: model.RestrictionApproval, RetiredOn: retired},
		},
		{
			"an unknown size of a family that only resembles one",
			model.Size{Name: "Standard_NC9s_v9", Family: "standardNCSv3PromoFamily", GPUs: 1},
			model.Size{Name: "Standard_NC9s_v9", Family: "standardNCSv3PromoFamily", GPUs: 1},
		},
		{
			"nothing but a name",
			model.Size{Name: "Standard_Made_up"},
			model.Size{Name: "Standard_Made_up"},
		},
		{
			"what the answer says stays, prices included",
			model.Size{Name: "Standard_ND40rs_v2", Family: "standardNDSv2Family", GPUModel: "Nvidia V100", RDMA: true,
				Series: "NDv2-series", Standard: model.Price{PerHour: 5, Source: model.PriceService}},
			model.Size{Name: "Standard_ND40rs_v2", Family: "standardNDSv2Family", GPUModel: "Nvidia V100", RDMA: true,
				Series: "NDv2-series", Standard: model.Price{PerHour: 5, Source: model.PriceService},
				Restriction: model.RestrictionApproval, Recorded: true},
		},
	}
	for _, tt := range tests {
		got := tt.in
		Enrich(&got)
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", tt.what, got, tt.want)
		}
		again := got
		if Enrich(&again); !reflect.DeepEqual(again, got) {
			t.Errorf("%s: a second time changes it to %+v", tt.what, again)
		}
	}
	Enrich(nil)
}
