package model_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

func TestPreviewManage(t *testing.T) {
	for _, c := range []struct {
		name string
		cmd  model.Command
		want string
	}{
		{"create an instance", create("vision", func(s *model.ComputeSpec) { s.Idle = time.Hour }), `Create compute instance eva-dev?
what: vision, compute instance in eastus
size: DS3_v2
price: $0.29/h, $211.70 a month if nothing stops it
leash: idle 1h rule
goes on: stopped, it still bills for disk, load balancer and IP; only deleting ends that
quota: 60 of 100 vCPUs left, needs 4
`},
		{"create a cluster beyond the quota", create("vision", func(s *model.ComputeSpec) {
			pool("fresh", model.Scale{Min: 1, Max: 4, IdleBeforeScaleDown: 2 * time.Minute})(s)
			s.VMSize = "Standard_NC24s_v3"
		}), `Create compute cluster fresh?
what: vision, compute cluster in eastus
size: NC24s_v3 4×V100, Dedicated
nodes: 1–4, given up after 2m idle
floor: $12.24/h, $8,935.20 a month with no job at all
at most: $48.96/h
quota: 0 of 144 vCPUs left, needs 24
restricted: NCsv3 requires approval
retires: 30 Sep 2026
`},
		{"set an idle rule", idle("vision", "ana-gpu", 30*time.Minute), `Set the idle shutdown of ana-gpu?
owner: ana
what: vision, NC24s_v3 4×V100
idle rule: 1h → 30m
idle: no job for 3h12m
counts: from zero: it has been idle for longer than that already
leash: idle 30m rule
`},
		{"set a schedule", schedule("vision", "ana-gpu", evening), `Set the schedules of ana-gpu?
owner: ana
what: vision, NC24s_v3 4×V100
now: no schedule
then: stop 0 19 * * 1-5 Romance Standard Time
zone: times follow the zone's standard time all year: daylight saving is ignored
leash: idle 1h rule
`},
		{"detach", compute(model.VerbDetach, "nlp", "aks-prod"), `Detach aks-prod?
what: nlp, Kubernetes
jobs: none active
stays: aks itself, and what it costs
`},
		{"scale a deployment up", instances("blue", 4), `Scale blue?
endpoint: fraud-prod, fraud
instances: 2 → 4 × DS3_v2
price: $0.58/h → $1.16/h, $846.80 a month
quota: 60 of 100 vCPUs left, needs 8
type "blue": fraud-prod looks like production
`},
		{"scale a deployment down", instances("blue", 1), `Scale blue?
endpoint: fraud-prod, fraud
instances: 2 → 1 × DS3_v2
price: $0.58/h → $0.29/h, $211.70 a month
traffic: 100 % of the requests, on fewer instances
type "blue": fraud-prod looks like production
`},
		{"delete an endpoint", deleteEndpoint(), `Delete fraud for good?
what: fraud-prod, online endpoint
traffic: blue 100 %
lost: 2 deployments with it, and its address and keys
blue: Succeeded, fraud:3
green: Failed, fraud:3
saves: $1.45/h, $1,058.50 a month
type "fraud": deleting cannot be undone
`},
	} {
		if got := written(model.PreviewOf(modeltest.Fleet(), []model.Command{c.cmd}, modeltest.Now(), time.UTC)); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}
