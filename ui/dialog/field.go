package dialog

// Option is one value a field can be set to.
type Option struct {
	Value string
	Label string // shown instead of the value; "" shows the value
	Note  string // beside it in the list: cores, memory, price
	Off   bool   // shown with its note, cannot be chosen
}

// Field is one line of a form.
type Field struct {
	ID      string
	Label   string
	Hint    string   // shown while it is empty
	Options []Option // a list to choose from; nil: free text
	Free    bool     // with options: other values may be typed
	Hidden  bool     // does not apply to the values at hand

	choice   bool
	proposed bool // the value is a proposal, unless own
	own      bool // the value is the user's
	line     Line
}

// Text is a field with a text to edit.
func Text(id, label, value, hint string) Field {
	return Field{ID: id, Label: label, Hint: hint, line: NewLine(value)}
}

// Choice is a field whose value is one of several.
func Choice(id, label, value string, options []Option) Field {
	return Field{ID: id, Label: label, Options: options, choice: true, line: NewLine(value)}
}

// Value is the field's value as it stands.
func (f *Field) Value() string { return f.line.String() }

// Set sets the field's value.
func (f *Field) Set(value string) { f.line.Set(value) }

// typed reports whether the field's value is typed rather than chosen.
func (f *Field) typed() bool { return !f.choice || f.Free }

// lists reports whether Enter opens the field's list: a long one always, a list
// of suggestions only while nothing is typed.
func (f *Field) lists() bool {
	if f.Free {
		return f.Value() == "" && len(f.Options) > 0
	}
	return len(f.Options) > 3 || f.Value() == "" && len(f.Options) > 0
}

// shownValue is what the form shows for the value.
func (f *Field) shownValue() string {
	v := f.Value()
	for _, o := range f.Options {
		if o.Value == v && o.Label != "" {
			return o.Label
		}
	}
	return v
}

// turn chooses the next (+1) or the previous (-1) option that can be chosen.
func (f *Field) turn(step int) {
	at := 0
	for i, o := range f.Options {
		if o.Value == f.Value() {
			at = i
		}
	}
	for range f.Options {
		at = (at + step + len(f.Options)) % len(f.Options)
		if !f.Options[at].Off {
			f.Set(f.Options[at].Value)
			return
		}
	}
}

// items are the options as a picker shows them.
func (f *Field) items() []Item {
	items := make([]Item, len(f.Options))
	for i, o := range f.Options {
		label := o.Label
		if label == "" {
			label = o.Value
		}
		items[i] = Item{Label: label, Note: o.Note, Off: o.Off, Result: o.Value}
	}
	return items
}
