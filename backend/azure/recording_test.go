package azure

import (
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// made opens a cassette of this repository. They are made up where no public
// recording has the exchange, and say so.
func made(t *testing.T, name string) *cassette {
	t.Helper()
	return insert(t, filepath.Join("testdata", "cassettes", name+".json"))
}

func recording(t *testing.T, name string) *cassette {
	t.Helper()
	return insert(t, filepath.Join(sharedDir(t, "recorded"), name+".json"))
}

// idAt is the id of the resource that the n-th recorded request is about.
func (c *cassette) idAt(n int, suffix string) string {
	c.t.Helper()
	u, err := url.Parse(c.tape[n].URL)
	if err != nil {
		c.t.Fatal(err)
	}
	return strings.TrimSuffix(u.Path, suffix)
}

// TestCarried carries commands over cassettes, strictly: what is asked, in what
// order and with which body is part of the recording.
func TestCarried(t *testing.T) {
	scale := &model.Scale{Min: 0, Max: 8, IdleBeforeScaleDown: 2 * time.Minute}
	for name, tc := range map[string]struct {
		on       *cassette
		cmd      model.Command
		progress string // what polling said, in order
	}{
		"start":    {made(t, "start"), commandOn(model.VerbStart, testWS+"/computes/ana"), "InProgress,"},
		"restart":  {made(t, "restart"), commandOn(model.VerbRestart, testWS+"/computes/ana"), "InProgress,"},
		"undeploy": {made(t, "undeploy"), commandOn(model.VerbUndeploy, testWS+"/onlineEndpoints/e/deployments/d"), ",Updating,"},
		"cancel":   {made(t, "cancel"), commandOn(model.VerbCancelJob, testWS+"/jobs/j"), ""},
		"lost":     {made(t, "lost"), commandOn(model.VerbStop, testWS+"/computes/ana"), "asking the resource itself,Stopping,"},
		"unheard":  {made(t, "unheard"), commandOn(model.VerbStop, testWS+"/computes/ana"), "Stopping,"},
		"silent":   {made(t, "silent"), commandOn(model.VerbStop, testWS+"/computes/ana"), "asking the resource itself,"},
		"traffic": {made(t, "traffic"), model.Command{
			Verb: model.VerbTraffic, ARMID: testWS + "/onlineEndpoints/e", Traffic: map[string]int{"blue": 80, "green": 20},
		}, "Updating,"},
	} {
		t.Run(name, func(t *testing.T) {
			carryOver(t, tc.on, tc.cmd, tc.progress)
			if name != "start" && name != "cancel" { // their last answer is for reading back
				tc.on.finished()
			}
		})
	}
	t.Run("recorded stop", func(t *testing.T) {
		c := recording(t, "Stop-AzMLWorkspaceCompute")
		carryOver(t, c, commandOn(model.VerbStop, c.idAt(0, "/stop")), "InProgress,InProgress,")
		c.finished()
	})
	t.Run("recorded change and delete", func(t *testing.T) {
		c := recording(t, "New-AzMLWorkspaceCompute")
		c.skip(3) // its creation
		id := c.idAt(3, "")
		cmd := commandOn(model.VerbScale, id)
		cmd.Scale = scale
		carryOver(t, c, cmd, "")
		if st, err := c.client().State(t.Context(), cmd); err != nil || !st.Reached {
			t.Errorf("read back: %+v, %v", st, err)
		}
		carryOver(t, c, commandOn(model.VerbDelete, id), "InProgress,")
		c.finished()
	})
}

func carryOver(t *testing.T, c *cassette, cmd model.Command, progress string) {
	t.Helper()
	c.t = t
	client := c.client()
	p, err := client.Begin(t.Context(), cmd)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(poll(t, p), ","); got != progress {
		t.Errorf("progress %q, want %q", got, progress)
	}
}

// TestMadeUpReads reads what no list of a recording shows: what is right after
// a creation, and an end that is a failure.
func TestMadeUpReads(t *testing.T) {
	got, err := made(t, "creating").client().Computes(t.Context(), testWorkspace(), 0)
	if err != nil || len(got.Instances) != 2 || len(got.Clusters) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, i := range got.Instances {
		if i.State != model.StateCreating || i.SSH != "" || len(i.Applications) != 0 || len(i.Faults) != 0 {
			t.Errorf("%+v", i)
		}
	}
	pool := got.Clusters[0]
	if pool.ProvisioningState != "Updating" || pool.Scale != (model.Scale{Max: 4, IdleBeforeScaleDown: 2 * time.Minute}) || pool.Current != 0 || pool.CreatedAt.IsZero() {
		t.Errorf("%+v", pool)
	}

	p, err := made(t, "failed").client().Begin(t.Context(), commandOn(model.VerbStart, testWS+"/computes/ana"))
	if err != nil {
		t.Fatal(err)
	}
	done, _, err := p.Poll(t.Context())
	var r *model.Refusal
	if !done || !errors.As(err, &r) || r.Code != "StartComputeInstanceOnlyAllowedInStoppedState" || r.Status != 0 || r.Next != nextStarted {
		t.Errorf("done %v, %#v", done, err)
	}

	c := made(t, "cancel")
	c.skip(1)
	st, err := c.client().State(t.Context(), commandOn(model.VerbCancelJob, testWS+"/jobs/j"))
	if err != nil || st.Reached || !st.Failed || st.State != "Completed" {
		t.Errorf("a job that ended first: %+v, %v", st, err)
	}
}

// TestRecordedReads makes the recorded reads through the client, strictly.
func TestRecordedReads(t *testing.T) {
	ctx := t.Context()
	t.Run("computes", func(t *testing.T) {
		c := recording(t, "Get-AzMLWorkspaceCompute")
		all, err := c.client().Computes(ctx, workspaceIn(t, c), 0)
		if err != nil || len(all.Clusters)+len(all.Instances) != 2 {
			t.Fatalf("%+v, %v", all, err)
		}
		one, err := c.client().Compute(ctx, c.idAt(1, ""))
		if err != nil || len(one.Instances) != 1 || one.Instances[0].State != model.StateRunning {
			t.Errorf("%+v, %v", one, err)
		}
		c.finished()
	})
	t.Run("nodes", func(t *testing.T) {
		c := recording(t, "Get-AzMLWorkspaceComputeNode")
		cluster := &model.Cluster{Target: model.Target{Resource: model.Resource{ARMID: c.idAt(0, "/listNodes")}}}
		if nodes, err := c.client().Nodes(ctx, cluster); err != nil || len(nodes) != 0 {
			t.Errorf("%v, %v", nodes, err)
		}
		c.finished()
	})
	t.Run("workspaces", func(t *testing.T) {
		c := recording(t, "Get-AzMLWorkspace")
		all, _, err := c.client().Workspaces(ctx, model.SubscriptionID(strings.Split(c.tape[0].URL, "/")[4]), 0)
		if err != nil || len(all) == 0 || all[0].Tenant == "" {
			t.Errorf("%d, %v", len(all), err)
		}
		if doc, err := c.client().Describe(ctx, c.idAt(1, "")); err != nil || !strings.Contains(string(doc), "mlworkspace-test1") {
			t.Errorf("%s, %v", doc, err)
		}
	})
	t.Run("jobs", func(t *testing.T) {
		c := recording(t, "Get-AzMLWorkspaceJob")
		all, _, err := c.client().Jobs(ctx, workspaceIn(t, c), 0)
		if err != nil || len(all) == 0 || all[0].StartedAt.IsZero() {
			t.Fatalf("%d, %v", len(all), err)
		}
		st, err := c.client().State(ctx, commandOn(model.VerbCancelJob, c.idAt(1, "")))
		if err != nil || st.State != "Completed" || !st.Failed {
			t.Errorf("%+v, %v", st, err)
		}
		c.finished()
	})
	t.Run("deployments and endpoints", func(t *testing.T) {
		for name, list := range map[string]string{
			"Get-AzMLWorkspaceOnlineDeployment": "deployments", "Get-AzMLWorkspaceBatchDeployment": "deployments", "Get-AzMLWorkspaceBatchEndpoint": "",
		} {
			c := recording(t, name)
			c.skip(1) // the list: TestReplayDeployments reads it
			if list == "" {
				id, err := inWorkspace(c.idAt(1, ""), 2)
				if err != nil {
					t.Fatal(err)
				}
				e, err := c.client().readEndpoint(ctx, id)
				if err != nil || e.Name != "batchenpoint01" || e.ProvisioningState != "Succeeded" || e.ScoringURI == "" {
					t.Errorf("%+v, %v", e, err)
				}
			} else {
				cmd := commandOn(model.VerbDeploy, c.idAt(1, ""))
				if st, err := c.client().State(ctx, cmd); err != nil || !st.Reached || st.State != "Succeeded" {
					t.Errorf("%s: %+v, %v", name, st, err)
				}
			}
			c.finished()
		}
	})
}

func workspaceIn(t *testing.T, c *cassette) *model.Workspace {
	t.Helper()
	id := string(c.idAt(0, ""))
	id = strings.Join(strings.Split(id, "/")[:9], "/")
	r, err := model.ParseResourceID(id)
	if err != nil {
		t.Fatal(err)
	}
	return &model.Workspace{
		Resource: model.Resource{ARMID: id, Name: r.Name()}, ID: model.WorkspaceIDOf(id),
		Subscription: model.SubscriptionID(r.Subscription), ResourceGroup: r.ResourceGroup,
	}
}
