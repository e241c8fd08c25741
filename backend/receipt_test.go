package backend

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestReceipts(t *testing.T) {
	usd := func(m model.Money) model.Price {
		return model.Price{PerHour: m, Currency: "USD", Source: model.PriceService}
	}
	since := at(-542)
	running := facts{
		runningSince: since, price: usd(12_240_000), units: 1, standing: usd(45_750), residue: []string{"disk", "load balancer"},
		compute: model.Meter{{Price: usd(12_240_000), Spans: []model.Span{{From: since, Units: 1}}}},
	}
	unpriced := running
	unpriced.price = model.Price{}
	bare := running
	bare.standing, bare.residue = model.Price{}, nil
	one := running
	one.residue = []string{"disk"}
	tests := []struct {
		name  string
		verb  model.Verb
		state string
		cmd   model.Command
		facts facts
		want  string
	}{
		{"stop", model.VerbStop, "Stopped", model.Command{}, running, "Stopped, verified; this run cost $110.57 over 9h02m; disk and load balancer go on at $0.05/h"},
		{"stop, one thing goes on", model.VerbStop, "Stopped", model.Command{}, one, "Stopped, verified; this run cost $110.57 over 9h02m; disk goes on at $0.05/h"},
		{"stop, no residue", model.VerbStop, "Stopped", model.Command{}, bare, "Stopped, verified; this run cost $110.57 over 9h02m"},
		{"stop, price unknown", model.VerbStop, "Stopped", model.Command{}, unpriced, "Stopped, verified; this run took 9h02m, its price is not known; disk and load balancer go on at $0.05/h"},
		{"stop, nothing known", model.VerbStop, "Stopped", model.Command{}, facts{}, "Stopped, verified"},
		{"delete", model.VerbDelete, "gone", model.Command{}, running, "deleted, verified; this run cost $110.57 over 9h02m; nothing goes on billing"},
		{"start", model.VerbStart, "Running", model.Command{}, facts{price: usd(290_000), units: 1}, "Running, verified after 4m; bills $0.29/h"},
		{"start, price unknown", model.VerbStart, "Running", model.Command{}, facts{}, "Running, verified after 4m"},
		{"scale to zero", model.VerbScale, "Steady 2 nodes, 0–4", model.Command{Scale: &model.Scale{Max: 4}}, facts{price: usd(290_000)},
			"Steady 2 nodes, 0–4, verified; drains to zero, and costs nothing then"},
		{"scale with a floor", model.VerbScale, "Steady 2 nodes, 2–4", model.Command{Scale: &model.Scale{Min: 2, Max: 4}}, facts{price: usd(290_000)},
			"Steady 2 nodes, 2–4, verified; its minimum of 2 nodes costs $0.58/h at rest"},
		{"deploy", model.VerbDeploy, "Succeeded", model.Command{Deploy: &model.DeploymentSpec{Instances: 3}}, facts{price: usd(290_000)}, "Succeeded, verified after 4m; bills $0.87/h"},
		{"deploy with traffic", model.VerbDeploy, "Succeeded", model.Command{Deploy: &model.DeploymentSpec{Instances: 1, Traffic: 30}}, facts{price: usd(290_000)}, "Succeeded, verified after 4m, carries 30 % of the traffic; bills $0.29/h"},
		{"undeploy", model.VerbUndeploy, "gone", model.Command{}, facts{}, "deleted, verified after 4m"},
		{"cancel", model.VerbCancelJob, "Canceled", model.Command{}, facts{}, "Canceled, verified"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.cmd.Verb = tt.verb
			op := model.Operation{Command: tt.cmd, State: tt.state, Sent: noon.Add(-4 * time.Minute)}
			if got := receipt(op, tt.facts, noon); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
