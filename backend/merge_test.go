package backend

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// TestMergeProperties lets a random fleet live through many polls and holds
// what must hold after each: order, pointers, meters that never go back.
func TestMergeProperties(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		states := model.InstanceStates()
		truth := map[string]model.InstanceState{}
		var rows []*model.Instance
		var seen time.Time
		spent := map[model.ComputeID]model.Money{}
		for poll := range 60 {
			now := noon.Add(time.Duration(poll) * time.Minute)
			changed := map[string]bool{}
			for range rng.IntN(4) {
				name := fmt.Sprintf("i%d", rng.IntN(8))
				state := states[rng.IntN(len(states))].State
				if rng.IntN(5) == 0 {
					delete(truth, name)
				} else {
					truth[name] = state
				}
				changed[name] = true
			}
			var fresh []*model.Instance
			for name, state := range truth {
				fresh = append(fresh, instance(name, state))
			}
			before := byName(rows)
			j := joinsAt(now, seen)
			rows, _ = merge(j.instanceKind(), fresh, rows)
			if !slices.IsSortedFunc(rows, func(a, b *model.Instance) int { return cmpName(a, b) }) || len(rows) != len(truth) {
				t.Fatalf("seed %d, poll %d: rows are not the truth in order", seed, poll)
			}
			for _, r := range rows {
				if was := before[r.Name]; was != nil && !changed[r.Name] && was != r {
					t.Fatalf("seed %d, poll %d: %s did not change but is another pointer", seed, poll, r.Name)
				}
				cost := r.Meter.Between(noon.Add(-time.Hour), now)
				if before[r.Name] != nil && cost < spent[r.ID] {
					t.Fatalf("seed %d, poll %d: the cost of %s went from %v back to %v", seed, poll, r.Name, spent[r.ID], cost)
				}
				spent[r.ID] = cost
				checkSpans(t, r.Meter)
			}
			again := rejoin(j.instanceKind(), rows)
			if len(rows) > 0 && &again[0] != &rows[0] {
				t.Fatalf("seed %d, poll %d: joining the same again gave another slice", seed, poll)
			}
			seen = now
		}
	}
}

func byName(rows []*model.Instance) map[string]*model.Instance {
	m := map[string]*model.Instance{}
	for _, r := range rows {
		m[r.Name] = r
	}
	return m
}

func cmpName(a, b *model.Instance) int {
	switch {
	case a.Name < b.Name:
		return -1
	case a.Name > b.Name:
		return 1
	}
	return 0
}

// checkSpans holds that spans are in order, do not overlap, and only the last
// is open.
func checkSpans(t *testing.T, m model.Meter) {
	t.Helper()
	for _, c := range m {
		for i, s := range c.Spans {
			switch {
			case s.Open() && i != len(c.Spans)-1:
				t.Fatalf("an open span is followed by another: %+v", c.Spans)
			case !s.Open() && s.To.Before(s.From):
				t.Fatalf("a span ends before it begins: %+v", c.Spans)
			case i > 0 && s.From.Before(c.Spans[i-1].To):
				t.Fatalf("spans overlap: %+v", c.Spans)
			}
		}
	}
}

func TestMergeTellsWhatMoved(t *testing.T) {
	kind := joinsAt(noon, time.Time{}).instanceKind()
	old, _ := merge(kind, []*model.Instance{instance("a", model.StateRunning), instance("b", model.StateRunning), instance("c", model.StateRunning)}, nil)
	kind = joinsAt(at(1), noon).instanceKind()
	_, moved := merge(kind, []*model.Instance{instance("a", model.StateRunning), instance("b", model.StateStopped), instance("d", model.StateRunning)}, old)
	var got []string
	for _, m := range moved {
		got = append(got, instanceChange(m.before, m.after).Name+" "+instanceChange(m.before, m.after).Text)
	}
	want := []string{"b Running → Stopped", "d appeared, Running", "c gone"}
	if !slices.Equal(got, want) {
		t.Errorf("moved %q, want %q", got, want)
	}
}

func TestChangeTexts(t *testing.T) {
	c := func(n model.NodeCounts) *model.Cluster { return cluster("gpu", n) }
	scaled := c(model.NodeCounts{})
	scaled.Scale.Min, scaled.Scale.Max = 1, 4
	tests := []struct {
		name string
		got  model.Change
		want string
		h    model.Health
	}{
		{"drained", clusterChange(c(model.NodeCounts{Idle: 4}), c(model.NodeCounts{})), "4 → 0 nodes", model.HealthQuiet},
		{"grew", clusterChange(c(model.NodeCounts{}), c(model.NodeCounts{Preparing: 1})), "0 → 1 node", model.HealthChange},
		{"preempted", clusterChange(c(model.NodeCounts{}), c(model.NodeCounts{Preempted: 2})), "2 nodes preempted", model.HealthWarn},
		{"scaled", clusterChange(c(model.NodeCounts{}), scaled), "scale 0–8 → 1–4", model.HealthChange},
		{"node states only", clusterChange(c(model.NodeCounts{Idle: 1}), c(model.NodeCounts{Running: 1})), "", model.HealthGood},
		{"job over", jobChange(&model.Job{Status: model.JobRunning}, &model.Job{Status: model.JobFailed}), "Running → Failed", model.HealthBad},
		{"job fell off the list", jobChange(&model.Job{Status: model.JobRunning}, nil), "", model.HealthQuiet},
		{"deployment", deploymentChange(
			&model.Deployment{Resource: model.Resource{ProvisioningState: "Creating"}},
			&model.Deployment{Resource: model.Resource{ProvisioningState: "Failed"}}), "Creating → Failed", model.HealthBad},
		{"deployment scaled", deploymentChange(
			&model.Deployment{Resource: model.Resource{ProvisioningState: "Succeeded"}, Instances: 1},
			&model.Deployment{Resource: model.Resource{ProvisioningState: "Succeeded"}, Instances: 3}), "1 → 3 instances", model.HealthGood},
		{"endpoint gone", endpointChange(&model.Endpoint{}, nil), "gone", model.HealthQuiet},
		{"attached appeared", attachedChange(nil, &model.Attached{Target: model.Target{Resource: model.Resource{ProvisioningState: "Succeeded"}}}), "appeared, Succeeded", model.HealthGood},
	}
	for _, tt := range tests {
		if tt.got.Text != tt.want || tt.want != "" && tt.got.Health != tt.h {
			t.Errorf("%s: %q %v, want %q %v", tt.name, tt.got.Text, tt.got.Health, tt.want, tt.h)
		}
	}
}
