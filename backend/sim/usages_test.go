package sim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestUsages(t *testing.T) {
	w, ws := small(t, `
[[subscriptions.workspaces.instances]]
name = "box"
vm_size = "Standard_DS3_v2"
[[subscriptions.workspaces.clusters]]
name = "pool"
vm_size = "Standard_DS3_v2"
max = 3
min = 1
idle = 1
[[subscriptions.workspaces.clusters]]
name = "cheap"
vm_size = "Standard_NC4as_T4_v3"
low_priority = true
max = 3
idle = 2
[[subscriptions.workspaces.online]]
name = "score"
[[subscriptions.workspaces.online.deployments]]
name = "blue"
vm_size = "Standard_DS2_v2"
instances = 2
model = "m:1"`)
	list := w.Usages(ws.Subscription, "EastUS")
	const rp = "Microsoft.MachineLearningServices/"
	want := []Usage{
		{"/subscriptions/sub", rp + "totalClusters/usages", "Count", "TotalClusters", "Total Clusters", 4, 5},
		{"/subscriptions/sub", rp + "totalDedicatedCores/usages", "Count", "TotalDedicatedCores", "Total Cluster Dedicated Regional vCPUs", 14, 40},
		{"/subscriptions/sub", rp + "totalLowPriorityCores/usages", "Count", "TotalLowPriorityCores", "Total Cluster Low Priority Regional vCPUs", 8, 16},
		// stopped instance 4, idle node 4, and ceil(1.2×2) = 3 instances of two cores
		{"/subscriptions/sub/usages/standardDSv2Family", rp + "vmFamily/dedicatedCores/usages", "Count", "standardDSv2Family", "Standard DSv2 Family Cluster Dedicated vCPUs", 14, 24},
		{"/subscriptions/sub/usages/Standard_NCASv3_T4_Family", rp + "vmFamily/dedicatedCores/usages", "Count", "Standard NCASv3_T4 Family", "Standard  NCASv3_T4  Family Cluster Dedicated vCPUs", 0, 8},
		{"/subscriptions/sub/usages/Standard_NCASv3_T4_Family", rp + "vmFamily/lowPriorityCores/usages", "Count", "Standard NCASv3_T4 Family", "Standard  NCASv3_T4  Family Cluster LowPriority vCPUs", 8, -1},
	}
	for _, u := range want {
		if !slices.Contains(list, u) {
			t.Errorf("%+v is missing", u)
		}
	}
	if got := w.Usages(ws.Subscription, "nowhere"); got != nil {
		t.Errorf("an unknown region has %d usages", len(got))
	}
}

// TestNoQuotaIsExceeded: neither at the start of a built-in scenario nor once
// its clusters have reacted to it does a region use more than it is granted.
func TestNoQuotaIsExceeded(t *testing.T) {
	eachBuiltIn(t, func(t *testing.T, w *World) {
		for range 3 {
			for _, s := range w.Subscriptions() {
				for region := range s.Regions {
					for _, u := range w.Usages(s, region) {
						if u.Current < 0 || u.Limit >= 0 && u.Current > u.Limit {
							t.Errorf("%s, %s, %s: %d of %d used at %v", s.Name, region, u.LocalizedName, u.Current, u.Limit, w.Now())
						}
					}
				}
			}
			w.after(20 * time.Minute)
		}
	})
}

// TestUsagesAsRecorded compares names, types and ids with a recorded answer.
func TestUsagesAsRecorded(t *testing.T) {
	raw, err := os.ReadFile(filepath.FromSlash("../../../shared/data/recorded/Get-AzMLServiceUsage.json"))
	if err != nil {
		t.Skip("the recorded traffic is not here")
	}
	type entry struct {
		Type, ID string
		Unit     string
		Limit    int
		Name     struct{ Value, LocalizedValue string }
	}
	var recording struct {
		Interactions []struct{ Body struct{ Value []entry } }
	}
	if err := json.Unmarshal(raw, &recording); err != nil {
		t.Fatal(err)
	}
	w, ws := small(t, "")
	ws.Subscription.ID = "0e745469-49f8-48c9-873b-24ca87143db1"
	made := map[string]Usage{}
	for _, u := range w.Usages(ws.Subscription, "eastus") {
		made[u.Type+" "+u.Name] = u
	}
	met := 0
	for _, r := range recording.Interactions[0].Body.Value {
		u, ok := made[r.Type+" "+r.Name.Value]
		if !ok {
			continue // families spelt otherwise in the size list, or newer than it
		}
		met++
		if u.ID != r.ID || u.Unit != r.Unit || u.LocalizedName != r.Name.LocalizedValue || (u.Limit == -1) != (r.Limit == -1) {
			t.Errorf("%+v was recorded as %+v", u, r)
		}
	}
	if met < 80 {
		t.Errorf("only %d of %d recorded usages have a counterpart", met, len(recording.Interactions[0].Body.Value))
	}
}
