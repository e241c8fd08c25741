package pane

import (
	"strings"
	"time"

	"github.com/amltop/amltop/ui/theme"
)

// The glyphs in front of a row. With the names of states they tell without
// colour what colour tells.
const (
	cursorBar = "▌"
	markGlyph = "✓"
)

// old is how long a part's answer is trusted, on the wall: twice the longest
// time the poller rests between two calls.
const old = 10 * time.Minute

func (t *table[R, K]) View(width, height int, env Env, th *theme.Theme) []string {
	if height <= 0 {
		return []string{}
	}
	width = max(width, 0)
	lines := make([]string, 0, height)
	if width == 0 {
		return append(lines, make([]string, height)...)
	}
	skip := min(t.skip, maxSkip(t.measures, width))
	slots := fit(t.measures, width, skip)
	var b strings.Builder
	lines = append(lines, t.header(&b, slots, width, th))
	n := len(t.shown.order)
	top := scrollTo(t.cursor.top, t.cursor.pos, max(height-1, 1), n)
	for pos := top; len(lines) < height && pos < n; pos++ {
		b.Reset()
		b.Grow(width + 64)
		t.line(&b, pos, slots, width, env, th)
		lines = append(lines, b.String())
	}
	if n == 0 && height > 1 {
		b.Reset()
		t.nothing(&b, width, env, th)
		lines = append(lines, b.String())
	}
	for blank := strings.Repeat(" ", width); len(lines) < height; {
		lines = append(lines, blank)
	}
	return lines
}

// header is the line of column titles.
func (t *table[R, K]) header(b *strings.Builder, slots []slot, width int, th *theme.Theme) string {
	pen := &th.Pens().Columns
	b.WriteString(pen.Open)
	pad(b, min(gutter, width))
	used := min(gutter, width)
	for i, s := range slots {
		if i > 0 {
			pad(b, gap(width))
			used += gap(width)
		}
		title := t.spec.Columns[s.column].Title
		if s.column == t.query.sort {
			title = t.arrowed(title, s.width)
		}
		place(b, title, s.width, s.align)
		used += s.width
	}
	pad(b, width-used)
	b.WriteString(pen.Close)
	return b.String()
}

// arrowed adds the direction of the sort to a title; the arrow stays when
// there is no room for both.
func (t *table[R, K]) arrowed(title string, width int) string {
	arrow := "▲"
	if t.query.desc {
		arrow = "▼"
	}
	_, cells := shape(title, width)
	switch {
	case cells+2 <= width:
		return title + " " + arrow
	case cells+1 <= width:
		return title + arrow
	default:
		title, _ = shape(title, width-1)
		return title + arrow
	}
}

// line draws the row at a position. The selected, marked and stale rows are
// one style over plain text: a style that ends within would end theirs.
func (t *table[R, K]) line(b *strings.Builder, pos int, slots []slot, width int, env Env, th *theme.Theme) {
	r := t.row(pos)
	pens := th.Pens()
	_, marked := t.marks[t.spec.Key(r)]
	selected := pos == t.cursor.pos
	var whole *theme.Pen
	switch {
	case selected:
		whole = &pens.Selected
	case t.stale(r, env):
		whole = &pens.Stale
	case marked:
		whole = &pens.Marked
	}
	if whole != nil {
		b.WriteString(whole.Open)
	}
	used := front(b, width, selected, marked)
	for i, s := range slots {
		if i > 0 {
			pad(b, gap(width))
			used += gap(width)
		}
		cell := t.spec.cell(s.column, r, env)
		used += s.width
		if whole != nil || int(cell.Tone) >= len(pens.Tones) || pens.Tones[cell.Tone].Open == "" {
			place(b, cell.Text, s.width, s.align)
			continue
		}
		toned(b, cell.Text, s, &pens.Tones[cell.Tone])
	}
	pad(b, width-used)
	if whole != nil {
		b.WriteString(whole.Close)
	}
}

// front draws the gutter and returns its width.
func front(b *strings.Builder, width int, selected, marked bool) int {
	glyphs := [gutter]string{" ", " ", " "}
	if selected {
		glyphs[0] = cursorBar
	}
	if marked {
		glyphs[1] = markGlyph
	}
	n := min(gutter, width)
	for _, g := range glyphs[:n] {
		b.WriteString(g)
	}
	return n
}

// toned draws a cell in its tone; the blanks around it stay unstyled.
func toned(b *strings.Builder, text string, s slot, pen *theme.Pen) {
	shaped, cells := shape(text, s.width)
	if s.align == Right {
		pad(b, s.width-cells)
	}
	if shaped != "" {
		pen.Write(b, shaped)
	}
	if s.align != Right {
		pad(b, s.width-cells)
	}
}

// stale reports whether a row is from an answer that could not be renewed.
func (t *table[R, K]) stale(r R, env Env) bool {
	if env.Snap == nil || t.spec.Section == "" {
		return false
	}
	if env.Silent {
		return true
	}
	scope := ""
	switch {
	case t.spec.Scope != nil:
		scope = t.spec.Scope(r)
	case t.spec.Where != nil:
		scope = string(t.spec.Where(r))
	}
	part := env.Snap.Part(t.spec.Section, scope)
	if part == nil {
		return false
	}
	trusted := time.Duration(float64(old) * max(env.Snap.Clock.Speed, 1))
	return part.Err != nil || !part.AsOf.IsZero() && env.Now.Sub(part.AsOf) > trusted
}

// nothing says why there is no row to see.
func (t *table[R, K]) nothing(b *strings.Builder, width int, env Env, th *theme.Theme) {
	text := t.spec.Empty
	switch {
	case t.data.version == 0 || t.gen != t.applied:
		text = "reading …"
	case len(t.shown.rows) > 0:
		text = "no row matches " + t.query.text
	case env.Snap != nil && t.unread(env):
		text = "waiting for the first answer"
		if failing := env.Snap.Parts[t.spec.Section].Failing(); len(failing) > 0 {
			text = "could not be read: " + failing[0].Err.Error()
		}
	}
	used := min(gutter, width)
	pad(b, used)
	pen := &th.Pens().Tones[theme.Dim]
	toned(b, text, slot{width: width - used}, pen)
}

// unread reports whether no part of the section ever answered, so that an
// empty list means nothing.
func (t *table[R, K]) unread(env Env) bool {
	parts := env.Snap.Parts[t.spec.Section]
	return len(parts) > 0 && parts.Loaded() == 0
}
