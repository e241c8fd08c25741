package arm

import "testing"

func TestHeadOfAResourceGroup(t *testing.T) {
	v := newTown(t, Options{})
	for group, want := range map[string]int{"rg-vision": 204, "RG-SECRET": 204, "rg-none": 404} {
		if resp, _ := v.send("HEAD", townSub+"/resourceGroups/"+group+"?api-version=2021-04-01", ""); resp.StatusCode != want {
			t.Errorf("%s: %s", group, resp.Status)
		}
	}
	if resp, _ := v.send("HEAD", "/subscriptions/none/resourceGroups/rg-vision?api-version=2021-04-01", ""); resp.StatusCode != 404 {
		t.Errorf("in no subscription: %s", resp.Status)
	}
}
