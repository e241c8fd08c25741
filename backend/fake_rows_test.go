package backend

import (
	"context"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// instance is an instance of ws1.
func instance(name string, state model.InstanceState) *model.Instance {
	id := string(ws1) + "/computes/" + name
	return &model.Instance{
		Target: model.Target{
			Resource: model.Resource{ARMID: id, Name: name, Location: "eastus", ProvisioningState: "Succeeded"},
			ID:       model.ComputeID(id), Workspace: ws1, ComputeType: "ComputeInstance",
		},
		VMSize: "Standard_DS3_v2", State: state,
	}
}

func cluster(name string, nodes model.NodeCounts) *model.Cluster {
	id := string(ws1) + "/computes/" + name
	return &model.Cluster{
		Target: model.Target{
			Resource: model.Resource{ARMID: id, Name: name, Location: "eastus", ProvisioningState: "Succeeded"},
			ID:       model.ComputeID(id), Workspace: ws1, ComputeType: "AmlCompute",
		},
		VMSize: "Standard_NC24s_v3", Priority: model.Dedicated, AllocationState: model.AllocationSteady,
		Scale: model.Scale{Max: 8, IdleBeforeScaleDown: 2 * time.Minute}, Nodes: nodes, Current: nodes.Billed(), TargetNodes: nodes.Billed(),
	}
}

// open opens a session for a test; it is closed at the test's end.
func open(t *testing.T, f *fakeCloud, o Options) *Session {
	t.Helper()
	o.Now = time.Now
	s := Open(t.Context(), f, o)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// latest is the newest snapshot.
func latest(t *testing.T, s *Session) *model.Snapshot {
	t.Helper()
	snap, err := s.Next(t.Context(), 0)
	if err != nil {
		t.Fatalf("next: %v", err)
	}
	return snap
}

func (f *fakeCloud) Usage(ctx context.Context, ws *model.Workspace) (map[string]model.Usage, error) {
	if f.usage == nil {
		return nil, nil
	}
	err := f.ask(ctx, "usage "+ws.Name)
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.usage, err
}

type fakeCall struct {
	name string
	at   time.Time
}
