package backendtest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// record is what every row of a list has.
type record struct {
	*model.Resource
	id        string            // the row's identity
	workspace model.WorkspaceID // that it says it is in; "" for a workspace itself
}

// checkRecords holds what is true of the rows of any list: identities are the
// ids folded, ids parse and end in the names, nothing is there twice, what is
// in a workspace says so, and times are those of a service that began in 2015.
func checkRecords(t *testing.T, what string, ws model.WorkspaceID, rows []record) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range rows {
		parsed, err := model.ParseResourceID(r.ARMID)
		switch {
		case err != nil:
			t.Errorf("%s: %v", what, err)
		case !strings.EqualFold(parsed.Name(), r.Name) || r.Name == "":
			t.Errorf("%s: %q is the name of %s", what, r.Name, r.ARMID)
		case r.id != model.Fold(r.ARMID):
			t.Errorf("%s: the identity of %s is %s", what, r.ARMID, r.id)
		case r.workspace != ws || ws != "" && !strings.HasPrefix(r.id, string(ws)+"/"):
			t.Errorf("%s: %s is said to be in %q, want %q", what, r.ARMID, r.workspace, ws)
		}
		if seen[r.id] {
			t.Errorf("%s: %s is there twice", what, r.ARMID)
		}
		seen[r.id] = true
		checkTimes(t, what+" "+r.Name, r.CreatedAt, r.ModifiedAt)
	}
}

// checkTimes holds that moments are unknown, or could have been.
func checkTimes(t *testing.T, what string, times ...time.Time) {
	t.Helper()
	for _, at := range times {
		if !at.IsZero() && (at.Year() < 2015 || at.Year() > 2100) {
			t.Errorf("%s: %s is no time for anything", what, at)
		}
	}
}

// targets are the compute targets of an answer, and checked as such.
func checkComputes(t *testing.T, ws model.WorkspaceID, all backend.Computes) []*model.Target {
	t.Helper()
	var targets []*model.Target
	for _, c := range all.Clusters {
		targets = append(targets, &c.Target)
		if c.Scale.Min < 0 || c.Scale.Max < c.Scale.Min || c.Current < 0 {
			t.Errorf("cluster %s: %+v, %d nodes", c.Name, c.Scale, c.Current)
		}
	}
	for _, i := range all.Instances {
		targets = append(targets, &i.Target)
		checkTimes(t, i.Name, i.Last.Time, i.RunningSince)
	}
	for _, a := range all.Attached {
		targets = append(targets, &a.Target)
	}
	var rows []record
	for _, target := range targets {
		rows = append(rows, record{&target.Resource, string(target.ID), target.Workspace})
		if target.ComputeType == "" {
			t.Errorf("compute %s has no type", target.Name)
		}
	}
	checkRecords(t, "computes", ws, rows)
	return targets
}

func checkEndpoints(t *testing.T, ws model.WorkspaceID, all backend.Endpoints) {
	t.Helper()
	var rows []record
	known := map[model.EndpointID]bool{}
	for _, e := range all.Endpoints {
		known[e.ID] = true
		rows = append(rows, record{&e.Resource, string(e.ID), e.Workspace})
	}
	for _, d := range all.Deployments {
		rows = append(rows, record{&d.Resource, string(d.ID), d.Workspace})
		if !known[d.Endpoint] || d.Kind == "" || d.Instances < 0 {
			t.Errorf("deployment %s of endpoint %q: kind %q, %d instances", d.ARMID, d.Endpoint, d.Kind, d.Instances)
		}
	}
	checkRecords(t, "endpoints", ws, rows)
}

func checkJobs(t *testing.T, ws model.WorkspaceID, all []*model.Job) {
	t.Helper()
	var rows []record
	for _, j := range all {
		rows = append(rows, record{&j.Resource, string(j.ID), j.Workspace})
		checkTimes(t, j.Name, j.StartedAt, j.EndedAt)
		if !j.EndedAt.IsZero() && j.EndedAt.Before(j.StartedAt) {
			t.Errorf("job %s began %s and ended %s", j.Name, j.StartedAt, j.EndedAt)
		}
	}
	checkRecords(t, "jobs", ws, rows)
}

func checkWorkspaces(t *testing.T, sub model.SubscriptionID, all []*model.Workspace) {
	t.Helper()
	var rows []record
	for _, w := range all {
		rows = append(rows, record{&w.Resource, string(w.ID), ""})
		if w.Subscription != sub || w.ResourceGroup == "" || w.Kind == "" {
			t.Errorf("workspace %s: subscription %q, group %q, kind %q", w.ARMID, w.Subscription, w.ResourceGroup, w.Kind)
		}
	}
	checkRecords(t, "workspaces", "", rows)
}

func checkQuotas(t *testing.T, all []*model.Quota) {
	t.Helper()
	for _, q := range all {
		if q.Name == "" || q.Used < 0 || q.Limit < -1 {
			t.Errorf("quota: %+v", q)
		}
	}
}

// checkHeld holds that an answer of which the caller has the version comes back
// without rows.
func checkHeld(t *testing.T, what string, version backend.Version, again func(backend.Version) (int, backend.Version, error)) {
	t.Helper()
	if version == 0 {
		t.Errorf("%s: the answer has no version", what)
		return
	}
	if rows, same, err := again(version); err != nil || rows != 0 || same != version {
		t.Errorf("%s, asked again by who has it: %d rows, version %d after %d, %v", what, rows, same, version, err)
	}
}

// checkDescribed holds that a resource is described as it was listed, in the
// service's own words, known to this program or not.
func checkDescribed(t *testing.T, raw json.RawMessage, r *model.Resource) {
	t.Helper()
	var doc struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		Properties struct {
			ProvisioningState string `json:"provisioningState"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Errorf("%s is described as %s: %v", r.ARMID, raw, err)
		return
	}
	if !strings.EqualFold(doc.ID, r.ARMID) || !strings.EqualFold(doc.Name, r.Name) || doc.Properties.ProvisioningState != r.ProvisioningState {
		t.Errorf("%s, %s is described as %s, %s", r.ARMID, r.ProvisioningState, doc.ID, doc.Properties.ProvisioningState)
	}
}

// checkRefused holds that a no is told in the service's words, with a way out.
func checkRefused(t *testing.T, what string, err error, status int) {
	t.Helper()
	class := map[int]error{401: model.ErrDenied, 403: model.ErrDenied, 404: model.ErrNotFound}[status]
	if status == 401 {
		class = nil
	}
	wantClass(t, what, err, class)
	if no, ok := asRefusal(err); ok && (no.Status != status || no.Message == "" || no.Next == "") {
		t.Errorf("%s: a %d is told as %#v", what, status, no)
	}
}
