// Package theme turns what a cell means into how it looks.
package theme

import (
	"charm.land/lipgloss/v2"
)

// Tone is what a piece of text means.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Dim
	Good
	Change
	Warn
	Bad
	Money
	Accent
)

// Theme is every style the program draws with. It is a value built once for a
// background and a profile, and read-only after that.
type Theme struct {
	Dark  bool
	Mono  bool // no colours: attributes and glyphs only
	Tones [8]lipgloss.Style

	Header   lipgloss.Style // the top line
	TabOn    lipgloss.Style
	TabOff   lipgloss.Style
	Title    lipgloss.Style // pane title line
	Columns  lipgloss.Style // table header
	Selected lipgloss.Style // the row under the cursor
	Marked   lipgloss.Style
	Stale    lipgloss.Style // rows whose data is old
	Footer   lipgloss.Style
	KeyHint  lipgloss.Style
	Border   lipgloss.Style // of dialogs
	Dialog   lipgloss.Style
	Error    lipgloss.Style
	Input    lipgloss.Style

	pens Pens
}

// Tone is the style of a tone.
func (t *Theme) Tone(tone Tone) lipgloss.Style { return t.Tones[tone] }
