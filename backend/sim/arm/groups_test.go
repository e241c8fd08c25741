package arm

import (
	"slices"
	"testing"
)

func TestResourceGroups(t *testing.T) {
	v := newTown(t, Options{PageSize: 1})
	doc := v.get(townSub + "/resourcegroups?api-version=2022-09-01")
	next, _ := doc["nextLink"].(string)
	if first, rest := names(doc), names(v.get(next)); !slices.Equal(first, []string{"rg-Vision"}) || !slices.Equal(rest, []string{"rg-secret"}) {
		t.Errorf("groups %q and %q", first, rest)
	}
	group := v.get(townSub + "/resourceGroups/RG-VISION?api-version=2021-04-01")
	if dig(group, "type") != "Microsoft.Resources/resourceGroups" || dig(group, "properties.provisioningState") != "Succeeded" || dig(group, "location") != "eastus" {
		t.Errorf("%v", group)
	}
	for path, want := range map[string]int{"rg-vision": 204, "rg-none": 404} {
		if resp, _ := v.send("HEAD", townSub+"/resourceGroups/"+path+"?api-version=2021-04-01", ""); resp.StatusCode != want {
			t.Errorf("HEAD %s: %s", path, resp.Status)
		}
	}
	if resp, body := v.send("GET", townSub+"/resourceGroups/rg-none?api-version=2021-04-01", ""); resp.StatusCode != 404 || dig(decode(t, body), "error.code") != "ResourceGroupNotFound" {
		t.Errorf("%s %s", resp.Status, body)
	}
}
