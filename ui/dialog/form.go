package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
)

// Values are a form's values by field.
type Values map[string]string

// Judged is what a form's owner makes of its values: which fields apply, what
// is wrong with them, what they come to, and the result Enter would hand back.
type Judged struct {
	Hidden  []string            // fields that do not apply
	Options map[string][]Option // lists that depend on other fields; absent: as they are
	Propose map[string]string   // values for fields the user has not been in; typing replaces them
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
			d.Fields[i].own = true
		}
	}
	d.rejudge()
}

// Rejudge judges the values anew: the owner has learnt something.
func (d *Form) Rejudge() { d.rejudge() }

// rejudge judges the values, and once more with what is proposed for them.
func (d *Form) rejudge() {
	d.judged = d.Judge(d.Values())
	if d.propose() {
		d.judged = d.Judge(d.Values())
	}
	d.apply()
}

// propose fills in what the user has not been in, and reports whether that
// changed anything.
func (d *Form) propose() bool {
	changed := false
	for i := range d.Fields {
		f := &d.Fields[i]
		value, ok := d.judged.Propose[f.ID]
		if f.own || !ok && !f.proposed {
			continue
		}
		f.proposed = ok
		if f.Value() != value { // "" where there is no proposal any more
			f.Set(value)
			changed = true
		}
	}
	return changed
}

// apply takes the judgement to the fields.
func (d *Form) apply() {
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
		d.Fields[d.focus].own = true
		d.rejudge()
		d.move(1)
	}
}

// edit types into a field; on a field of choices left, right and space turn
// them, and a letter opens the list narrowed down to it.
func (d *Form) edit(field *Field, press tea.KeyPressMsg) {
	if field.typed() {
		if press.Text != "" {
			d.replace(field)
		}
		if field.line.Key(press) {
			field.own = true
			d.rejudge()
		}
		return
	}
	switch press.String() {
	case "left":
		field.turn(-1)
		field.own = true
	case "right", "space":
		field.turn(1)
		field.own = true
	default:
		if press.Text == "" {
			return
		}
		d.openList(field)
		d.picking.Key("", press)
	}
	d.rejudge()
}

// replace empties a field that holds nothing but a proposal: what is typed or
// pasted takes its place. Keys that edit keep it.
func (d *Form) replace(field *Field) {
	if field.proposed && !field.own {
		field.Set("")
	}
}

// Paste goes into the field being typed in.
func (d *Form) Paste(text string) Outcome {
	switch field := &d.Fields[d.focus]; {
	case d.picking != nil:
		d.picking.Paste(text)
	case field.typed():
		d.replace(field)
		field.line.Insert(text)
		field.own = true
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
