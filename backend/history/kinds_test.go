package history

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// mixed is a workspace with a cluster and a deployment, of which snapshots are
// taken.
type mixed struct {
	cluster model.Cluster
	online  model.Deployment
	seq     uint64
}

func newMixed() *mixed {
	price := model.Price{PerHour: model.Unit, Currency: "USD", Source: model.PriceService}
	ws := part("vision")
	m := &mixed{}
	m.cluster = model.Cluster{
		Target: model.Target{Resource: model.Resource{Name: "train", Location: "eastus", CreatedBy: "ana"}, ID: model.ComputeID(targetID("vision", "train")), Workspace: ws.Workspace},
		VMSize: "Standard_NC6", Priority: model.LowPriority, AllocationState: model.AllocationSteady, Price: price,
	}
	m.online = model.Deployment{
		Resource: model.Resource{Name: "blue", Location: "eastus", CreatedBy: "ben"}, ID: model.DeploymentID(string(ws.Workspace) + "/onlineendpoints/score/deployments/blue"),
		EndpointName: "score", Workspace: ws.Workspace, Kind: model.TargetManaged, VMSize: "Standard_DS3_v2", Price: price,
	}
	return m
}

// poll is the workspace with so many nodes, of which some stand idle, and so
// many instances.
func (m *mixed) poll(h float64, nodes, idle, instances int) *model.Snapshot {
	now := at(h)
	m.seq++
	extend := func(meter model.Meter, units int, p model.Price) model.Meter {
		var spans []model.Span
		if len(meter) > 0 {
			spans = meter[0].Spans
		}
		return model.Meter{{Kind: model.ChargeCompute, Price: p, Spans: model.Extend(spans, units, now)}}
	}
	m.cluster.Nodes = model.NodeCounts{Idle: idle, Running: nodes - idle}
	m.cluster.Meter = extend(m.cluster.Meter, nodes, m.cluster.Price)
	m.online.Instances = instances
	m.online.Meter = extend(m.online.Meter, instances, m.online.Price)
	cluster, online := m.cluster, m.online
	parts := func() model.Parts {
		ws := part("vision")
		return model.Parts{string(ws.Workspace): {Scope: string(ws.Workspace), Name: ws.Name, AsOf: now}}
	}
	s := &model.Snapshot{
		Seq: m.seq, Clock: model.Clock{Wall: now, Time: now, Speed: 1}, Clusters: []*model.Cluster{&cluster}, Deployments: []*model.Deployment{&online},
		Parts: map[model.SectionKey]model.Parts{model.SectionComputes: parts(), model.SectionEndpoints: parts()},
	}
	return s.Seal()
}

// TestClustersAndDeployments follows node counts, the share of them that stood
// idle, and instance counts through the recorder.
func TestClustersAndDeployments(t *testing.T) {
	s, m := openNew(t), newMixed()
	r := (&fleet{now: at(0)}).recorder(s)
	r.diff = newDiffer(2 * time.Hour)
	script := []struct{ nodes, idle, instances int }{
		{0, 0, 2}, {4, 1, 2}, {4, 4, 2}, {4, 4, 3}, {2, 0, 3}, {0, 0, 1}, {0, 0, 1},
	}
	var want [3]int // node hours, idle hours, instance hours
	for h, step := range script {
		r.o.Now = func() time.Time { return at(float64(h)) }
		r.offer(t, m.poll(float64(h), step.nodes, step.idle, step.instances))
		if h < len(script)-1 {
			want[0], want[1], want[2] = want[0]+step.nodes, want[1]+step.idle, want[2]+step.instances
		}
	}
	r.diff.coverAll()
	r.write(t.Context())
	end := at(float64(len(script) - 1))
	for _, settled := range []float64{0, 4} {
		if err := s.Settle(t.Context(), at(settled)); err != nil {
			t.Fatal(err)
		}
		list, err := s.Costs(t.Context(), Question{By: ByKind, Period: model.Monthly, Window: model.Window{From: at(0), To: end}, Now: end})
		if err != nil || len(list) != 2 {
			t.Fatal(list, err)
		}
		for _, c := range list {
			units, idle := want[0], want[1]
			if c.Key == "deployment" {
				units, idle = want[2], 0
			}
			if c.Units != int64(units)*3_600_000 || c.Compute.Money() != model.Money(units)*model.Unit || c.Idle.Money() != model.Money(idle)*model.Unit || c.Unobserved != 0 {
				t.Errorf("settled %v, %s: %+v, want %d VM hours, %d of them idle", settled, c.Key, c.Spend, units, idle)
			}
		}
	}
	counts := map[string][]int{string(m.cluster.ID): {0, 4, 4, 2, 0}, string(m.online.ID): {2, 3, 1}}
	for id, want := range counts {
		l, err := s.Life(t.Context(), id, model.Window{From: at(0), To: end})
		if err != nil || len(l.Intervals) != len(want) {
			t.Fatalf("%s: %+v, %v", id, l.Intervals, err)
		}
		for i, n := range want {
			if l.Intervals[i].Units != n {
				t.Errorf("%s: interval %d has %d VMs, want %d", l.Name, i, l.Intervals[i].Units, n)
			}
		}
	}
	list, err := s.Costs(t.Context(), Question{By: BySize, Period: model.Monthly, Window: model.Window{From: at(0), To: end}, Now: end})
	if got := figures(list); err != nil || got != "Standard_NC6 LowPriority 14.00, Standard_DS3_v2 13.00" {
		t.Errorf("by size: %s, %v", got, err)
	}
}
