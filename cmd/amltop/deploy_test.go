package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

func writeDeployment(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deployment.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// demoWorkspace is a workspace of the demo that can be deployed in.
func demoWorkspace(t *testing.T) string {
	t.Helper()
	for _, row := range amltopRun(t, "ls", "endpoints", "-o", "json").rows(t) {
		if row["kind"] == "online" {
			return row["workspace"].(string)
		}
	}
	t.Fatal("the demo has no online endpoint")
	return ""
}

func TestDeployComesUp(t *testing.T) {
	file := writeDeployment(t, `
workspace = "`+demoWorkspace(t)+`"
endpoint = "new-scoring"
name = "blue"
model = "azureml:churn:7"
environment = "azureml:sklearn-1.5:3"
vm_size = "Standard_DS3_v2"
instances = 1
traffic = 100
`)
	got := amltopRun(t, "deploy", "-f", file, "--yes", "-o", "json", "--speed", "3600")
	rows := got.rows(t)
	if got.code != exitDone || len(rows) != 1 || rows[0]["outcome"] != "verified" || rows[0]["state"] != "Succeeded" {
		t.Fatalf("exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
}

// A deployment that cannot come up is refused with the service's own reason.
func TestDeployFailsWithTheServicesReason(t *testing.T) {
	file := writeDeployment(t, `
workspace = "`+demoWorkspace(t)+`"
endpoint = "new-scoring"
name = "blue"
model = "azureml:churn:7"
environment = "azureml:broken-image:1"
vm_size = "Standard_DS3_v2"
`)
	got := amltopRun(t, "deploy", "-f", file, "--yes", "-o", "json", "--speed", "3600")
	rows := got.rows(t)
	if got.code != exitFailed || rows[0]["outcome"] == "verified" || !strings.Contains(rows[0]["detail"].(string), "ImageBuildFailure") {
		t.Fatalf("exit %d: %s%s", got.code, got.stdout, got.stderr)
	}
}

func TestDeploymentFileMistakes(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "workspace = \"a\"\nvmsize = \"x\"\n", []string{"line 2", `"vmsize"`, "vm_size"}},
		{"kind", "kind = \"aci\"\n", []string{"line 1", "kind", "managed, batch"}},
		{"wrong type", "instances = \"two\"\n", []string{"line 1", "instances"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := parseDeployment(test.text)
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
		})
	}
}

func TestDeploymentFileBecomesACommand(t *testing.T) {
	ws := &model.Workspace{ID: "/subscriptions/s/…/workspaces/vision", Resource: model.Resource{Name: "vision", Location: "westeurope"}}
	snap := (&model.Snapshot{Workspaces: []*model.Workspace{ws}}).Seal()
	d, err := parseDeployment("workspace = \"Vision\"\nendpoint = \"scoring\"\nname = \"blue\"\nmodel = \"azureml:m:1\"\nvm_size = \"Standard_DS3_v2\"\n")
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.command(snap)
	if err != nil {
		t.Fatal(err)
	}
	if c.Verb != model.VerbDeploy || !c.Deploy.NewEndpoint || c.Deploy.Location != "westeurope" || c.Deploy.Instances != 1 {
		t.Errorf("got %+v %+v", c, c.Deploy)
	}
	d.Workspace = "visoin"
	if _, err := d.command(snap); err == nil || !strings.Contains(err.Error(), "vision") {
		t.Errorf("an unknown workspace: %v", err)
	}
}
