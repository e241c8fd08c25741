package ui

import (
	"errors"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// openTraffic opens the form for an endpoint's traffic.
func (a *App) openTraffic(e *model.Endpoint) tea.Cmd {
	behind := a.snap.Behind(e.ID)
	if len(behind) == 0 {
		a.notify(model.HealthWarn, e.Name+" has no deployment to send traffic to")
		return nil
	}
	a.dialogs.Open(trafficForm(a.snap, e, behind))
	return nil
}

// trafficForm divides an online endpoint's traffic, or chooses a batch
// endpoint's default.
func trafficForm(s *model.Snapshot, e *model.Endpoint, behind []*model.Deployment) *dialog.Form {
	var fields []dialog.Field
	if e.Kind == model.BatchEndpoint {
		var options []dialog.Option
		for _, d := range behind {
			options = append(options, dialog.Option{Value: d.Name})
		}
		fields = append(fields, dialog.Choice("default", "default deployment", e.Default, options))
	} else {
		for _, d := range behind {
			fields = append(fields, dialog.Text(d.Name, d.Name+" %", strconv.Itoa(max(0, e.Traffic[d.Name])), ""))
		}
	}
	return dialog.NewForm("Traffic of "+e.Name, "preview", fields, func(v dialog.Values) dialog.Judged {
		traffic, err := shares(e, behind, v)
		if err != nil {
			return dialog.Judged{Errors: sentences(err)}
		}
		command := model.Command{
			Verb: model.VerbTraffic, Target: string(e.ID), ARMID: e.ARMID, Name: e.Name,
			Workspace: e.Workspace, Traffic: traffic,
		}
		return judged(nil, command, model.Check(s, command))
	})
}

// shares reads the traffic from a form.
func shares(e *model.Endpoint, behind []*model.Deployment, v dialog.Values) (map[string]int, error) {
	if e.Kind == model.BatchEndpoint {
		return map[string]int{v["default"]: 100}, nil
	}
	traffic := make(map[string]int, len(behind))
	var errs []error
	for _, d := range behind {
		n, err := number(d.Name, v[d.Name])
		errs = append(errs, err)
		traffic[d.Name] = n
	}
	return traffic, errors.Join(errs...)
}
