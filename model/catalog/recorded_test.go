package catalog

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// optional reads a file of the reference data that may lie beside the
// repository, and skips the test on a clone without it.
func optional(t *testing.T, path string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", path))
	if err != nil {
		t.Skipf("the reference data is not beside this clone: %v", err)
	}
	return body
}

// wireSize is the part of a size in a vmSizes answer that these tests compare.
type wireSize struct {
	Name, Family             string
	VCPUs, GPUs              int
	OSVhdSizeMB              int
	MaxResourceVolumeMB      int
	MemoryGB                 float64
	LowPriorityCapable       bool
	PremiumIO, SupportsIB    bool
	SupportedComputeTypes    []string
	EstimatedVMPrices        *struct{ Values []wirePrice }
	standard, low, spot      model.Price
	contradictory, mentioned bool
}

type wirePrice struct {
	RetailPrice    json.Number
	OSType, VMTier string
}

func wireSizes(t *testing.T, body []byte) []wireSize {
	t.Helper()
	var answer struct{ Value []wireSize }
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	for i := range answer.Value {
		s := &answer.Value[i]
		var entries []PriceEntry
		linux := 0
		if s.EstimatedVMPrices != nil {
			for _, v := range s.EstimatedVMPrices.Values {
				amount, err := model.ParseMoney(v.RetailPrice.String())
				if err != nil {
					t.Fatal(err)
				}
				entries = append(entries, PriceEntry{v.OSType, model.Tier(v.VMTier), amount})
				if v.OSType == "Linux" && v.VMTier == "Standard" {
					linux++
				}
			}
		}
		s.mentioned, s.contradictory = len(entries) > 0, linux > 1
		s.standard, s.low, s.spot = ChoosePrices(entries)
	}
	return answer.Value
}

func TestRecordedAnswerGivesThePricesOfTheTable(t *testing.T) {
	t.Parallel()
	sizes := wireSizes(t, optional(t, "recorded/vmSizes-eastus-2025-11-04.json"))
	priceless, contradictory, incapable := 0, 0, 0
	for _, s := range sizes {
		known, ok := Lookup(model.SizeName(s.Name))
		if !ok {
			t.Errorf("%s is not in the table", s.Name)
			continue
		}
		if s.spot.Known() || s.standard.Known() != s.mentioned || s.low.Known() != s.mentioned {
			t.Errorf("%s: prices %+v %+v %+v, listed: %v", s.Name, s.standard, s.low, s.spot, s.mentioned)
		}
		if !s.mentioned {
			priceless++
			continue
		}
		if s.contradictory {
			contradictory++
			if !strings.HasSuffix(s.Name, "ads_v5") {
				t.Errorf("%s is contradictory", s.Name)
			}
		}
		if s.low.Known() && !s.LowPriorityCapable {
			incapable++
		}
		for _, p := range []struct{ listed, table model.Price }{{s.standard, known.Standard}, {s.low, known.LowPriority}} {
			if !sameToTheCent(p.listed.PerHour, p.table.PerHour) {
				t.Errorf("%s: price %s, the table has %s", s.Name, p.listed.PerHour.Decimal(), p.table.PerHour.Decimal())
			}
		}
	}
	if priceless != 48 || contradictory != 17 || incapable != 3 {
		t.Errorf("%d without price, %d contradictory, %d priced but incapable; want 48, 17, 3", priceless, contradictory, incapable)
	}
}

// writtenAnswer has the traps of the real answers, made up for this test.
const writtenAnswer = `{"value":[
 {"name":"Standard_Listed","estimatedVMPrices":{"billingCurrency":"USD","unitOfMeasure":"OneHour","values":[
  {"retailPrice":0.38,"osType":"Windows","vmTier":"Standard"},{"retailPrice":0.04,"osType":"Linux","vmTier":"LowPriority"},
  {"retailPrice":0.19,"osType":"Linux","vmTier":"Standard"},{"retailPrice":0.15,"osType":"Windows","vmTier":"LowPriority"},
  {"retailPrice":6e-2,"osType":"Linux","vmTier":"Spot"}]}},
 {"name":"Standard_Contradictory","estimatedVMPrices":{"values":[
  {"retailPrice":0.9,"osType":"Linux","vmTier":"Standard"},{"retailPrice":0.9,"osType":"Windows","vmTier":"Standard"},
  {"retailPrice":0.4,"osType":"Windows","vmTier":"LowPriority"},{"retailPrice":0.5,"osType":"Linux","vmTier":"Standard"},
  {"retailPrice":0.1,"osType":"Linux","vmTier":"LowPriority"},{"retailPrice":0.4,"osType":"Linux","vmTier":"LowPriority"}]}},
 {"name":"Standard_Absent"},
 {"name":"Standard_Null","estimatedVMPrices":null},
 {"name":"Standard_NullValues","estimatedVMPrices":{"values":null}},
 {"name":"Standard_Zero","estimatedVMPrices":{"values":[{"retailPrice":0,"osType":"Linux","vmTier":"Standard"}]}}
]}`

