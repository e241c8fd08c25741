package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// Asked is an action asked for while a text is open that the program, not the
// text, carries out: another form of it, or fresh data.
type Asked struct{ ID keymap.ID }

// Viewer shows a text over the whole page: details, JSON, logs, help.
type Viewer struct {
	title string
	lines []string // as given
	rows  []string // as shown: wrapped or not
	Foot  string   // beside the position: what other keys do here

	wrap          bool
	top, left     int
	width, height int
	finding       bool
	line          Line
	term          string
}

// NewViewer is a viewer of lines. Lines may carry styles.
func NewViewer(title string, lines []string) *Viewer {
	v := &Viewer{title: title, wrap: true}
	v.SetLines(title, lines)
	return v
}

// SetLines replaces the text; the place in it is kept where it still exists.
func (d *Viewer) SetLines(title string, lines []string) {
	d.title, d.lines = title, lines
	d.layout()
}

// layout wraps the lines for the width there is.
func (d *Viewer) layout() {
	inner := max(1, d.width-frameWidth)
	if !d.wrap || d.width == 0 {
		d.rows = d.lines
	} else {
		rows := make([]string, 0, len(d.lines))
		for _, l := range d.lines {
			if ansi.StringWidth(l) <= inner {
				rows = append(rows, l)
				continue
			}
			rows = append(rows, hung(l, inner)...)
		}
		d.rows = rows
	}
	d.scroll(0)
}

// Scope is that of texts, or of typing while a search term is typed.
func (d *Viewer) Scope() keymap.Scope {
	if d.finding {
		return keymap.Text
	}
	return keymap.View
}

// Resize wraps the text anew.
func (d *Viewer) Resize(width, height int) {
	d.width, d.height = width, height
	d.layout()
}

// room is how many rows are shown at once.
func (d *Viewer) room() int { return max(1, d.height-frameHeight-1) }

func (d *Viewer) scroll(n int) {
	d.top = max(0, min(d.top+n, len(d.rows)-d.room()))
}

// Key scrolls, searches and closes; other actions are handed on as [Asked].
func (d *Viewer) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	if d.finding {
		d.typeTerm(id, press)
		return Outcome{}
	}
	if d.motion(id) {
		return Outcome{}
	}
	switch id {
	case keymap.Back, keymap.Leave:
		return cancelled
	case keymap.Find:
		d.finding, d.line = true, Line{}
	case keymap.FindNext:
		d.seek(d.top+1, 1)
	case keymap.FindPrev:
		d.seek(d.top-1, -1)
	case keymap.Wrap:
		d.wrap, d.left = !d.wrap, 0
		d.layout()
	case keymap.Describe, keymap.Wire, keymap.Refresh, keymap.Undo:
		return Outcome{Result: Asked{id}}
	}
	return Outcome{}
}

func (d *Viewer) motion(id keymap.ID) bool {
	switch id {
	case keymap.Up:
		d.scroll(-1)
	case keymap.Down:
		d.scroll(1)
	case keymap.PageUp:
		d.scroll(-d.room())
	case keymap.PageDown:
		d.scroll(d.room())
	case keymap.HalfUp:
		d.scroll(-d.room() / 2)
	case keymap.HalfDown:
		d.scroll(d.room() / 2)
	case keymap.Home:
		d.top = 0
	case keymap.End:
		d.scroll(len(d.rows))
	case keymap.Left:
		d.left = max(0, d.left-8)
	case keymap.Right:
		if !d.wrap {
			d.left += 8
		}
	default:
		return false
	}
	return true
}

// typeTerm edits the search term; the text follows it as it is typed.
func (d *Viewer) typeTerm(id keymap.ID, press tea.KeyPressMsg) {
	switch id {
	case keymap.Cancel:
		d.finding, d.term = false, ""
	case keymap.Accept:
		d.finding = false
	default:
		if d.line.Key(press) {
			d.term = strings.ToLower(d.line.String())
			d.seek(d.top, 1)
		}
	}
}

// seek scrolls to the next row from a row on, in a direction, that holds the
// term; around the end once.
func (d *Viewer) seek(from, step int) {
	if d.term == "" || len(d.rows) == 0 {
		return
	}
	for i := range d.rows {
		at := ((from+i*step)%len(d.rows) + len(d.rows)) % len(d.rows)
		if d.holds(at) {
			d.top = max(0, min(at, max(0, len(d.rows)-1)))
			return
		}
	}
}

func (d *Viewer) holds(row int) bool {
	return d.term != "" && strings.Contains(strings.ToLower(ansi.Strip(d.rows[row])), d.term)
}

// Paste goes into the search term.
func (d *Viewer) Paste(text string) Outcome {
	if d.finding {
		d.line.Insert(text)
		d.term = strings.ToLower(d.line.String())
		d.seek(d.top, 1)
	}
	return Outcome{}
}

// View draws the rows in sight, matches marked.
func (d *Viewer) View(c Canvas) Box {
	inner := max(1, c.Width-frameWidth)
	room := max(1, c.Height-frameHeight-1)
	rows := make([]string, 0, room)
	for i := d.top; i < min(d.top+room, len(d.rows)); i++ {
		row := d.rows[i]
		if d.left > 0 {
			row = ansi.Cut(row, d.left, d.left+inner)
		}
		if d.holds(i) {
			row = c.Theme.Selected.Render(cells.Fit(ansi.Strip(row), inner))
		}
		rows = append(rows, row)
	}
	rows = cells.Block(rows, inner, room)
	if d.finding {
		text, at := d.line.View(max(1, inner-1))
		return frame(c, d.title, rows, c.Theme.KeyHint.Render("/")+text, &tea.Position{X: at + 1, Y: room})
	}
	return frame(c, d.title, rows, d.status(c, room), nil)
}

// status is the position and the keys.
func (d *Viewer) status(c Canvas, room int) string {
	text := fmt.Sprintf("%d–%d of %d", min(d.top+1, len(d.rows)), min(d.top+room, len(d.rows)), len(d.rows))
	if d.term != "" {
		n := 0
		for i := range d.rows {
			if d.holds(i) {
				n++
			}
		}
		text += fmt.Sprintf("   %d match “%s”", n, d.term)
	}
	return text + "   " + hint(c, string(keymap.Back), "close", string(keymap.Find), "find", string(keymap.Wrap), "wrap") + d.Foot
}
