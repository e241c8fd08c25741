package catalog

import (
	"slices"

	"github.com/amltop/amltop/model"
)

// HomeRegion is the region whose prices [Sizes] and [Lookup] answer with.
const HomeRegion = "eastus"

// Sizes lists every size of the table with the prices of [HomeRegion], sorted
// by lower-case name. The slice is the caller's; the sizes are shared and
// read-only.
func Sizes() []*model.Size { return slices.Clone(home().all) }

// Lookup finds a size by name in any casing, with the prices of [HomeRegion].
// The size is shared and read-only.
func Lookup(name model.SizeName) (*model.Size, bool) {
	i, ok := load().find(name)
	if !ok {
		return nil, false
	}
	return home().all[i], true
}

// SeriesOf finds the series of a size of the table. It is read-only.
func SeriesOf(name model.SizeName) (*model.Series, bool) {
	t := load()
	i, ok := t.find(name)
	if !ok {
		return nil, false
	}
	s, ok := t.seriesByName[t.sizes[i].Series]
	return s, ok
}
