package overview

import (
	"strconv"
	"strings"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/theme"
)

// canvas draws with a theme's pens.
type canvas struct {
	pens    *theme.Pens
	tight   bool // few lines: none of them blank
	theme   *theme.Theme
	extra   Extra
	column  int // of the stack being drawn
	top     int // its first line
	entries *[]Placed
}

// run is a piece of text of one tone.
type run struct {
	text string
	tone theme.Tone
}

// line is one row of a section: what it is about, what is the matter, and what
// it costs or when it was.
type line struct {
	name  string
	text  string
	tone  theme.Tone // of the text
	right string
	to    Entry // what the line is about; the zero Entry is nothing to go to
}

// Entry is what a line of the overview is about: a row of a pane, or rows of
// one by a filter.
type Entry struct {
	Section string // title of its section without figures: one target may stand in several
	Pane    string
	Row     any    // the model's value; nil where it stands for several
	Key     string // tells entries of a section apart
	Filter  string // of the pane, where it stands for several rows
}

// ID tells entries apart.
func (e Entry) ID() string { return e.Section + "\x00" + e.Pane + "\x00" + e.Key }

// Placed is an entry with its place: column, and line from the top.
type Placed struct {
	Entry
	Column, Line int
}

// runs draws pieces of text one after the other, cut and padded to w cells.
func (c canvas) runs(list []run, w int) string {
	var b strings.Builder
	left := w
	for _, r := range list {
		text := cells.Cut(r.text, left)
		if text == "" {
			break
		}
		c.write(&b, r.tone, text)
		left -= cells.Width(text)
	}
	b.WriteString(cells.Blank(left))
	return b.String()
}

func (c canvas) write(b *strings.Builder, tone theme.Tone, text string) {
	if tone == theme.Plain {
		b.WriteString(text)
		return
	}
	c.pens.Tones[tone].Write(b, text)
}

// stack draws sections one under the other: exactly h lines of w cells. Every
// section first gets its few lines in order of urgency, then the rest is
// handed out in the same order.
func (c canvas) stack(all []section, w, h int) []string {
	shares := c.deal(all, h)
	lines := make([]string, 0, h)
	for i, s := range all {
		n := shares[i]
		if n == 0 {
			continue
		}
		tone := theme.Accent
		if s.alarm {
			tone = theme.Bad
		}
		title := s.title
		if more := s.n - (n - 1); more > 0 && n > 1 && s.draw == nil {
			title += " (" + strconv.Itoa(more) + " more)"
		}
		lines = append(lines, c.runs([]run{{" " + title, tone}}, w))
		if s.draw != nil {
			lines = append(lines, s.draw(w, n-1)...)
		} else {
			lines = append(lines, c.rows(s, n-1, w, len(lines))...)
		}
		if len(lines) < h && !c.tight {
			lines = append(lines, cells.Blank(w))
		}
	}
	for len(lines) < h {
		lines = append(lines, cells.Blank(w))
	}
	return lines[:h]
}

// deal is how many lines each section gets, its title included; 0 leaves it
// out. Where there is room a blank line follows each section.
func (c canvas) deal(all []section, h int) []int {
	blank := 1
	if c.tight {
		blank = 0
	}
	shares := make([]int, len(all))
	left := h
	for i, s := range all {
		if s.n == 0 && s.line != nil {
			continue // nothing to say
		}
		want := 1 + min(s.n, s.first)
		if s.draw != nil && left < want {
			continue // half a chart says nothing
		}
		if left < min(want, 2) {
			break
		}
		shares[i] = min(want, left)
		left -= shares[i] + blank
	}
	for i, s := range all {
		if left <= 0 {
			break
		}
		if shares[i] == 0 {
			continue
		}
		more := min(left, s.n+1-shares[i])
		shares[i] += more
		left -= more
	}
	return shares
}

// rows draws a section's first lines with their names and their right ends in
// columns.
func (c canvas) rows(s section, n, w, top int) []string {
	list := make([]line, n)
	name, right := 0, 0
	for i := range list {
		list[i] = s.line(i)
		name = max(name, cells.Width(list[i].name))
		right = max(right, cells.Width(list[i].right))
	}
	name = min(name, max(8, w/3))
	drawn := make([]string, n)
	for i, l := range list {
		if l.to.Pane != "" {
			l.to.Section = s.kind()
			*c.entries = append(*c.entries, Placed{l.to, c.column, c.top + top + i})
		}
		drawn[i] = c.row(l, w, name, right)
	}
	return drawn
}

// row draws one line. What does not fit goes from the text in the middle.
func (c canvas) row(l line, w, name, right int) string {
	if c.extra.Chosen != "" && l.to.Pane != "" && l.to.ID() == c.extra.Chosen {
		return c.under(l, w, name, right)
	}
	middle := w - 2 - name - 2 - right - 2
	if middle < 4 { // too narrow for a text
		room := max(0, w-2-right-1)
		return c.runs([]run{{"  " + cells.Fit(l.name, room) + " ", theme.Plain}, {cells.FitRight(l.right, min(right, w)), theme.Money}}, w)
	}
	return c.runs([]run{
		{"  " + cells.Fit(l.name, name) + "  ", theme.Plain},
		{cells.Fit(l.text, middle), l.tone},
		{" " + cells.FitRight(l.right, right) + " ", theme.Money},
	}, w)
}

// under draws the line under the cursor: one style over plain text, and a bar in
// front of it that tells without colour.
func (c canvas) under(l line, w, name, right int) string {
	plain := c
	plain.extra, plain.pens = Extra{}, new(theme.Pens)
	text := plain.row(l, w, name, right)
	var b strings.Builder
	c.pens.Selected.Write(&b, cells.Fit(cursorBar+strings.TrimPrefix(text, " "), w))
	return b.String()
}

// cursorBar is in front of the line under the cursor, as in tables.
const cursorBar = "▌"

func itoa(n int) string { return strconv.Itoa(n) }
