package ui

import (
	"slices"

	"github.com/amltop/amltop/ui/pane"
)

// page is a pane with its place on the screen.
type page struct {
	pane    pane.Pane
	digit   int    // -1: none; reached by name or by enter
	seq     uint64 // of the snapshot it was last given
	metered bool   // its rows have cost something
}

// digits is how many panes have a key of their own besides the overview's 0.
const digits = 9

// pagesOf puts the overview in front of the panes and counts them off.
func pagesOf(first *overviewPane, list []pane.Pane, cost *costPane) []*page {
	pages := []*page{{pane: first, digit: 0}}
	for i, p := range list {
		digit := i + 1
		if digit > digits {
			digit = -1
		}
		pages = append(pages, &page{pane: p, digit: digit})
	}
	return append(pages, &page{pane: cost, digit: -1})
}

// find is the index of the page with a name, or -1.
func (a *App) find(name string) int {
	return slices.IndexFunc(a.pages, func(p *page) bool { return p.pane.Name() == name })
}

// numbered are the pages with a digit, in order: those the tabs show.
func (a *App) numbered() []int {
	var list []int
	for i, p := range a.pages {
		if p.digit >= 0 {
			list = append(list, i)
		}
	}
	return list
}
