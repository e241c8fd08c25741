package panes

import "strconv"

// plusMore is " +2": what a cell has no room for.
func plusMore(n int) string { return " +" + strconv.Itoa(n) }
