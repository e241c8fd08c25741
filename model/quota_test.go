package model_test

import (
	"testing"

	"github.com/amltop/amltop/model"
)

func TestTightestQuota(t *testing.T) {
	const ws = "/subscriptions/s1/resourcegroups/g/providers/microsoft.machinelearningservices/workspaces/w"
	z := &model.Size{Name: "Standard_NC6s_v3", Family: "standardNCSv3Family", VCPUs: 6}
	family := &model.Quota{Family: "Standard NCSv3 Family", Priority: "dedicated", Location: "West Europe", Used: 6, Limit: 24}
	total := &model.Quota{Priority: "dedicated", Location: "westeurope", Used: 90, Limit: 100}
	endless := &model.Quota{Family: "standardNCSv3Family", Priority: "dedicated", Location: "westeurope", Limit: -1}
	low := &model.Quota{Priority: "lowPriority", Location: "westeurope", Limit: 3}
	elsewhere := &model.Quota{Priority: "dedicated", Location: "eastus", Limit: 1}
	foreign := &model.Quota{Priority: "dedicated", Location: "westeurope", Limit: 1, Subscription: "s2"}
	for _, c := range []struct {
		name  string
		have  []*model.Quota
		low   bool
		want  *model.Quota
		left  int64
		known bool
	}{
		{"the least room", []*model.Quota{family, total, endless, low, elsewhere, foreign}, false, total, 10, true},
		{"low priority", []*model.Quota{family, total, low}, true, low, 3, true},
		{"no limit", []*model.Quota{endless}, false, nil, 0, true},
		{"others' quotas", []*model.Quota{elsewhere, foreign, low}, false, nil, 0, false},
		{"none", nil, false, nil, 0, false},
	} {
		s := &model.Snapshot{Quotas: c.have}
		if q, left, known := s.Tightest(z, ws, "westeurope", c.low); q != c.want || left != c.left || known != c.known {
			t.Errorf("%s: %+v, %d left, known %t", c.name, q, left, known)
		}
	}
}

func TestDoingSaysToWhat(t *testing.T) {
	for verb, want := range map[model.Verb]string{
		model.VerbStop: "stopping ana", model.VerbIdle: "setting the idle rule of ana", model.VerbCreate: "creating ana", model.VerbTraffic: "setting traffic of ana",
	} {
		if got := (model.Command{Verb: verb, Name: "ana"}).Doing(); got != want {
			t.Errorf("%s: %q", verb, got)
		}
	}
}