func TestWrittenAnswer(t *testing.T) {
	t.Parallel()
	want := map[string][3]model.Money{ // 0 is unknown
		"Standard_Listed":        {190_000, 40_000, 60_000},
		"Standard_Contradictory": {500_000, 100_000, 0},
	}
	sizes := wireSizes(t, []byte(writtenAnswer))
	if len(sizes) != 6 {
		t.Fatalf("%d sizes, want 6", len(sizes))
	}
	for _, s := range sizes {
		for i, p := range []model.Price{s.standard, s.low, s.spot} {
			if amount := want[s.Name][i]; p.PerHour != amount || p.Known() != (amount > 0) {
				t.Errorf("%s: price %d is %+v, want %s", s.Name, i, p, amount.Decimal())
			}
		}
	}
}

// sameToTheCent reports whether listed is exact rounded to cents, either way at
// the half. The service lists cents; the table has most prices from another
// source and with more digits.
func sameToTheCent(listed, exact model.Money) bool {
	return listed%10_000 == 0 && max(listed-exact, exact-listed) <= 5_000
}

func TestRecordedAnswerIsWhatTheTableCallsRecorded(t *testing.T) {
	t.Parallel()
	sizes := wireSizes(t, optional(t, "recorded/vmSizes-eastus-2025-11-04.json"))
	seen := map[string]bool{}
	for _, w := range sizes {
		seen[w.Name] = true
		s, ok := Lookup(model.SizeName(w.Name))
		if !ok || !s.Recorded || string(s.Name) != w.Name {
			t.Errorf("%s: %+v", w.Name, s)
			continue
		}
		if s.Family != w.Family || s.VCPUs != w.VCPUs || s.GPUs != w.GPUs || s.MemoryGiB() != w.MemoryGB ||
			s.OSDiskMB != w.OSVhdSizeMB || s.ResourceMB != w.MaxResourceVolumeMB ||
			s.LowPriorityCapable != w.LowPriorityCapable || s.PremiumIO != w.PremiumIO || s.RDMA != w.SupportsIB {
			t.Errorf("%s: the table has %+v, the answer %+v", w.Name, *s, w)
		}
		slices.Sort(w.SupportedComputeTypes)
		if have := slices.Sorted(slices.Values(s.ComputeTypes)); !slices.Equal(have, w.SupportedComputeTypes) {
			t.Errorf("%s: compute types %v, the answer %v", w.Name, have, w.SupportedComputeTypes)
		}
	}
	for _, s := range Sizes() {
		if s.Recorded != seen[string(s.Name)] {
			t.Errorf("%s: recorded %v", s.Name, s.Recorded)
		}
	}
}

func TestOlderAnswerIsChosenFromAsItsAuthorsDid(t *testing.T) {
	t.Parallel()
	rows, err := csv.NewReader(strings.NewReader(string(optional(t, "vm-sizes-aml-2020-08-01.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 73 {
		t.Fatalf("%d rows, want a header and 72 sizes", len(rows))
	}
	column := func(row []string, name string) model.Money {
		i := slices.Index(rows[0], name)
		if i < 0 {
			t.Fatalf("no column %s", name)
		}
		if row[i] == "" {
			return 0
		}
		m, err := model.ParseMoney(row[i])
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, row := range rows[1:] {
		standard, low := column(row, "price_linux_standard_usd_hour"), column(row, "price_linux_lowpriority_usd_hour")
		gotStandard, gotLow, _ := ChoosePrices([]PriceEntry{
			{"Windows", model.TierStandard, column(row, "price_windows_standard_usd_hour")},
			{"Linux", model.TierLowPriority, low},
			{"Windows", model.TierLowPriority, column(row, "price_windows_lowpriority_usd_hour")},
			{"Linux", model.TierStandard, standard},
		})
		if gotStandard.PerHour != standard || gotLow.PerHour != low {
			t.Errorf("%s: %+v, %+v", row[0], gotStandard, gotLow)
		}
		if s, ok := Lookup(model.SizeName(row[0])); !ok || s.Name.Key() != model.SizeName(row[0]).Key() {
			t.Errorf("%s is not in the table", row[0])
		}
	}
}
