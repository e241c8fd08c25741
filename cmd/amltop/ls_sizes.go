package main

import (
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// sizesIn is a snapshot with the sizes of one region, "" for the one most
// workspaces are in. A region without a workspace has not been asked for its
// sizes: there the built-in table answers. "all" leaves the snapshot alone.
func sizesIn(snap *model.Snapshot, region string) (*model.Snapshot, error) {
	if region == "all" {
		return snap, nil
	}
	if region == "" {
		region = snap.MainRegion()
	}
	if region == "" {
		region = catalog.HomeRegion
	}
	one := *snap
	one.Sizes = nil
	for _, s := range snap.Sizes {
		if model.RegionKey(s.Location) == model.RegionKey(region) {
			one.Sizes = append(one.Sizes, s)
		}
	}
	if len(one.Sizes) > 0 {
		return &one, nil
	}
	if !slices.Contains(catalog.Regions(), model.RegionKey(region)) {
		return nil, usagef("--location: %q is not among the regions with known prices: %s", region, strings.Join(catalog.Regions(), ", "))
	}
	one.Sizes = catalog.AllInRegion(region)
	return &one, nil
}
