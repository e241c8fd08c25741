package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

func TestTheBillByWorkspaceAndTarget(t *testing.T) {
	now := time.Date(2026, 11, 11, 9, 0, 0, 0, time.UTC)
	vision, ana := modeltest.WorkspaceID("vision"), modeltest.ComputeID("vision", "ana")
	s := (&model.Snapshot{Actuals: []*model.Actual{{
		Subscription: "sub", Month: model.StartOfMonth(now, time.UTC), AsOf: now,
		Days: []model.ActualDay{
			{Resource: string(vision), Amount: 10 * model.Unit, Currency: "EUR"},
			{Resource: string(vision), Amount: 5 * model.Unit, Currency: "EUR"},
			{Resource: string(ana), Amount: 2 * model.Unit, Currency: "EUR"},
			{Resource: string(ana), Amount: model.Unit, Currency: "USD"},
			{Resource: "/subscriptions/sub/resourcegroups/rg/providers/microsoft.storage/storageaccounts/x", Amount: 99 * model.Unit, Currency: "EUR"},
		},
	}}}).Seal()
	space := func(name, sub string) *model.Workspace {
		return &model.Workspace{ID: modeltest.WorkspaceID(name), Subscription: model.SubscriptionID(sub)}
	}
	b, known := s.BilledWorkspace(space("vision", "sub"))
	if !known || b.Amount.Fixed() != "17.00" || b.Currency != "EUR" || !b.Mixed || !b.Through.Equal(now.Add(-model.BillingLag)) {
		t.Errorf("vision: %+v %v", b, known)
	}
	if b, known := s.BilledTarget(string(ana)); !known || b.Amount.Fixed() != "2.00" || !b.Mixed {
		t.Errorf("ana: %+v %v", b, known)
	}
	if _, known := s.BilledTarget(string(vision)); known {
		t.Error("a workspace's own rows became a target's")
	}
	if b, known := s.BilledWorkspace(space("nlp", "sub")); !known || b.Amount != 0 {
		t.Errorf("a workspace that was billed nothing: %+v %v", b, known)
	}
	if _, known := s.BilledWorkspace(space("nlp", "other")); known {
		t.Error("a subscription whose bill was never read was billed nothing")
	}
	if b, known := s.BilledAll(); !known || b.Amount.Fixed() != "17.00" {
		t.Errorf("all: %+v %v", b, known)
	}
	var none *model.Snapshot
	if _, known := none.BilledAll(); known {
		t.Error("no snapshot has a bill")
	}
	if _, known := none.BilledTarget("x"); known {
		t.Error("no snapshot has a target's bill")
	}
}

func TestABillOfAYoungMonthBeginsWithIt(t *testing.T) {
	first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	a := model.Actual{Month: first, AsOf: first.Add(time.Hour)}
	if !a.Through().Equal(first) {
		t.Errorf("through %s", a.Through())
	}
}

func TestEstimateAgainstTheBill(t *testing.T) {
	first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	bill := model.Billed{Amount: 100 * model.Unit, Currency: "USD", Month: first, Through: first.Add(100 * time.Hour)}
	for _, test := range []struct {
		cents int
		code  string
		want  string
	}{
		{100, "USD", "$100.00 for the same time, as billed"},
		{110, "", "$110.00 for the same time, 10.0 % more than billed"},
		{99, "USD", "$99.00 for the same time, 1.0 % less than billed"},
		{100, "EUR", "€100.00 for the same time; not comparable with USD"},
	} {
		m := model.Meter{{Price: modeltest.PriceOf(test.cents), Spans: []model.Span{{From: first, Units: 1}}}}
		m[0].Price.Currency = test.code
		r := m.Reconcile(bill)
		r.Complete = true
		if got := r.Against(); got != test.want {
			t.Errorf("%d cents: %q, want %q", test.cents, got, test.want)
		}
		r.Complete = false
		if !strings.Contains(r.Against(), "as far as it was watched") {
			t.Errorf("%q does not say that time is missing", r.Against())
		}
	}
	if got := bill.In(time.UTC); got != "$100.00 until 5 Nov 04:00" {
		t.Errorf("got %q", got)
	}
}
