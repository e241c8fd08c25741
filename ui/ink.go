package ui

import (
	"charm.land/lipgloss/v2"

	"github.com/amltop/amltop/ui/theme"
)

// inks are the theme's styles as the lines around a pane draw with them: pens,
// because the screen is drawn after every message.
type inks struct {
	header                             theme.Pen // the first line, with its background
	brand, origin, warn, burn          theme.Pen // on the first line
	tabOn, tabOff, title, footer, hint theme.Pen
	failed                             theme.Pen
	tones                              [8]theme.Pen
}

// inksOf boils a theme down.
func inksOf(t *theme.Theme) inks {
	on := func(s lipgloss.Style) theme.Pen { return theme.PenOf(s.Inherit(t.Header)) }
	k := inks{
		header: theme.PenOf(t.Header), brand: on(t.Header.Bold(true)), origin: on(t.Tone(theme.Accent)),
		warn: on(t.Tone(theme.Warn)), burn: on(t.Tone(theme.Money).Bold(true)),
		tabOn: theme.PenOf(t.TabOn), tabOff: theme.PenOf(t.TabOff), title: theme.PenOf(t.Title),
		footer: theme.PenOf(t.Footer), hint: theme.PenOf(t.KeyHint), failed: theme.PenOf(t.Error),
	}
	for i, s := range t.Tones {
		k.tones[i] = theme.PenOf(s)
	}
	return k
}
