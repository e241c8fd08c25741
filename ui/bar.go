package ui

import (
	"strings"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/theme"
)

// piece is a part of a line that may be left out where the line is too long.
type piece struct {
	text string // with the space that parts it from what is before it
	pen  theme.Pen
	drop int // pieces go in the order of drop, highest first; 0 never goes
}

// bar draws a line of exactly width cells: pieces from the left, pieces from
// the right, and at least two cells between them.
func bar(width int, base theme.Pen, left, right []piece) string {
	left, right = fit(width, left, right)
	var b strings.Builder
	used := widthOf(left) + widthOf(right)
	if used > width {
		base.Write(&b, cells.Fit(textOf(left)+"  "+textOf(right), width))
		return b.String()
	}
	for _, p := range left {
		p.pen.Write(&b, p.text)
	}
	if gap := width - used; gap > 0 {
		base.Write(&b, cells.Blank(gap))
	}
	for _, p := range right {
		p.pen.Write(&b, p.text)
	}
	return b.String()
}

// fit leaves pieces out until the line is short enough.
func fit(width int, left, right []piece) (l, r []piece) {
	l, r = left, right
	for {
		gap := 0
		if len(l) > 0 && len(r) > 0 {
			gap = 2
		}
		if widthOf(l)+widthOf(r)+gap <= width {
			return l, r
		}
		worst := max(worstOf(l), worstOf(r))
		if worst == 0 {
			return l, r
		}
		l, r = without(l, worst), without(r, worst)
	}
}

func worstOf(pieces []piece) int {
	worst := 0
	for _, p := range pieces {
		worst = max(worst, p.drop)
	}
	return worst
}

func without(pieces []piece, drop int) []piece {
	kept := make([]piece, 0, len(pieces))
	for _, p := range pieces {
		if p.drop != drop {
			kept = append(kept, p)
		}
	}
	return kept
}

func widthOf(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		n += cells.Width(p.text)
	}
	return n
}

func textOf(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.text)
	}
	return b.String()
}
