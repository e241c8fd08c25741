package backendtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func playSubscriptions(t *testing.T, p *player, _ resourcePath) bool {
	all, err := p.Cloud.Subscriptions(t.Context())
	p.judge(t, err, func() {
		for _, s := range all {
			if s.ID == "" || s.Name == "" {
				t.Errorf("subscription %+v", s)
			}
		}
		p.counted(t, len(all))
	})
	return true
}

// playEvents reads the activity log of the resource that the filter names.
func playEvents(t *testing.T, p *player, _ resourcePath) bool {
	u, err := url.Parse(p.URL)
	if err != nil {
		return false
	}
	_, rest, found := strings.Cut(u.Query().Get("$filter"), "resourceUri eq '")
	armID, _, closed := strings.Cut(rest, "'")
	if !found || !closed {
		return false
	}
	all, err := p.Cloud.Events(t.Context(), armID, time.Time{})
	p.judge(t, err, func() {
		for _, e := range all {
			checkTimes(t, e.Action, e.At)
			if e.At.IsZero() || e.Action == "" || e.Status == "" {
				t.Errorf("event %+v", e)
			}
		}
	})
	return true
}

// playWorkspaces reads the list of a subscription, or of a resource group as if
// it were one.
func playWorkspaces(t *testing.T, p *player, id resourcePath) bool {
	sub := model.SubscriptionID(id.parsed.Subscription)
	path := "/subscriptions/" + id.parsed.Subscription + "/providers/Microsoft.MachineLearningServices/workspaces"
	p.tape.cue(p.n, p.as(http.MethodGet, path))
	p.decoded = true
	if p.Status >= http.StatusBadRequest {
		_, _, err := p.Cloud.Workspaces(t.Context(), sub, 0)
		p.judge(t, err, nil)
		return true
	}
	p.counted(t, len(readWorkspaces(t, p.Cloud, sub)))
	return true
}

func playComputes(t *testing.T, p *player, id resourcePath) bool {
	if p.Status >= http.StatusBadRequest {
		_, err := p.Cloud.Computes(t.Context(), id.workspace(), 0)
		p.judge(t, err, nil)
		return true
	}
	targets := readComputes(t, p.Cloud, id.workspace())
	p.counted(t, len(targets))
	for _, target := range targets {
		if p.tape.later(p.n, target.ARMID) {
			readCompute(t, p.Cloud, target.ARMID, target)
		}
	}
	return true
}

func playCompute(t *testing.T, p *player, id resourcePath) bool {
	if p.Status >= http.StatusBadRequest {
		_, err := p.Cloud.Compute(t.Context(), id.resource)
		p.judge(t, err, nil)
		return true
	}
	readCompute(t, p.Cloud, id.resource, nil)
	return true
}

func playJobs(t *testing.T, p *player, id resourcePath) bool {
	if p.Status >= http.StatusBadRequest {
		_, _, err := p.Cloud.Jobs(t.Context(), id.workspace(), 0)
		p.judge(t, err, nil)
		return true
	}
	p.counted(t, len(readJobs(t, p.Cloud, id.workspace())))
	return true
}

// playJob judges a job by its state, and describes it.
func playJob(t *testing.T, p *player, id resourcePath) bool {
	if p.Status >= http.StatusBadRequest {
		return false
	}
	state, err := p.Cloud.State(t.Context(), id.command(model.VerbCancelJob))
	if err != nil || state.State == "" || state.Gone {
		t.Errorf("state: %+v, %v", state, err)
	}
	readResource(t, p.Cloud, id.resource)
	return true
}

// playEndpoints reads the endpoints of a kind; what else makes up the list, and
// is not on the tape, is empty.
func playEndpoints(t *testing.T, p *player, id resourcePath) bool {
	p.tape.empty = true
	if p.Status >= http.StatusBadRequest {
		_, err := p.Cloud.Endpoints(t.Context(), id.workspace(), 0)
		p.judge(t, err, nil)
		return true
	}
	got := 0
	for _, e := range readEndpoints(t, p.Cloud, id.workspace()).Endpoints {
		if strings.HasPrefix(string(e.ID), p.path()+"/") {
			got++
		}
	}
	p.counted(t, got)
	return true
}

