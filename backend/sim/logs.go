package sim

import (
	"fmt"
	"slices"
	"time"
)

const (
	modelDir    = "/var/azureml-app/azureml-models"
	mostLogged  = 100
	logInterval = 12 * time.Minute
)

// say adds a line to a deployment's log, which keeps the newest lines. Lines
// that were read stay as they are: the log moves to a new array when it is cut.
func (w *World) say(d *Deployment, source, text string) {
	if len(d.Logs) >= 2*mostLogged {
		d.Logs = slices.Clone(d.Logs[len(d.Logs)-mostLogged:])
	}
	d.Logs = append(d.Logs, w.now.Format("2006-01-02T15:04:05.000Z")+" "+source+": "+text)
}

// lament writes down how a deployment failed.
func (w *World) lament(d *Deployment, why *Denial) {
	switch why.Code {
	case "ImageBuildFailure":
		step, cause := d.brokenStep()
		w.say(d, "ImageBuild", step)
		w.say(d, "ImageBuild", cause)
		w.allocated(d, 0)
		w.reserve(d, 0)
	case "ResourceNotReady":
		w.say(d, "Server", "initializing worker, loading model from "+modelDir)
		w.say(d, "Server", "Traceback (most recent call last): in init: model = joblib.load(path)")
		w.say(d, "Server", "ModuleNotFoundError: No module named 'sklearn'")
		w.say(d, "Server", "worker exited with status 3, restarting")
	}
	w.say(d, "Operation", "failed: "+why.Error())
}

// chatter lets a deployment that gets traffic write lines now and then.
func (w *World) chatter(d *Deployment) {
	if w.hushed {
		return
	}
	w.set(&d.requests, d.rng.between(logInterval/2, logInterval*3/2), func() {
		if d.Gone || d.ProvisioningState != provisioned && d.ProvisioningState != scaling {
			return
		}
		if share := d.Endpoint.Traffic[d.Name]; share > 0 {
			w.say(d, "Server", fmt.Sprintf("POST /score 200 %d ms (%d requests since the last line)",
				12+d.rng.n(180), 1+d.rng.n(20*share)))
		}
		w.chatter(d)
	})
}
