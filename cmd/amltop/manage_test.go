package main

import (
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

// What is set is verified, in process, for each command that manages targets.
func TestManage(t *testing.T) {
	for name, tt := range map[string]struct {
		args   string // | between arguments
		target string
		state  string // part of the state that was verified
	}{
		"idle":             {"idle|ana-gpu|30m", "ana-gpu", "idle shutdown after 30m"},
		"schedule":         {"schedule|ana-gpu|stop 0 19 * * 1-5 Romance Standard Time|start every week on Monday at 07:30", "ana-gpu", "start every week on Monday at 07:30 UTC"},
		"scale a cluster":  {"scale|gpu-train|--max|5", "gpu-train", "0–5"},
		"create a cluster": {"create|cluster|fresh-pool|-w|vision|-s|Standard_DS3_v2|--max|2", "fresh-pool", "0–2"},
		"detach":           {"detach|k8s-edge|-w|vision", "k8s-edge", "gone"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append(strings.Split(tt.args, "|"), "--yes", "-o", "json", "--speed", "3600")
			got := amltopRun(t, args...)
			if got.code != exitDone {
				t.Fatalf("exit %d: %s%s", got.code, got.stdout, got.stderr)
			}
			row := got.rows(t)[0]
			state, _ := row["state"].(string)
			if row["name"] != tt.target || row["outcome"] != "verified" || !strings.Contains(state, tt.state) {
				t.Errorf("%v", row)
			}
		})
	}
}

// A dry run previews and sends nothing; what is known to be refused is refused
// with the next step, and the exit code tells.
func TestManageRefusesAndPreviews(t *testing.T) {
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"create|instance|eva-dev|-w|vision|-s|Standard_DS3_v2|--dry-run", exitDone, "leash: none: it bills until somebody stops it"},
		{"create|instance|eva-dev|-w|vision|-s|Standard_DS3_v2|--idle|5m|--dry-run", exitUsage, "not between 15m and 3d"},
		{"create|instance|9x|-w|vision|-s|Standard_DS3_v2", exitUsage, "starting with a letter"},
		{"create|cluster|pool|-s|Standard_DS3_v2", exitUsage, "--workspace"},
		{"create|cluster|pool|-w|nowhere|-s|Standard_DS3_v2", exitUsage, "nowhere"},
		{"create|cluster|gpu-train|-w|vision|-s|Standard_DS3_v2|--yes", exitFailed, "choose another name"},
		{"delete|ana-gup|--yes", exitFailed, "did you mean ana-gpu"},
		{"delete|k8s-edge|-w|vision|--yes", exitFailed, "detach it"},
		{"detach|ana-gpu|--yes", exitFailed, "delete it"},
		{"idle|gpu-train|30m|--yes", exitFailed, "this is a cluster"},
		{"idle|ana-gpu|soon", exitUsage, "such as 30m"},
		{"schedule|ana-gpu|stop at noon", exitUsage, "five cron fields"},
		{"scale|gpu-train|--instances|3", exitUsage, "is a cluster"},
		{"scale|gpu-train", exitUsage, "--instances"},
		{"delete|ana-gpu|--yes|--read-only", exitUsage, "read-only"},
		{"create", exitUsage, "instance or cluster"},
	} {
		got := amltopRun(t, strings.Split(tt.args, "|")...)
		if got.code != tt.code || !strings.Contains(got.stdout+got.stderr, tt.says) {
			t.Errorf("%s: exit %d, want %d with %q\n%s%s", tt.args, got.code, tt.code, tt.says, got.stdout, got.stderr)
		}
	}
}

// A name that means two things is asked about; a deployment goes by its
// endpoint's name as well.
func TestThingsAreFoundByName(t *testing.T) {
	snap := modeltest.Fleet()
	cmds, err := findThings(snap, model.VerbScale, "", []string{"fraud/blue", "FRAUD/blue"})
	if err != nil || len(cmds) != 1 || cmds[0].Target != string(modeltest.DeploymentID("fraud-prod", "fraud", "blue")) {
		t.Errorf("%+v, %v", cmds, err)
	}
	twin := *snap.Instances[0]
	twin.ID, twin.ARMID, twin.Workspace = twin.ID+"2", twin.ARMID+"2", snap.Workspaces[1].ID
	snap.Instances = append(snap.Instances, &twin)
	if _, err := findThings(snap, model.VerbDelete, "", []string{twin.Name}); err == nil || !strings.Contains(err.Error(), "means 2 things") {
		t.Errorf("a name of two: %v", err)
	}
}
