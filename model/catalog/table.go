package catalog

import (
	_ "embed" // the tables
	"fmt"
	"iter"
	"strings"
	"sync"

	"github.com/amltop/amltop/model"
)

//go:embed sizes.txt
var sizesText string

//go:embed series.txt
var seriesText string

//go:embed prices.txt
var pricesText string

//go:embed managed.txt
var managedText string

// namePrefix starts every size name; the tables leave it out.
const namePrefix = "Standard_"

// table is the parsed catalog. It is immutable.
type table struct {
	sizes  []model.Size // sorted by lower-case name, without prices
	exact  map[model.SizeName]int
	folded map[string]int

	series         []*model.Series
	seriesByName   map[string]*model.Series
	seriesByFamily map[string]*model.Series

	regions map[string]func() *region // parses its prices once
	names   []string                  // of the regions, sorted
}

// load parses the embedded tables once. They are part of the program and a test
// holds that they parse without an error, so there is none to hand on: a table
// that did not parse would be short of what follows its bad row.
var load = sync.OnceValue(func() *table {
	t, _ := parseTable(seriesText, sizesText, pricesText)
	return t
})

// parseTable reads everything but the prices, which it only divides by region.
// The table is usable even with an error: it lacks what could not be read.
func parseTable(series, sizes, prices string) (*table, error) {
	t := &table{}
	families, err := t.readSeries(series)
	if err != nil {
		return t, fmt.Errorf("series table: %w", err)
	}
	if err := t.readSizes(sizes, families); err != nil {
		return t, fmt.Errorf("size table: %w", err)
	}
	if err := t.divideRegions(prices); err != nil {
		return t, fmt.Errorf("price table: %w", err)
	}
	return t, nil
}

// find returns the index of a size, trying the usual spelling first.
func (t *table) find(name model.SizeName) (int, bool) {
	if i, ok := t.exact[name]; ok {
		return i, true
	}
	i, ok := t.folded[name.Key()]
	return i, ok
}

// rows yields the lines of a table that are neither comments nor empty, with
// their numbers from 1.
func rows(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		n := 0
		for line := range strings.Lines(text) {
			n++
			line = strings.TrimSuffix(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(n, line) {
				return
			}
		}
	}
}
