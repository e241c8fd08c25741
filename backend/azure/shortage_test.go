package azure

import "testing"

// TestShortageOfACluster reads the numbers out of what a cluster reports as
// wrong with itself.
func TestShortageOfACluster(t *testing.T) {
	const body = `{"id":"/x/computes/pool","properties":{"computeType":"AmlCompute","properties":{"errors":[` +
		`{"error":{"code":"ClusterCoreQuotaReached","message":"The specified subscription has a Standard DSv2 family vCPU quota of 6 and cannot accomodate for at least 2 requested managed compute nodes which maps to 8 vCPUs."}},` +
		`{"code":"ClusterCoreQuotaReached","message":"Operation results in exceeding quota limits of Core."},` +
		`{"code":"NodeFailed","message":"Node 1 maps to 8 vCPUs."}]}}}`
	var w wireCompute
	if err := decode([]byte(body), &w); err != nil {
		t.Fatal(err)
	}
	faults := mapCluster(&w, "").Faults
	want := []string{"quota 6, needs 8", "", ""}
	if len(faults) != len(want) {
		t.Fatalf("%d faults", len(faults))
	}
	for n, f := range faults {
		if f.Shortage != want[n] {
			t.Errorf("%s: short of %q, want %q", f, f.Shortage, want[n])
		}
	}
}
