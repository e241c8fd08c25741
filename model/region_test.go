package model

import "testing"

func TestMainRegion(t *testing.T) {
	for _, c := range []struct {
		regions []string
		want    string
	}{
		{nil, ""},
		{[]string{"eastus"}, "eastus"},
		{[]string{"westus2", "East US", "eastus", "westus2"}, "eastus"},
		{[]string{"eastus", "westeurope", "westeurope"}, "westeurope"},
		{[]string{"", "eastus"}, "eastus"},
	} {
		s := &Snapshot{}
		for _, r := range c.regions {
			s.Workspaces = append(s.Workspaces, &Workspace{Resource: Resource{Location: r}})
		}
		if got := s.MainRegion(); got != c.want {
			t.Errorf("%v: %q, want %q", c.regions, got, c.want)
		}
	}
}
