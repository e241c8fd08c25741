package model

import "strings"

// RegionKey is the form under which regions are equal: the service says
// "eastus" in one answer and "East US" in the next.
func RegionKey(location string) string {
	return strings.ReplaceAll(Fold(location), " ", "")
}
