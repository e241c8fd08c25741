package theme

import "charm.land/lipgloss/v2"

// New builds the theme for a dark or a light background. A mono theme has no
// colours at all: attributes and glyphs tell everything, as NO_COLOR asks.
func New(dark, mono bool) *Theme {
	if mono {
		return newMono(dark)
	}
	return newColour(dark)
}

func newColour(isDark bool) *Theme {
	p := light
	if isDark {
		p = dark
	}
	fore := func(c string) lipgloss.Style {
		if c == "" {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(lipgloss.Color(c))
	}
	t := &Theme{Dark: isDark}
	for tone, c := range p.tones {
		t.Tones[tone] = fore(c)
	}
	t.Header = fore(p.barFore).Background(lipgloss.Color(p.barBack))
	t.TabOn = fore(p.text).Bold(true).Underline(true)
	t.TabOff = fore(p.faint)
	t.Title = fore(p.text).Bold(true)
	t.Columns = fore(p.faint)
	t.Selected = lipgloss.NewStyle().Background(lipgloss.Color(p.selBack))
	t.Marked = fore(p.markFore)
	t.Stale = fore(p.tones[Dim])
	t.Footer = fore(p.faint)
	t.KeyHint = fore(p.tones[Accent])
	t.Border = fore(p.faint)
	t.Dialog = lipgloss.NewStyle()
	t.Error = fore(p.tones[Bad]).Bold(true)
	t.Input = fore(p.text)
	return t.seal()
}

func newMono(isDark bool) *Theme {
	plain := lipgloss.NewStyle()
	t := &Theme{Dark: isDark, Mono: true}
	t.Tones = [8]lipgloss.Style{
		Plain:  plain,
		Dim:    plain.Faint(true),
		Good:   plain,
		Change: plain.Italic(true),
		Warn:   plain.Bold(true),
		Bad:    plain.Bold(true).Underline(true),
		Money:  plain,
		Accent: plain.Bold(true),
	}
	t.Header = plain.Reverse(true)
	t.TabOn = plain.Bold(true).Underline(true)
	t.TabOff = plain
	t.Title = plain.Bold(true)
	t.Columns = plain.Underline(true)
	t.Selected = plain.Reverse(true)
	t.Marked = plain.Bold(true)
	t.Stale = plain.Faint(true)
	t.Footer = plain
	t.KeyHint = plain.Bold(true)
	t.Border = plain
	t.Dialog = plain
	t.Error = plain.Bold(true)
	t.Input = plain
	return t.seal()
}
