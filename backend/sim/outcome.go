package sim

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

const codeOutOfQuota = "OutOfQuota"

// outcome decides how a deployment ends and how long that takes.
func (w *World) outcome(d *Deployment) (time.Duration, *Denial) {
	if d.Endpoint.Batch {
		return d.rng.between(15*time.Second, 30*time.Second), nil
	}
	if no := d.outOfQuota(d.needs(d.Instances)); no != nil {
		return d.rng.between(20*time.Second, 50*time.Second), no
	}
	switch asked := strings.ToLower(d.Model + " " + d.Scoring); {
	case !d.buildable():
		return d.rng.between(3*time.Minute, 5*time.Minute), d.imageBuildFailure()
	case strings.Contains(asked, "crash"):
		return d.rng.between(6*time.Minute, 9*time.Minute), d.notReady()
	default:
		return d.rng.between(5*time.Minute, 8*time.Minute), nil
	}
}

// needs is how many vCPUs the service reserves for n instances: a fifth more
// than they have, for upgrades, except for the sizes exempt from it.
func (d *Deployment) needs(n int) int {
	if d.Kind != kindManaged {
		return 0
	}
	if !catalog.SkipsReservation(model.SizeName(d.VMSize)) {
		n = int(math.Ceil(1.2*float64(n) - 1e-9))
	}
	return n * d.hw.cores
}

func (d *Deployment) outOfQuota(more int) *Denial {
	if d.Kind != kindManaged || more <= d.bound.room(d.hw, false) {
		return nil
	}
	used, limit := d.bound.used.family[d.hw.family], d.bound.limit(d.hw.family)
	if d.bound.DedicatedLimit-d.bound.used.dedicated < limit-used {
		used, limit = d.bound.used.dedicated, d.bound.DedicatedLimit
	}
	return &Denial{http.StatusBadRequest, codeOutOfQuota, fmt.Sprintf(
		"Not enough cluster CPU quota. The amount of additional CPU quota requested is %d, and you are currently using %d. Your amount of maximum quota is %d.",
		more, used, limit)}
}

func (d *Deployment) imageBuildFailure() *Denial {
	step, why := d.brokenStep()
	return &Denial{http.StatusBadRequest, "ImageBuildFailure", fmt.Sprintf(
		"The image of environment %s could not be built. %s: %s. The build log is in the workspace's storage under azureml-logs/20_image_build_log.txt.",
		model.AssetName(d.Environment), step, why)}
}

func (d *Deployment) notReady() *Denial {
	return &Denial{http.StatusBadRequest, "ResourceNotReady", fmt.Sprintf(
		"The container of deployment %s has crashed and does not become ready: init() of %s raised an error. Look at the deployment's logs.",
		d.Name, scoringOr(d.Scoring))}
}

// reserve sets the vCPUs that count for a deployment.
func (w *World) reserve(d *Deployment, cores int) {
	if d.bound == nil || cores == d.reserved {
		return
	}
	if less := d.reserved - cores; less > 0 {
		w.free(d.bound, d.hw, false, less)
	} else {
		d.bound.take(d.hw, false, -less)
	}
	d.reserved = cores
}

// allocated says how many VMs of a deployment exist and are billed. They exist
// from the request on. A build that fails gives them up; a container that
// crashes does not, and so goes on being billed.
func (w *World) allocated(d *Deployment, n int) {
	if d.Kind == kindManaged {
		w.bill(&d.meter, d.ID, n, sold{deployment: d, size: d.VMSize})
	}
}

func scoringOr(script string) string {
	if script == "" {
		return "score.py"
	}
	return script
}
