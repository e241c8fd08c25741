package ui

import (
	"slices"
	"strings"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// footLine is the last line: the keys for what can be done here, and what is
// left of the tightest of the service's allowances.
func (a *App) footLine() string {
	ink := &a.ink
	left := []piece{{" ", ink.footer, 0}}
	for i, b := range a.hints() {
		drop := hintDrop(b.ID, i)
		left = append(left, piece{b.First(), ink.hint, drop}, piece{" " + a.shortOf(b) + "  ", ink.footer, drop})
	}
	var right []piece
	if s, tone := a.budgetText(); s != "" {
		right = append(right, piece{s + " ", ink.tones[tone], 8})
	}
	return bar(a.width, ink.footer, left, right)
}

// keepHints are the hints a narrow footer keeps longest, the first the longest:
// who knows the help finds the others. The rest goes from the right.
var keepHints = []keymap.ID{
	keymap.Help, keymap.Undo, keymap.Stop, keymap.Start, keymap.Filter, keymap.Open, keymap.Actions,
}

// hintDrop is when a hint goes: of the rest, the i-th in the order of the table.
func hintDrop(id keymap.ID, i int) int {
	if rank := slices.Index(keepHints, id); rank >= 0 {
		return 1 + rank
	}
	return 2 + len(keepHints) + i
}

// shortOf is what the footer calls a binding: by the action it stands for here,
// if that is not its own: jobs are cancelled, not stopped.
func (a *App) shortOf(b keymap.Binding) string {
	if o, ok := a.offer(b); ok && o.ID != b.Offers[0] {
		return o.ID
	}
	return b.Short
}

// hints are the bindings worth a place in the footer: those that do something
// here and now.
func (a *App) hints() []keymap.Binding {
	var list []keymap.Binding
	for _, b := range a.keys.Hints(keymap.List) {
		if b.Mutates && a.barred() {
			continue
		}
		if a.applies(b) {
			list = append(list, b)
		}
	}
	return list
}

// applies reports whether a binding does something on the page as it stands.
func (a *App) applies(b keymap.Binding) bool {
	if len(b.Offers) > 0 {
		o, ok := a.offer(b)
		return ok && o.Err == nil
	}
	switch b.ID {
	case keymap.Open, keymap.Describe:
		return a.selected
	case keymap.Mark:
		return a.selected && len(a.page().pane.Columns()) > 0
	case keymap.Period:
		_, ok := a.page().pane.(*costPane)
		return ok
	case keymap.Wire:
		return a.resource
	case keymap.Actions:
		return len(a.offers) > 0
	case keymap.Undo:
		return len(a.inGrace()) > 0
	case keymap.Filter:
		return len(a.page().pane.Columns()) > 0
	}
	return true
}

// offer is the first of the pane's actions a binding stands for that can be
// done now, else the first there is at all.
func (a *App) offer(b keymap.Binding) (pane.Offer, bool) {
	var none pane.Offer
	found := false
	for _, id := range b.Offers {
		for _, o := range a.offers {
			if o.ID != id {
				continue
			}
			if o.Err == nil {
				return o, true
			}
			if !found {
				none, found = o, true
			}
		}
	}
	return none, found
}

// promptLine is the last line while something is typed, and the cursor's cell.
func (a *App) promptLine() (string, int) {
	p, th := a.prompt, a.theme
	sign, note, style := "/", "", th.Tone(theme.Dim)
	switch text := p.line.String(); {
	case !p.command:
		note = a.filterNote(text)
	case strings.Contains(text, " "):
		sign = ":"
	default:
		sign, note = ":", strings.Join(a.candidates(text), " ")
	}
	if p.err != nil && a.area.message < 0 {
		note, style = p.err.Error(), th.Error
	}
	room := a.width - 1
	if note != "" {
		typed := cells.Width(p.line.String()) + 2
		room = min(room, max(typed, 12))
	}
	text, at := p.line.View(room)
	line := th.KeyHint.Render(sign) + th.Input.Render(text)
	if rest := a.width - 1 - room; rest > 0 {
		line += style.Render(cells.Fit(" "+note, rest))
	}
	return line, at + 1
}
