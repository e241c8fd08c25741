package backendtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// scaleIn is the scale settings of a cluster in a body.
type scaleIn struct {
	Min  int    `json:"minNodeCount"`
	Max  *int   `json:"maxNodeCount"`
	Idle string `json:"nodeIdleTimeBeforeScaleDown"`
}

// computeIn is the body of a PUT or PATCH of a compute.
type computeIn struct {
	Location   string `json:"location"`
	Properties struct {
		ComputeType string `json:"computeType"`
		Description string `json:"description"`
		Properties  struct {
			VMSize   string   `json:"vmSize"`
			Priority string   `json:"vmPriority"`
			Scale    *scaleIn `json:"scaleSettings"`
		} `json:"properties"`
	} `json:"properties"`
}

func (p *player) into(v any) bool {
	raw, err := json.Marshal(p.request())
	return err == nil && json.Unmarshal(raw, v) == nil
}

func (s *scaleIn) scale() model.Scale {
	return model.Scale{Min: s.Min, Max: *s.Max, IdleBeforeScaleDown: period(s.Idle)}
}

// playCreate creates a cluster or an instance. That the name is free is stood
// in for; over what is there nothing is created.
func playCreate(t *testing.T, p *player, id resourcePath) bool {
	var in computeIn
	if !p.into(&in) {
		return false
	}
	inner := in.Properties.Properties
	spec := model.ComputeSpec{
		Kind: in.Properties.ComputeType, Name: id.parsed.Name(), Location: in.Location, VMSize: model.SizeName(inner.VMSize),
		Description: in.Properties.Description, Priority: model.Priority(inner.Priority),
	}
	if inner.Scale != nil && inner.Scale.Max != nil {
		spec.Scale = inner.Scale.scale()
	}
	if spec.Location == "" {
		spec.Location = "eastus"
	}
	if spec.Validate() != nil { // attached, or of a form this program does not create
		return false
	}
	c := model.CreateCommand(id.workspace(), spec)
	c.ARMID, c.Target = id.resource, model.Fold(id.resource)
	p.tape.cue(p.n, notThere(id.resource))
	pending, err := p.Cloud.Begin(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if _, _, err = pending.Poll(t.Context()); err != nil || p.tape.heard[p.Exchange] {
			break
		}
		p.Advance(10 * time.Second)
	}
	if p.Status >= http.StatusBadRequest {
		p.judge(t, err, nil)
		return true
	}
	checkSent(t, p)
	p.tape.cue(p.n + 1)
	if over, err := p.follow(t, pending); err != nil {
		wantClass(t, "create, at its end", err, nil)
	} else if over && p.tape.later(p.n, id.resource) {
		if state, err := p.Cloud.State(t.Context(), c); err != nil || state.Gone {
			t.Errorf("state after the create: %+v, %v", state, err)
		}
	}
	return true
}

// notThere is the service's answer where there is no such resource.
func notThere(armID string) *Exchange {
	return &Exchange{
		Method: http.MethodGet, URL: "https://management.azure.com" + armID, Status: http.StatusNotFound,
		Body: json.RawMessage(`{"error":{"code":"ResourceNotFound","message":"The Resource was not found."}}`),
	}
}

// playDeploy creates the recorded deployment on its endpoint.
func playDeploy(t *testing.T, p *player, id resourcePath) bool {
	var in struct {
		Location string `json:"location"`
		SKU      struct {
			Capacity int `json:"capacity"`
		} `json:"sku"`
		Properties struct {
			Model        json.RawMessage `json:"model"`
			Environment  string          `json:"environmentId"`
			InstanceType string          `json:"instanceType"`
			Compute      string          `json:"compute"`
			Resources    struct {
				InstanceCount int `json:"instanceCount"`
			} `json:"resources"`
		} `json:"properties"`
	}
	if !p.into(&in) {
		return false
	}
	spec := model.DeploymentSpec{
		Kind: model.TargetManaged, Endpoint: id.parsed.Names[1], Name: id.parsed.Name(), Location: in.Location,
		Model: assetOf(in.Properties.Model), Environment: in.Properties.Environment,
		VMSize: model.SizeName(in.Properties.InstanceType), Instances: max(1, in.SKU.Capacity),
	}
	if strings.EqualFold(id.parsed.Types[1], "batchEndpoints") {
		spec.Kind, spec.Cluster, spec.Instances = model.TargetBatch, model.BaseName(in.Properties.Compute), max(1, in.Properties.Resources.InstanceCount)
	}
	if spec.Validate() != nil || in.Location == "" {
		return false
	}
	c := id.command(model.VerbDeploy)
	c.Deploy = &spec
	return p.obey(t, id, c)
}

// assetOf is the id of a model: online deployments name it, batch ones wrap it.
func assetOf(raw json.RawMessage) string {
	var name string
	var wrapped struct {
		AssetID string `json:"assetId"`
	}
	if json.Unmarshal(raw, &name) != nil && json.Unmarshal(raw, &wrapped) == nil {
		return wrapped.AssetID
	}
	return name
}
