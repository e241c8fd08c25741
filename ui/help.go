package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

// openHelp shows every binding, unless it is open already.
func (a *App) openHelp() tea.Cmd {
	if a.help != nil && a.dialogs.Has(a.help) {
		return nil
	}
	title := "amltop " + a.opt.Version + " – keys"
	a.help = dialog.NewViewer(strings.Join(strings.Fields(title), " "), a.helpLines())
	a.dialogs.Open(a.help)
	return nil
}

// helpLines are all bindings under their headings, then the commands.
func (a *App) helpLines() []string {
	width := 0
	for _, b := range a.keys.All() {
		width = max(width, cells.Width(b.Label()))
	}
	width = min(width, 18)
	var lines []string
	for _, s := range a.keys.Sections(keymap.Global) {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, a.theme.Title.Render(s.Title))
		for _, b := range s.Bindings {
			lines = append(lines, a.helpLine(b, width))
		}
	}
	lines = append(lines, "", a.theme.Title.Render("Commands, after "+a.keys.Get(keymap.Command).First()))
	for _, c := range commands() {
		lines = append(lines, "  "+cells.Fit(strings.Join(c.names, " "), width)+"  "+c.help)
	}
	lines = append(lines, "  "+cells.Fit("NAME /FILTER", width)+"  a pane by name or alias, filtered")
	return append(append(lines, "", a.theme.Title.Render("Short names of panes")), aliasLines()...)
}

func (a *App) helpLine(b keymap.Binding, width int) string {
	help := b.Help
	if b.Mutates && a.barred() {
		help += " (read-only: not available)"
	}
	return "  " + a.theme.KeyHint.Render(cells.Fit(b.Label(), width)) + "  " + help +
		a.theme.Tone(theme.Dim).Render("  · "+string(b.ID))
}

// openAliases shows the short names alone.
func (a *App) openAliases() tea.Cmd {
	a.dialogs.Open(dialog.NewViewer("short names", aliasLines()))
	return nil
}

// aliasLines are the short names by pane.
func aliasLines() []string {
	of := make(map[string][]string)
	for short, name := range aliases {
		of[name] = append(of[name], short)
	}
	var lines []string
	for name, shorts := range of {
		slices.Sort(shorts)
		lines = append(lines, fmt.Sprintf("  %-12s  %s", name, strings.Join(shorts, " ")))
	}
	slices.Sort(lines)
	return lines
}

// openFaults shows everything that fails at the moment in full, and what was
// said in the message line.
func (a *App) openFaults() tea.Cmd {
	a.dialogs.Open(dialog.NewViewer("what fails", a.faultLines()))
	return nil
}

func (a *App) faultLines() []string {
	var lines []string
	keys := make([]string, 0, len(a.snap.Parts))
	for key := range a.snap.Parts {
		keys = append(keys, string(key))
	}
	slices.Sort(keys)
	now := a.now()
	for _, key := range keys {
		for _, part := range a.snap.Parts[model.SectionKey(key)].Failing() {
			age := "never read"
			if !part.AsOf.IsZero() {
				age = "last read " + model.Ago(now.Sub(part.AsOf)) + " ago"
			}
			lines = append(lines, a.theme.Title.Render(key+" of "+part.Name)+"  "+age)
			lines = append(lines, "  "+reason(part.Err))
			var signIn *model.SignInError
			if errors.As(part.Err, &signIn) {
				lines = append(lines, signIn.Explain()[1:]...)
			}
			if !part.RetryAt.IsZero() && part.RetryAt.After(now) {
				lines = append(lines, "  asked again in "+model.Ago(part.RetryAt.Sub(now)))
			}
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "Nothing fails.")
	}
	if len(a.notices) > 0 {
		lines = append(lines, "", a.theme.Title.Render("Said in the message line, newest first"))
	}
	for i := len(a.notices) - 1; i >= 0; i-- {
		n := a.notices[i]
		lines = append(lines, n.at.In(a.opt.Zone).Format("15:04:05")+"  "+a.theme.Tone(said(n.health)).Render(n.text))
	}
	return lines
}
