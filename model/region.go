package model

import "strings"

// RegionKey is the form under which regions are equal: the service says
// "eastus" in one answer and "East US" in the next.
func RegionKey(location string) string {
	return strings.ReplaceAll(Fold(location), " ", "")
}

// FamilyKey is the form under which VM families are equal: the service writes
// "standardNCASv3_T4Family" and "Standard NCASv3_T4 Family", with spaces and
// underscores where it likes.
func FamilyKey(family string) string {
	return strings.ReplaceAll(RegionKey(family), "_", "")
}

// MainRegion is the region most workspaces are in, the first by name among
// equals; "" without workspaces.
func (s *Snapshot) MainRegion() string {
	count := map[string]int{}
	best := ""
	for _, w := range s.Workspaces {
		region := RegionKey(w.Location)
		count[region]++
		if n := count[region] - count[best]; best == "" || n > 0 || n == 0 && region < best {
			best = region
		}
	}
	return best
}
