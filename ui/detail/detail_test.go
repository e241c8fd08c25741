package detail_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/detail"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

func fleet() pane.Env {
	return pane.Env{Snap: modeltest.Fleet(), Now: modeltest.Now(), Zone: time.UTC}
}

func written(sections []detail.Section) string {
	marks := map[theme.Tone]string{theme.Good: " +", theme.Warn: " !", theme.Bad: " !!", theme.Change: " ~", theme.Money: " $", theme.Dim: " ?"}
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintf(&b, "%s\n", s.Title)
		for _, r := range s.Rows {
			fmt.Fprintf(&b, "  %s: %s%s\n", r.Label, r.Value, marks[r.Tone])
		}
	}
	return b.String()
}

func TestDescribe(t *testing.T) {
	env := fleet()
	s := env.Snap
	rich := *s.Instances[0]
	rich.Schedules = []model.InstanceSchedule{{Action: "Stop", Status: "Enabled", Cron: "0 19 * * 1-5", TimeZone: "W. Europe Standard Time"}}
	rich.Applications = []model.Application{{Name: "Jupyter", URL: "https://ana-gpu.eastus.instances.azureml.ms/tree/"}}
	rich.SSH, rich.CustomApps, rich.Identity = "azureuser@20.1.2.3:4001", 1, true
	rich.Tags = map[string]string{"team": "vision"}
	events := panes.Events(s)
	for name, row := range map[string]any{
		"instance": s.Instances[0], "instance rich": &rich, "instance stopped": s.Instances[4], "instance stuck": s.Instances[6],
		"cluster busy": s.Clusters[0], "cluster floor": s.Clusters[2], "cluster waiting": s.Clusters[3],
		"attached": s.Attached[0], "attached unknown": s.Attached[2], "node": &s.Nodes[modeltest.ComputeID("vision", "gpu-train")][0],
		"job": s.Jobs[0], "job over": s.Jobs[5], "endpoint": s.Endpoints[0], "deployment": s.Deployments[0], "deployment failed": s.Deployments[1],
		"deployment batch": s.Deployments[2], "workspace": s.Workspaces[0], "workspace unreadable": s.Workspaces[3],
		"size": s.Sizes[1], "size unknown": s.Sizes[2], "quota": s.Quotas[1], "quota without limit": s.Quotas[2],
		"operation": events[0], "change": events[1],
		"change for the worse": &panes.Event{Change: &model.Change{At: env.Now.Add(-time.Minute), Kind: "deployment",
			Name: s.Deployments[1].Name, Target: string(s.Deployments[1].ID), Text: "Creating → Failed", Health: model.HealthBad}},
	} {
		t.Run(name, func(t *testing.T) {
			golden.RequireEqual(t, []byte(written(detail.Describe(env, pane.Selection{Row: row}))))
		})
	}
}

// TestNothingKnown describes rows of which nothing is known: it says so, and
// never an amount.
func TestNothingKnown(t *testing.T) {
	env := pane.Env{Snap: &model.Snapshot{}, Now: modeltest.Now()}
	for _, row := range []any{&model.Instance{}, &model.Cluster{}, &model.Attached{}, &model.Node{}, &model.Job{}, &model.Endpoint{},
		&model.Deployment{}, &model.Workspace{}, &model.Size{}, &model.Quota{}, &panes.Event{Change: &model.Change{}}, &panes.Event{Operation: &model.Operation{}}} {
		sections := detail.Describe(env, pane.Selection{Row: row})
		if len(sections) == 0 {
			t.Errorf("%T: nothing at all", row)
		}
		for _, s := range sections {
			if s.Title == "" || len(s.Rows) == 0 {
				t.Errorf("%T: section %q has %d rows", row, s.Title, len(s.Rows))
			}
			for _, r := range s.Rows {
				if r.Label == "" || strings.ContainsFunc(r.Value, unicode.IsControl) || strings.Contains(r.Value, "$") {
					t.Errorf("%T: %+v", row, r)
				}
			}
		}
	}
	if got := detail.Describe(env, pane.Selection{Row: "of no kind"}); len(got) != 0 {
		t.Errorf("a row of no kind: %+v", got)
	}
}
