package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
)

// Values are a form's values by field.
type Values map[string]string

// Judged is what a form's owner makes of its values: which fields apply, what
// is wrong with them, what they come to, and the result Enter would hand back.
type Judged struct {
	Hidden  []string            // fields that do not apply
	Options map[string][]Option // lists that depend on other fields; absent: as they are
	Errors  []string            // what is missing or wrong, a sentence each
	Notes   []string            // what it comes to: price times count
	Result  Result              // nil while something is wrong
}

// Form is a set of fields with live judgement.
type Form struct {
	Title  string
	Yes    string
	Fields []Field
	Judge  func(Values) Judged // pure

	judged  Judged
	focus   int
	tried   bool // Enter was pressed on a form with errors
	picking *Picker
	width   int
	height  int
}

// NewForm is a form with its first judgement made.
func NewForm(title, yes string, fields []Field, judge func(Values) Judged) *Form {
	f := &Form{Title: title, Yes: yes, Fields: fields, Judge: judge}
	f.rejudge()
	return f
}

// Values are the values as they stand.
func (d *Form) Values() Values {
	v := make(Values, len(d.Fields))
	for i := range d.Fields {
		v[d.Fields[i].ID] = d.Fields[i].Value()
	}
	return v
}

// Set sets a field by name, as a user would.
func (d *Form) Set(id, value string) {
	for i := range d.Fields {
		if d.Fields[i].ID == id {
			d.Fields[i].Set(value)
		}
	}
	d.rejudge()
}

func (d *Form) rejudge() {
	d.judged = d.Judge(d.Values())
	for i := range d.Fields {
		f := &d.Fields[i]
		f.Hidden = false
		for _, id := range d.judged.Hidden {
			f.Hidden = f.Hidden || id == f.ID
		}
		if options, ok := d.judged.Options[f.ID]; ok {
			f.Options = options
		}
	}
}

// Scope is that of typing.
func (d *Form) Scope() keymap.Scope { return keymap.Text }

// Resize keeps the room for pickers.
func (d *Form) Resize(width, height int) {
	d.width, d.height = width, height
	if d.picking != nil {
		d.picking.Resize(width, height)
	}
}

// Key edits, moves between fields, opens a field's list, or hands the result
// back.
func (d *Form) Key(id keymap.ID, press tea.KeyPressMsg) Outcome {
	if d.picking != nil {
		d.pick(d.picking.Key(id, press))
		return Outcome{}
	}
	field := &d.Fields[d.focus]
	switch id {
	case keymap.Cancel:
		return cancelled
	case keymap.NextField, keymap.NextItem:
		d.move(1)
	case keymap.PrevField, keymap.PrevItem:
		d.move(-1)
	case keymap.Accept:
		return d.accept(field)
	default:
		d.edit(field, press)
	}
	return Outcome{}
}

// accept opens the list of a field that has a long one, else submits from the
// last field, else goes on to the next.
func (d *Form) accept(field *Field) Outcome {
	if field.lists() {
		d.openList(field)
		return Outcome{}
	}
	if d.focus != d.last() {
		d.move(1)
		return Outcome{}
	}
	if d.judged.Result == nil {
		d.tried = true
		return Outcome{}
	}
	return Outcome{Close: true, Result: d.judged.Result}
}

func (d *Form) openList(field *Field) {
	d.picking = NewPicker(field.Label, "choose", field.items(), field.shownValue())
	d.picking.Resize(d.width, d.height)
}

// pick takes a picker's outcome into the field it was opened for.
func (d *Form) pick(out Outcome) {
	if !out.Close {
		return
	}
	d.picking = nil
	if value, ok := out.Result.(string); ok {
		d.Fields[d.focus].Set(value)
		d.rejudge()
		d.move(1)
	}
}

// edit types into a field; on a field of choices left, right and space turn
// them, and a letter opens the list narrowed down to it.
func (d *Form) edit(field *Field, press tea.KeyPressMsg) {
	if field.typed() {
		if field.line.Key(press) {
			d.rejudge()
		}
		return
	}
	switch press.String() {
	case "left":
		field.turn(-1)
	case "right", "space":
		field.turn(1)
	default:
		if press.Text == "" {
			return
		}
		d.openList(field)
		d.picking.Key("", press)
	}
	d.rejudge()
}

// Paste goes into the field being typed in.
func (d *Form) Paste(text string) Outcome {
	switch field := &d.Fields[d.focus]; {
	case d.picking != nil:
		d.picking.Paste(text)
	case field.typed():
		field.line.Insert(text)
		d.rejudge()
	}
	return Outcome{}
}

// move goes to the next field that applies, and stays at the ends.
func (d *Form) move(step int) {
	for i := d.focus + step; i >= 0 && i < len(d.Fields); i += step {
		if !d.Fields[i].Hidden {
			d.focus = i
			return
		}
	}
}

func (d *Form) last() int {
	for i := len(d.Fields) - 1; i > 0; i-- {
		if !d.Fields[i].Hidden {
			return i
		}
	}
	return 0
}

// View draws the form, or the list opened from it.
func (d *Form) View(c Canvas) Box {
	if d.picking != nil {
		return d.picking.View(c)
	}
	width := min(c.Width-frameWidth, 76)
	label := d.labels()
	cursor := &tea.Position{}
	var lines []string
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Hidden {
			continue
		}
		text, at := d.value(c, f, i == d.focus, max(4, width-label-3))
		bar := "  "
		if i == d.focus {
			bar = c.Theme.KeyHint.Render("▌ ")
			cursor = &tea.Position{X: 2 + label + 1 + at, Y: len(lines)}
		}
		lines = append(lines, bar+cells.Fit(f.Label, label)+" "+text)
	}
	lines = append(lines, "")
	lines = append(lines, d.verdict(c, width)...)
	yes := "next"
	if d.focus == d.last() {
		yes = d.Yes
	}
	return frame(c, d.Title, fold(lines, c.Height-frameHeight-1, cursor), hint(c, string(keymap.Accept), yes, string(keymap.NextField), "field", string(keymap.Cancel), "cancel"), cursor)
}

func (d *Form) labels() int {
	w := 0
	for i := range d.Fields {
		if !d.Fields[i].Hidden {
			w = max(w, cells.Width(d.Fields[i].Label))
		}
	}
	return w
}

func (d *Form) value(c Canvas, f *Field, on bool, width int) (text string, cursor int) {
	switch {
	case !f.typed():
		shown := f.shownValue()
		if on {
			return c.Theme.Input.Render(cells.Cut("‹ "+shown+" ›", width)), 2
		}
		return cells.Cut(shown, width), 0
	case f.Value() == "" && f.Hint != "":
		return c.Theme.Stale.Render(cells.Cut(f.Hint, width)), 0
	}
	text, cursor = f.line.View(width)
	return c.Theme.Input.Render(text), cursor
}

// verdict is what the values come to; what is wrong is dim until it is asked
// for, so that an empty form does not shout.
func (d *Form) verdict(c Canvas, width int) []string {
	var lines []string
	for _, n := range d.judged.Notes {
		lines = append(lines, cells.Wrap(n, width)...)
	}
	style := c.Theme.Stale
	if d.tried {
		style = c.Theme.Error
	}
	for _, e := range d.judged.Errors {
		for _, l := range cells.Wrap(e, width) {
			lines = append(lines, style.Render(l))
		}
	}
	return lines
}
