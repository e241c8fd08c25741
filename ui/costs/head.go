package costs

import (
	"strings"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/chart"
	"github.com/amltop/amltop/ui/theme"
)

// Head is what stands above the table of costs: figures, budget lines, a chart.
type Head struct {
	Lines []Line
	Title string // of the chart
	Foot  string // below it: what its pieces mean, since when there is history
	Chart chart.Chart
	By    int // of [Groupings]: how the table below adds up
}

// Sizes the head goes by: from which width on the chart stands beside the
// figures, how many lines a table needs, how many figures there are at least
// before a chart is drawn, and how high a chart is.
const (
	beside      = 104
	leastTable  = 6
	leastLines  = 4
	leastChart  = 5
	mostChart   = 12
	mostLabel   = 14
	chartsShare = 20 // the figures get 11 of so many parts of the width
)

// Height is how many of h lines the head takes on a screen of w cells; 1 is a
// single line of figures, and the rest is the table's.
func (d *Head) Height(w, h int) int {
	room := h - leastTable
	switch {
	case h < 8:
		return min(1, h)
	case w >= beside:
		return max(1, min(room, max(len(d.Lines), leastChart+2)+1, max(leastChart+2, h*2/5)))
	case room >= leastLines+leastChart:
		return min(len(d.Lines)+mostChart+1, room, h*3/5)
	default:
		return max(1, min(room, len(d.Lines)+1))
	}
}

// Render draws the head: exactly h lines of exactly w cells.
func (d *Head) Render(w, h int, th *theme.Theme) []string {
	switch {
	case h <= 0:
		return nil
	case h == 1:
		return []string{d.single(w, th)}
	case w >= beside:
		left := w * 11 / chartsShare
		a, b := d.figures(left, h-1, th), d.graph(w-left, h-1, th)
		lines := make([]string, 0, h)
		for i := range a {
			lines = append(lines, a[i]+b[i])
		}
		return append(lines, d.strip(w, th))
	}
	h--
	n := min(len(d.Lines), h)
	if h-leastChart >= leastLines {
		n = min(len(d.Lines), max(leastLines, h-mostChart, h/2), h-leastChart)
	}
	lines := d.figures(w, n, th)
	if rest := h - n; rest > 0 {
		lines = append(lines, d.graph(w, rest, th)...)
	}
	return append(lines, d.strip(w, th))
}

// strip is the groupings, with the one the table adds up by.
func (d *Head) strip(w int, th *theme.Theme) string {
	var b strings.Builder
	pens, used := th.Pens(), 0
	put := func(tone theme.Tone, text string) {
		if text = cells.Cut(text, w-used); text != "" {
			pens.Tones[tone].Write(&b, text)
			used += cells.Width(text)
		}
	}
	put(theme.Dim, "  by ")
	for i, g := range Groupings() {
		if i == d.By {
			put(theme.Accent, " ["+g.Name+"]")
			continue
		}
		put(theme.Dim, "  "+g.Name+" ")
	}
	b.WriteString(cells.Blank(w - used))
	return b.String()
}

// single is the figures in one line, as many as fit.
func (d *Head) single(w int, th *theme.Theme) string {
	var b strings.Builder
	used := 0
	for _, l := range d.Lines {
		text := " " + l.Label + " " + l.Amount + " "
		n := cells.Width(text)
		if used+n > w {
			break
		}
		th.Pens().Tones[theme.Dim].Write(&b, " "+l.Label)
		b.WriteString(" " + l.Amount + " ")
		used += n
	}
	b.WriteString(cells.Blank(w - used))
	return b.String()
}

// figures are the lines in columns: names, amounts, notes.
func (d *Head) figures(w, n int, th *theme.Theme) []string {
	shown := d.Lines[:min(n, len(d.Lines))]
	label, amount := 0, 0
	for _, l := range shown {
		label, amount = max(label, cells.Width(l.Label)), max(amount, cells.Width(l.Amount))
	}
	label, amount = min(label, mostLabel), min(amount, max(8, w/2))
	lines := make([]string, 0, n)
	for _, l := range shown {
		var b strings.Builder
		head := cells.Cut("  "+cells.Fit(l.Label, label), w)
		th.Pens().Tones[theme.Dim].Write(&b, head)
		left := w - cells.Width(head)
		middle := cells.Cut("  "+cells.FitRight(l.Amount, amount)+"  ", left)
		b.WriteString(middle)
		if left -= cells.Width(middle); left > 0 {
			th.Pens().Tones[l.Tone].Write(&b, cells.Fit(l.Note, left))
		}
		lines = append(lines, b.String())
	}
	for len(lines) < n {
		lines = append(lines, cells.Blank(w))
	}
	return lines
}

// graph is the chart between its title and what its pieces mean.
func (d *Head) graph(w, h int, th *theme.Theme) []string {
	var title strings.Builder
	th.Pens().Tones[theme.Accent].Write(&title, cells.Fit(" "+d.Title, w))
	lines := []string{title.String()}
	foot := 0
	if h >= leastChart+2 && d.Foot != "" {
		foot = 1
	}
	lines = append(lines, d.Chart.Lines(w, max(0, h-1-foot), th)...)
	if foot > 0 {
		var b strings.Builder
		th.Pens().Tones[theme.Dim].Write(&b, cells.Fit(" "+d.Foot, w))
		lines = append(lines, b.String())
	}
	return lines[:h]
}
