package azure

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// wireRow is what is asked of every decoded row: the fields that all have.
type wireRow struct {
	*model.Resource
	says string // the fields of its kind
}

// readers decode and map a body of the API's specification, by the folder it
// is in: the first that fits. What no call of this program brings has none.
var readers = []struct {
	folder string
	read   func([]byte) (wireRow, error)
}{
	{"Compute/", readWireCompute},
	{"Job/", func(b []byte) (wireRow, error) {
		var w wireJob
		err := decode(b, &w)
		j := mapJob(&w, "ws")
		return wireRow{&j.Resource, fmt.Sprintf("%s %s, %q on %s, by %s, %d", j.Type, j.Status, j.DisplayName, j.ComputeName, j.Owner, j.Instances)}, err
	}},
	{"OnlineDeployment/", readWireDeployment(model.OnlineEndpoint)},
	{"Workspace/OnlineDeployment/", readWireDeployment(model.OnlineEndpoint)},
	{"Workspace/BatchDeployment/", readWireDeployment(model.BatchEndpoint)},
	{"Workspace/OnlineEndpoint/", readWireEndpoint(model.OnlineEndpoint)},
	{"Workspace/BatchEndpoint/", readWireEndpoint(model.BatchEndpoint)},
	{"Workspace/ServerlessEndpoint/", nil},
	{"Workspace/", func(b []byte) (wireRow, error) {
		var w wireWorkspace
		err := decode(b, &w)
		ws := mapWorkspace(&w, "sub")
		return wireRow{&ws.Resource, fmt.Sprintf("%s %q in %s", ws.Kind, ws.FriendlyName, ws.ResourceGroup)}, err
	}},
	{"Usage/", readWireQuota}, {"Quota/list", readWireQuota},
	{"VirtualMachineSize/", readWireSize}, {"legacy/", readWireSize}, {"preview/", readWireSize},
}

// noRows are the files whose bodies are no resources.
var noRows = map[string]bool{
	"listKeys.json": true, "listNodes.json": true, "listSkus.json": true, "getLogs.json": true, "getToken.json": true, "diagnose.json": true,
	"listNotebookAccessToken.json": true, "listStorageAccountKeys.json": true, "operationsList.json": true, "delete.json": true,
}

func readWireCompute(b []byte) (wireRow, error) {
	var w wireCompute
	err := decode(b, &w)
	switch kind := w.Properties.ComputeType; kind {
	case model.TypeCluster:
		c := mapCluster(&w, "ws")
		return wireRow{&c.Resource, fmt.Sprintf("%s %s %s %d-%d %s, %s, %d of %d nodes", kind, c.VMSize, c.Priority, c.Scale.Min, c.Scale.Max, c.Scale.IdleBeforeScaleDown, c.AllocationState, c.Current, c.TargetNodes)}, err
	case model.TypeInstance:
		i := mapInstance(&w, "ws")
		return wireRow{&i.Resource, fmt.Sprintf("%s %s %s, owner %s, ssh %q, %d applications", kind, i.VMSize, i.State, i.Owner, i.SSH, len(i.Applications))}, err
	}
	a := mapAttached(&w, "ws")
	return wireRow{&a.Resource, fmt.Sprintf("%s of %s: %s, %d nodes", a.ComputeType, model.BaseName(a.ResourceID), a.Detail, a.Nodes)}, err
}

func readWireDeployment(kind model.EndpointKind) func([]byte) (wireRow, error) {
	return func(b []byte) (wireRow, error) {
		var w wireDeployment
		err := decode(b, &w)
		d := mapDeployment(&w, &model.Endpoint{Kind: kind})
		return wireRow{&d.Resource, fmt.Sprintf("%s %s ×%d of %s, %s", d.Kind, d.VMSize, d.Instances, d.Model, d.Compute)}, err
	}
}

func readWireEndpoint(kind model.EndpointKind) func([]byte) (wireRow, error) {
	return func(b []byte) (wireRow, error) {
		var w wireEndpoint
		err := decode(b, &w)
		e := mapEndpoint(&w, kind, "ws")
		return wireRow{&e.Resource, fmt.Sprintf("%s at %s, default %q, traffic %v", e.AuthMode, e.ScoringURI, e.Default, e.Traffic)}, err
	}
}

func readWireQuota(b []byte) (wireRow, error) {
	var w wireUsage
	err := decode(b, &w)
	q, ok := mapQuota(&w, "sub", "eastus")
	if !ok {
		return wireRow{nil, "left out: a workspace's share"}, err
	}
	return wireRow{nil, fmt.Sprintf("%s: %d of %d", q.Name, q.Used, q.Limit)}, err
}

func readWireSize(b []byte) (wireRow, error) {
	var w wireSize
	err := decode(b, &w)
	z := mapSize(&w, "eastus")
	return wireRow{nil, fmt.Sprintf("%s of %s: %d vCPUs, %d GPUs, %d MiB, %s", z.Name, z.Family, z.VCPUs, z.GPUs, z.MemoryMiB, z.Standard.PerHour.Decimal())}, err
}

