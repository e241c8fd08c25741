package sim

import (
	"cmp"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Environment is a version of an environment, registered while the world runs.
// Those that a scenario's deployments name are not registered: all that is known
// of them is what their name tells.
type Environment struct {
	Workspace   *Workspace
	Name        string
	Version     string
	Image       string // container image
	Conda       string // conda file; "": the image as it is
	Description string
	Tags        map[string]string
	CreatedAt   time.Time
	ModifiedAt  time.Time
	CreatedBy   string
}

// EnvironmentSpec is what a PUT of an environment's version asks for.
type EnvironmentSpec struct {
	Name, Version string
	Image, Conda  string
	Description   string
	Tags          map[string]string
	CreatedBy     string
}

var assetName = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]{0,254}$`)

// PutEnvironment registers a version of an environment, and reports whether it
// is new. It is there at once: images are built when they are first deployed.
// What runs in a version is fixed from creation on.
func (w *World) PutEnvironment(ws *Workspace, spec EnvironmentSpec) (e *Environment, isNew bool, err error) {
	switch old := ws.FindEnvironment(spec.Name, spec.Version); {
	case !assetName.MatchString(spec.Name) || !assetName.MatchString(spec.Version):
		return nil, false, badArgument("Environment %s:%s is invalid: a name and a version have up to 255 letters, digits, dots, dashes and underscores.", spec.Name, spec.Version)
	case spec.Image == "":
		return nil, false, badArgument("Environment %s:%s names no image.", spec.Name, spec.Version)
	case old != nil && (old.Image != spec.Image || old.Conda != spec.Conda):
		return nil, false, &Denial{http.StatusConflict, "Conflict", "Environment " + old.called() + " is registered with another image or conda file, and those cannot be changed. Register a new version."}
	case old != nil:
		old.Description, old.Tags, old.ModifiedAt = spec.Description, maps.Clone(spec.Tags), w.now
		return old, false, nil
	}
	e = &Environment{
		Workspace: ws, Name: spec.Name, Version: spec.Version, Image: spec.Image, Conda: spec.Conda,
		Description: spec.Description, Tags: maps.Clone(spec.Tags), CreatedAt: w.now, ModifiedAt: w.now, CreatedBy: spec.CreatedBy,
	}
	ws.Environments = append(slices.Clip(ws.Environments), e)
	return e, true, nil
}

// registered is the registered environment that an ARM id names; nil if there
// is none.
func (ws *Workspace) registered(id string) *Environment {
	for _, e := range ws.Environments {
		if strings.EqualFold(e.ID(), id) {
			return e
		}
	}
	return nil
}

// image is the container image that a deployment asks for; "" if its
// environment is not a registered one.
func (d *Deployment) image() string {
	if e := d.Endpoint.Workspace.registered(d.Environment); e != nil {
		return e.Image
	}
	return ""
}

// buildable reports whether the image of a deployment can be built: not if the
// name of its environment or of the registered image says that it is broken.
func (d *Deployment) buildable() bool {
	return !strings.Contains(strings.ToLower(d.Environment+" "+d.image()), "broken")
}

// brokenStep is where the build of a broken image ends, and on what.
func (d *Deployment) brokenStep() (step, why string) {
	if image := d.image(); image != "" {
		return "Step 1/4 : FROM " + image, "manifest for " + image + " not found: manifest unknown"
	}
	return "Step 6/9 : RUN conda env create -f conda.yaml", "ResolvePackageNotFound: torch==2.9.1+cu99"
}

// content is what a deployment is said to deploy: its model, or the environment
// that holds one.
func (d *Deployment) content() string { return cmp.Or(d.Model, d.Environment) }
