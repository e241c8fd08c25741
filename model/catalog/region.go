package catalog

import (
	"slices"

	"github.com/amltop/amltop/model"
)

// region is the whole table with one region's prices. It is immutable.
type region struct {
	all     []*model.Size // index as in table.sizes
	offered []*model.Size // those with any price
}

// Regions lists the regions that the table has prices for, sorted.
func Regions() []string { return slices.Clone(load().names) }

// InRegion finds a size by name in any casing and answers with a copy of it
// that holds the prices of that region. A price the table does not have for the
// region is unknown. The copy is the caller's, except that ComputeTypes is
// shared.
func InRegion(name model.SizeName, region string) (*model.Size, bool) {
	t := load()
	i, ok := t.find(name)
	if !ok {
		return nil, false
	}
	key := model.RegionKey(region)
	if parse, ok := t.regions[key]; ok {
		s := *parse().all[i]
		return &s, true
	}
	s := t.sizes[i]
	s.Location = key
	return &s, true
}

// AllInRegion lists the sizes that the table has any price for in the region:
// those sold there. In a region that the table does not know it lists every
// size, all prices unknown, since nothing can be ruled out. The slice is the
// caller's; the sizes may be shared and are read-only.
func AllInRegion(region string) []*model.Size {
	t := load()
	key := model.RegionKey(region)
	if parse, ok := t.regions[key]; ok {
		return slices.Clone(parse().offered)
	}
	return t.unpriced(key).all
}

// home is the table with the prices of HomeRegion.
func home() *region {
	t := load()
	if parse, ok := t.regions[HomeRegion]; ok {
		return parse()
	}
	return t.unpriced(HomeRegion)
}

// unpriced is the table for a region without any prices.
func (t *table) unpriced(location string) *region {
	sizes := slices.Clone(t.sizes)
	r := &region{all: make([]*model.Size, len(sizes))}
	for i := range sizes {
		sizes[i].Location = location
		r.all[i] = &sizes[i]
	}
	return r
}
