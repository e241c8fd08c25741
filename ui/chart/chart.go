// Package chart draws amounts over time with block characters: columns and
// sparklines. It is pure.
//
// It is the house's own and not a chart library: a bar here has to tell what of
// it was idle, what nobody watched, and when no price was known, in a handful
// of lines, without colour if need be, in letters if need be, and as pens write
// it, because the screen is drawn after every message.
package chart

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/theme"
)

// Bar is what was spent in one period.
type Bar struct {
	Total model.Money
	Part  model.Money // the part of Total that is told apart: what was idle
	Gap   bool        // nobody watched for a while, so Total is not all of it
	Label string      // under the bar, where there is room
}

// Chart is bars in the order of time, in one currency.
type Chart struct {
	Bars     []Bar
	Currency string
	ASCII    bool // no block characters: for screen readers, and fonts without
}

// The pieces bars are made of: eighths from the bottom, what is told apart, and
// what nobody watched.
var (
	blocks  = []rune(" ▁▂▃▄▅▆▇█")
	letters = []rune("    .:###")
)

const eighths = 8

// glyphs are the characters of a style.
type glyphs struct {
	level []rune
	part  string
	gap   string
}

func (c Chart) glyphs() glyphs {
	if c.ASCII {
		return glyphs{letters, "o", "-"}
	}
	return glyphs{blocks, "▒", "·"}
}

// Legend says what the pieces mean; part is what the part of a bar is called.
func (c Chart) Legend(part string) string {
	g := c.glyphs()
	gap, has := "", false
	for _, b := range c.Bars {
		if b.Part > 0 {
			has = true
		}
		if b.Gap {
			gap = "  " + g.gap + " not all observed"
		}
	}
	if has {
		return g.part + " " + part + gap
	}
	return strings.TrimSpace(gap)
}

// Max is the highest bar.
func (c Chart) Max() model.Money {
	var most model.Money
	for _, b := range c.Bars {
		most = max(most, b.Total)
	}
	return most
}

// plot is how bars are laid out.
type plot struct {
	bars    []Bar
	axis    int // cells of the axis on the left
	step    int // cells from bar to bar
	width   int // cells of a bar
	rows    int // lines of the bars
	highest model.Money
}

// widestBar is how wide a bar gets at most.
const widestBar = 6

func (c Chart) plot(w, h int) plot {
	p := plot{bars: c.Bars, rows: h - 1, highest: c.Max()}
	p.axis = min(cells.Width(c.highest(p.highest))+2, w)
	room := max(1, w-p.axis)
	if len(p.bars) > room {
		p.bars = p.bars[len(p.bars)-room:]
	}
	p.step = 1
	if n := len(p.bars); n > 0 {
		p.step = min(room/n, widestBar+1)
	}
	p.width = max(1, p.step-1)
	return p
}

// leastHeight is the least a chart takes: two lines of bars and one of labels.
const leastHeight = 3

// Lines draws the chart: exactly h lines of exactly w cells.
func (c Chart) Lines(w, h int, th *theme.Theme) []string {
	if h < leastHeight || w < 12 || len(c.Bars) == 0 {
		return cells.Block(nil, w, h)
	}
	p := c.plot(w, h)
	lines := make([]string, 0, h)
	for row := p.rows - 1; row >= 0; row-- {
		lines = append(lines, c.row(p, row, w, th))
	}
	return append(lines, c.labels(p, w, th))
}

// highest is what stands at the top of the axis.
func (c Chart) highest(m model.Money) string {
	if m < 10*model.Unit {
		return m.In(c.Currency)
	}
	return m.WholeIn(c.Currency)
}

// row draws one line of the bars, 0 the lowest.
func (c Chart) row(p plot, row, w int, th *theme.Theme) string {
	g, pens := c.glyphs(), th.Pens()
	var b strings.Builder
	axis := ""
	switch row {
	case p.rows - 1:
		axis = c.highest(p.highest)
	case 0:
		axis = "0"
	}
	write(&b, &pens.Tones[theme.Dim], cells.FitRight(axis, p.axis-1))
	b.WriteString(" ")
	used := p.axis
	for _, bar := range p.bars {
		text, tone := p.cell(bar, row, g)
		write(&b, &pens.Tones[tone], strings.Repeat(text, p.width))
		b.WriteString(cells.Blank(p.step - p.width))
		used += p.step
	}
	b.WriteString(cells.Blank(w - used))
	return b.String()
}

// cell is what a bar shows on a line.
func (p plot) cell(bar Bar, row int, g glyphs) (string, theme.Tone) {
	level := p.level(bar.Total) - row*eighths
	switch {
	case level <= 0 && row == 0 && bar.Gap:
		return g.gap, theme.Warn
	case level <= 0:
		return " ", theme.Plain
	case level >= eighths && (p.level(bar.Part)+eighths/2)/eighths > row:
		return g.part, theme.Warn
	}
	return string(g.level[min(level, eighths)]), theme.Accent
}

// level is the height of an amount in eighths of a line; what is more than
// nothing shows.
func (p plot) level(m model.Money) int {
	if m <= 0 || p.highest <= 0 {
		return 0
	}
	full := float64(p.rows * eighths)
	return max(1, int(full*(float64(m)/float64(p.highest))+0.5))
}

// labels is the line under the bars: as many labels as stand apart.
func (c Chart) labels(p plot, w int, th *theme.Theme) string {
	var line strings.Builder
	line.WriteString(cells.Blank(p.axis))
	at := p.axis
	for i, bar := range p.bars {
		x := p.axis + i*p.step
		if bar.Label == "" || x < at || x+cells.Width(bar.Label) > w {
			continue
		}
		line.WriteString(cells.Blank(x-at) + bar.Label + " ")
		at = x + cells.Width(bar.Label) + 1
	}
	var b strings.Builder
	write(&b, &th.Pens().Tones[theme.Dim], cells.Fit(line.String(), w))
	return b.String()
}

func write(b *strings.Builder, pen *theme.Pen, text string) {
	if text != "" {
		pen.Write(b, text)
	}
}
