package sim

import (
	"strings"
	"testing"
	"time"
)

func TestPutEnvironment(t *testing.T) {
	w, ws := small(t, "")
	good := EnvironmentSpec{Name: "serving", Version: "1", Image: "ghcr.io/acme/churn:1.4", Tags: map[string]string{"team": "churn"}, CreatedBy: "Ana Duarte"}
	e, isNew, err := w.PutEnvironment(ws, good)
	if err != nil || !isNew || e.ID() != ws.ID()+"/environments/serving/versions/1" || e.CreatedAt != w.Now() {
		t.Fatalf("%+v, new %v, %v", e, isNew, err)
	}
	w.after(time.Hour)
	for name, tt := range map[string]struct {
		change func(*EnvironmentSpec)
		status int // of the refusal; 0: taken
		isNew  bool
	}{
		"the same again":     {func(*EnvironmentSpec) {}, 0, false},
		"other letter case":  {func(s *EnvironmentSpec) { s.Name = "SERVING" }, 0, false},
		"words about it":     {func(s *EnvironmentSpec) { s.Description = "of the churn model" }, 0, false},
		"another image":      {func(s *EnvironmentSpec) { s.Image = "ghcr.io/acme/churn:1.5" }, 409, false},
		"another conda file": {func(s *EnvironmentSpec) { s.Conda = "name: x" }, 409, false},
		"another version":    {func(s *EnvironmentSpec) { s.Version = "2"; s.Image = "ghcr.io/acme/churn:1.5" }, 0, true},
		"no image":           {func(s *EnvironmentSpec) { s.Version = "3"; s.Image = "" }, 400, false},
		"a name of no kind":  {func(s *EnvironmentSpec) { s.Name = "a b" }, 400, false},
	} {
		t.Run(name, func(t *testing.T) {
			spec := good
			tt.change(&spec)
			e, isNew, err := w.PutEnvironment(ws, spec)
			if tt.status != 0 {
				if got := denial(t, err).Status; got != tt.status {
					t.Errorf("refused with %d: %v", got, err)
				}
				return
			}
			if err != nil || isNew != tt.isNew || ws.FindEnvironment(spec.Name, spec.Version) != e {
				t.Fatalf("%+v, new %v, %v", e, isNew, err)
			}
			if e.Description != spec.Description || e.ModifiedAt != w.Now() || !isNew && e.CreatedAt == w.Now() {
				t.Errorf("kept as %+v", e)
			}
		})
	}
}

// TestDeployImages: a registered image needs no model, and decides whether it
// can be built.
func TestDeployImages(t *testing.T) {
	for image, code := range map[string]string{"ghcr.io/acme/churn:1.4": "", "ghcr.io/acme/BROKEN:1": "ImageBuildFailure"} {
		w, e := serving(t)
		spec := DeploymentSpec{Name: "blue", VMSize: "Standard_DS3_v2", Environment: e.Workspace.ID() + "/environments/images/versions/a1"}
		if _, _, err := w.PutDeployment(e, spec); denial(t, err).Status != 400 {
			t.Errorf("no model and an unknown environment: %v", err)
		}
		if _, _, err := w.PutEnvironment(e.Workspace, EnvironmentSpec{Name: "images", Version: "A1", Image: image}); err != nil {
			t.Fatal(err)
		}
		d, op, err := w.PutDeployment(e, spec)
		if err != nil {
			t.Fatal(err)
		}
		w.after(10 * time.Minute)
		switch {
		case code == "" && (d.ProvisioningState != provisioned || op.Error != nil):
			t.Errorf("%s: %s, %v", image, d.ProvisioningState, op.Error)
		case code != "" && (op.Error == nil || op.Error.Code != code || !strings.Contains(op.Error.Message, image)):
			t.Errorf("%s: %s, %v", image, d.ProvisioningState, op.Error)
		case code != "" && !strings.Contains(strings.Join(d.Logs, "\n"), "FROM "+image):
			t.Errorf("%s: the log does not tell: %q", image, d.Logs)
		}
	}
}
