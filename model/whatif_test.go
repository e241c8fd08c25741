package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

var whatIfNow = time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC)

// whatIfFleet is an instance in a region with the catalog's sizes, billed for
// half of ten days.
func whatIfFleet(t *testing.T, size model.SizeName) (*model.Snapshot, *model.Instance) {
	t.Helper()
	z, ok := catalog.InRegion(size, "eastus")
	if !ok {
		t.Fatalf("no %s in the catalog", size)
	}
	i := &model.Instance{VMSize: z.Name, Size: z, Price: z.Standard}
	i.Name, i.Location = "ana-gpu", "eastus"
	i.ID = "/subscriptions/s/resourcegroups/r/providers/microsoft.machinelearningservices/workspaces/w/computes/ana-gpu"
	i.Workspace = model.WorkspaceIDOf(string(i.ID))
	month := model.StartOfMonth(whatIfNow, time.UTC)
	i.Meter = model.Meter{
		{Kind: model.ChargeStanding, Price: model.Price{PerHour: 1000, Source: model.PriceConfig}, Spans: []model.Span{{From: month.AddDate(0, -3, 0), Units: 1}}},
		{Kind: model.ChargeCompute, Price: z.Standard, Spans: []model.Span{{From: month, To: month.AddDate(0, 0, 5), Units: 1}}},
	}
	s := &model.Snapshot{Instances: []*model.Instance{i}, Sizes: catalog.AllInRegion("eastus"), Clock: model.Clock{Time: whatIfNow}}
	return s.Seal(), i
}

// TestWhatIfOnTheCatalog holds every option against the prices of the catalog.
func TestWhatIfOnTheCatalog(t *testing.T) {
	s, i := whatIfFleet(t, "Standard_DS12_v2")
	w, err := model.WhatIfOf(s, i, whatIfNow, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if w.Hours.Billed != 120*time.Hour || w.Hours.Monthly != 360*time.Hour {
		t.Errorf("hours: %+v", w.Hours)
	}
	if len(w.Sizes) < 50 {
		t.Fatalf("%d sizes", len(w.Sizes))
	}
	seen := 0
	for n, o := range w.Sizes {
		switch {
		case o.Size.Name.Key() == i.VMSize.Key():
			t.Error("the size it has is among those it could have")
		case !o.Size.Supports("ComputeInstance"):
			t.Errorf("%s cannot be a compute instance", o.Size.Name)
		case o.Known != o.Size.Standard.Known():
			t.Errorf("%s: known %v", o.Size.Name, o.Known)
		case o.Known && o.Difference != o.Size.Standard.PerHour.Times(360)-i.Price.PerHour.Times(360):
			t.Errorf("%s: %s", o.Size.Name, o.Difference.Decimal())
		case (o.Fit == model.FitLess) != (o.Size.VCPUs < 4 || o.Size.MemoryMiB < 28*1024 || o.Size.GPUs < 0):
			t.Errorf("%s with %d vCPU, %d MiB is %s", o.Size.Name, o.Size.VCPUs, o.Size.MemoryMiB, o.Fit)
		case o.Retired && !strings.Contains(o.Text(), "retired "):
			t.Errorf("%s: %s", o.Size.Name, o.Text())
		}
		if n > 0 && !o.Retired && o.Known {
			if last := w.Sizes[n-1]; last.Retired || last.Difference > o.Difference {
				t.Errorf("%s comes after %s", o.Size.Name, last.Size.Name)
			}
		}
		if o.Known {
			seen++
		}
	}
	if seen == 0 {
		t.Error("no size has a price")
	}
	if more := w.Fitting(model.FitMore); len(more) == 0 || slices.ContainsFunc(more, func(o model.SizeOption) bool { return o.Fit == model.FitLess }) {
		t.Errorf("%d sizes with as much or more", len(more))
	}
}

func TestWhatIfWithoutHours(t *testing.T) {
	s, i := whatIfFleet(t, "Standard_DS12_v2")
	i.Meter = nil
	w, err := model.WhatIfOf(s, i, whatIfNow, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range w.Sizes {
		if o.Known || o.HourlyKnown && !strings.HasSuffix(o.Monthly(), "/h") {
			t.Fatalf("%s: %s", o.Size.Name, o.Monthly())
		}
	}
	if got := w.Hours.String(); got != "no hours billed this month" {
		t.Error(got)
	}
}

// TestWhatIfLeavesOutWhatNobodyWatched holds that an unobserved day is not a day
// without hours.
func TestWhatIfLeavesOutWhatNobodyWatched(t *testing.T) {
	s, i := whatIfFleet(t, "Standard_DS12_v2")
	month := model.StartOfMonth(whatIfNow, time.UTC)
	i.Meter = append(i.Meter, model.Charge{Kind: model.ChargeUnobserved, Spans: []model.Span{{From: month.AddDate(0, 0, 5), To: whatIfNow, Units: 1}}})
	w, err := model.WhatIfOf(s, i, whatIfNow, time.UTC)
	if err != nil || w.Hours.Monthly != 720*time.Hour {
		t.Errorf("%+v, %v", w.Hours, err)
	}
}

func TestWhatIfOfWhatHasNoSize(t *testing.T) {
	s, _ := whatIfFleet(t, "Standard_DS12_v2")
	for _, row := range []any{&model.Deployment{Kind: model.TargetBatch}, &model.Attached{}, nil} {
		if _, err := model.WhatIfOf(s, row, whatIfNow, time.UTC); err == nil {
			t.Errorf("%T has sizes", row)
		}
	}
}