// wireFields are the first rows of a file of each kind, held against the files by eye.
var wireFields = map[string]string{
	"Compute/createOrUpdate/AKSCompute.json":                             `AKS of compute123-56826-c9b00420020b2: , 4 nodes`,
	"Compute/createOrUpdate/BasicDataFactoryCompute.json":                `DataFactory of : , 0 nodes`,
	"Compute/createOrUpdate/ComputeInstanceWithSchedules.json":           `ComputeInstance  Creating, owner , ssh "", 0 applications`,
	"Compute/get/AmlCompute.json":                                        `AmlCompute STANDARD_NC6 Dedicated 0-1 5m0s, Resizing, 0 of 1 nodes`,
	"Compute/get/ComputeInstance.json":                                   `ComputeInstance STANDARD_NC6 Running, owner foobar@microsoft.com, ssh "azureuser@10.0.0.1:22", 1 applications`,
	"Compute/get/KubernetesCompute.json":                                 `Kubernetes of compute123-56826-c9b00420020b2: namespace default, instance types defaultInstanceType, 0 nodes`,
	"Compute/list.json":                                                  `AKS of compute123-56826-c9b00420020b2: , 0 nodes`,
	"Compute/patch.json":                                                 `AmlCompute   0-0 2m0s, , 0 of 0 nodes`,
	"Job/AutoMLJob/get.json":                                             `AutoML Scheduled, "string" on string, by string, 1`,
	"Job/CommandJob/list.json":                                           `Command NotStarted, "string" on string, by string, 1`,
	"Job/PipelineJob/get.json":                                           `Pipeline NotStarted, "string" on string, by string, 0`,
	"Job/SweepJob/list.json":                                             `Sweep NotStarted, "string" on string, by string, 1`,
	"OnlineDeployment/KubernetesOnlineDeployment/get.json":               `Kubernetes online string ×1 of string, `,
	"OnlineDeployment/ManagedOnlineDeployment/update.json":               `managed online string ×1 of string, `,
	"OnlineDeployment/list.json":                                         `Kubernetes online string ×1 of string, `,
	"Quota/list.json":                                                    `Standard D Family Cluster Dedicated vCPUs: 0 of 48`,
	"Usage/list.json":                                                    `Clusters: 7 of 100`,
	"VirtualMachineSize/list.json":                                       `Standard_DS1_v2 of standardDSv2Family: 1 vCPUs, 0 GPUs, 3584 MiB, 0.07`,
	"Workspace/BatchDeployment/list.json":                                `batch on cluster  ×1 of string, string`,
	"Workspace/BatchEndpoint/get.json":                                   `AMLToken at https://www.contoso.com/example, default "string", traffic map[]`,
	"Workspace/OnlineEndpoint/list.json":                                 `AMLToken at https://www.contoso.com/example, default "", traffic map[string:1]`,
	"Workspace/get.json":                                                 ` "HelloName" in workspace-1234`,
	"Workspace/update.json":                                              ` "New friendly name" in workspace-1234`,
	"legacy/2020-08-01/ListVMSizesResult.json":                           `Standard_D1_v2 of standardDv2Family: 1 vCPUs, 0 GPUs, 3584 MiB, 0.06`,
	"preview/2024-07-01-preview/Compute/getAllowedVMSizesForResize.json": `Standard_DS1_v2 of standardDSv2Family: 1 vCPUs, 0 GPUs, 3584 MiB, 0.07`,
}

// TestWireFields decodes every body of the specification that this program
// reads: names, states and places are the body's own, and of one body a kind
// the kind's own fields are, too.
func TestWireFields(t *testing.T) {
	dir := sharedDir(t, "wire")
	got := map[string]string{}
	rows := 0
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		for _, r := range readers {
			if !strings.HasPrefix(filepath.ToSlash(name), r.folder) {
				continue
			}
			if r.read != nil && !noRows[filepath.Base(path)] {
				rows += wireFile(t, path, filepath.ToSlash(name), r.read, got)
			}
			return nil
		}
		return nil
	})
	if err != nil || rows < 150 {
		t.Errorf("%d rows, %v", rows, err)
	}
	for file, says := range wireFields {
		if got[file] != says {
			t.Errorf("%s:\n%s, want\n%s", file, got[file], says)
		}
	}
}

// wireFile checks the rows of every answer in a file. A list is a "value", or
// what it was called in 2020; what has neither a name nor properties is no row.
func wireFile(t *testing.T, path, name string, read func([]byte) (wireRow, error), got map[string]string) (rows int) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Responses map[string]struct {
			Body json.RawMessage `json:"body"`
		} `json:"responses"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for status, answer := range doc.Responses {
		var list struct{ Value, AmlCompute []json.RawMessage }
		if err := json.Unmarshal(answer.Body, &list); err != nil {
			continue // no body
		}
		bodies := append(list.Value, list.AmlCompute...)
		if len(bodies) == 0 {
			bodies = []json.RawMessage{answer.Body}
		}
		for n, body := range bodies {
			var is struct {
				ID, Location string
				Name         any // an object in quotas
				Properties   *struct{ ProvisioningState string }
			}
			if err := json.Unmarshal(body, &is); err != nil {
				t.Errorf("%s, %s: %v", name, status, err)
			}
			row, err := read(body)
			if err != nil || row.says == "" {
				t.Errorf("%s, %s: %+v, %v", name, status, row, err)
				continue
			}
			rows++
			if r := row.Resource; r != nil && is.Properties != nil && (r.ARMID != is.ID || r.Name != is.Name ||
				!strings.HasPrefix(name, "Job/") && (r.Location != is.Location || r.ProvisioningState != is.Properties.ProvisioningState)) {
				t.Errorf("%s, %s: %+v of %s", name, status, r, body)
			}
			if n == 0 && status == "200" {
				got[name] = row.says
			}
		}
	}
	return rows
}