// playDeployments reads the deployments of an endpoint, which is stood in for:
// they are listed with it.
func playDeployments(t *testing.T, p *player, id resourcePath) bool {
	name := model.BaseName(id.resource)
	body, err := json.Marshal(map[string]any{"value": []any{map[string]any{"id": id.resource, "name": name, "properties": map[string]any{}}}})
	if err != nil {
		t.Fatal(err)
	}
	list := strings.TrimSuffix(id.resource, "/"+name)
	p.tape.cue(p.n, &Exchange{Method: http.MethodGet, URL: "https://management.azure.com" + list, Status: http.StatusOK, Body: body})
	p.tape.empty = true
	if p.Status >= http.StatusBadRequest {
		_, err := p.Cloud.Endpoints(t.Context(), id.workspace(), 0)
		p.judge(t, err, nil)
		return true
	}
	got := 0
	for _, d := range readEndpoints(t, p.Cloud, id.workspace()).Deployments {
		if string(d.Endpoint) == model.Fold(id.resource) {
			got++
		}
	}
	p.counted(t, got)
	return true
}

// playDeployment judges a deployment by its state, and describes it.
func playDeployment(t *testing.T, p *player, id resourcePath) bool {
	if p.Status >= http.StatusBadRequest {
		return false
	}
	state, err := p.Cloud.State(t.Context(), id.command(model.VerbDeploy))
	if err != nil || state.State == "" || state.Gone || state.Reached && state.Failed {
		t.Errorf("state: %+v, %v", state, err)
	}
	readResource(t, p.Cloud, id.resource)
	return true
}

func playNodes(t *testing.T, p *player, id resourcePath) bool {
	cluster := &model.Cluster{Target: model.Target{Resource: model.Resource{ARMID: id.resource}, ID: model.ComputeID(model.Fold(id.resource))}}
	nodes, err := p.Cloud.Nodes(t.Context(), cluster)
	p.judge(t, err, func() {
		seen := map[model.NodeID]bool{}
		for _, n := range nodes {
			if n.ID == "" || n.State == "" || n.Cluster != cluster.ID || seen[n.ID] {
				t.Errorf("node %+v", n)
			}
			seen[n.ID] = true
		}
	})
	return true
}

func playLogs(t *testing.T, p *player, id resourcePath) bool {
	_, err := p.Cloud.Logs(t.Context(), id.resource, 100)
	p.judge(t, err, func() {})
	return true
}

func playCapacity(t *testing.T, p *player, id resourcePath) bool {
	may, err := p.Cloud.Capacity(t.Context(), id.resource)
	p.judge(t, err, func() {
		if may.Max < may.Min || may.Max == 0 {
			t.Errorf("capacity %+v", may)
		}
	})
	return true
}

func playQuotas(t *testing.T, p *player, id resourcePath) bool {
	sub := model.SubscriptionID(id.parsed.Subscription)
	if p.Status >= http.StatusBadRequest {
		_, _, err := p.Cloud.Quotas(t.Context(), sub, id.parsed.Name(), 0)
		p.judge(t, err, nil)
		return true
	}
	if n := readQuotas(t, p.Cloud, sub, id.parsed.Name()); n == 0 {
		t.Error("no quota was read")
	}
	return true
}

func playSizes(t *testing.T, p *player, id resourcePath) bool {
	sub := model.SubscriptionID(id.parsed.Subscription)
	if p.Status >= http.StatusBadRequest {
		_, _, err := p.Cloud.Sizes(t.Context(), sub, id.parsed.Name(), 0)
		p.judge(t, err, nil)
		return true
	}
	p.counted(t, readSizes(t, p.Cloud, sub, id.parsed.Name()))
	return true
}
