// Package catalog is the table of VM sizes built into the program: the sizes
// and series Azure Machine Learning knows, which of them need approval, are
// isolated or retire, and their Linux list prices region by region.
//
// The service's own answer always comes first. The catalog serves where it is
// silent: offline, for sizes the service lists without a price, and for what
// its answer never says (see [Enrich]). What no source states is unknown, never
// zero and never another region's figure.
//
// Low priority is Azure Machine Learning's own tier and was announced to end on
// 2026-03-31; its prices are what the sources list, not a promise that the tier
// is still there. Spot prices are the virtual machine market's at the time of
// the table.
//
// The tables are text files embedded in the program: sizes.txt, series.txt,
// prices.txt and managed.txt, each with its format in its first lines. They are
// written by the command in gen:
//
//	go run ./model/catalog/gen -data DIR
//
// Sizes, series and the home region are parsed at the first call that needs
// them, each other region's prices when that region is first asked for. After
// that everything is read-only and safe for concurrent use.
package catalog
