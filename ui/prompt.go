package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
)

// prompt is what is being typed in the last line: a filter or a command.
type prompt struct {
	command bool // else a filter
	line    dialog.Line
	was     string // the filter before, for going back to it
	err     error  // what is wrong with the filter as it stands
	at      int    // place in the command history; its length: the line being typed
	draft   string // the line being typed, while history is shown
}

func (a *App) askFilter() tea.Cmd {
	was := a.page().pane.Filter()
	a.prompt = &prompt{was: was, line: dialog.NewLine(was)}
	return nil
}

func (a *App) askCommand() tea.Cmd {
	a.prompt = &prompt{command: true, at: len(a.said)}
	return nil
}

// pressedInPrompt edits the line; the list follows a filter as it is typed.
func (a *App) pressedInPrompt(msg tea.KeyPressMsg) tea.Cmd {
	b, _, _ := a.keys.Lookup(keymap.Text, msg.String())
	switch b.ID {
	case keymap.Cancel, keymap.Interrupt:
		return a.cancelPrompt()
	case keymap.Accept:
		return a.acceptPrompt()
	case keymap.Suspend:
		return tea.Suspend
	case keymap.NextField:
		return a.completePrompt()
	case keymap.PrevItem:
		return a.promptUp()
	case keymap.NextItem:
		return a.promptDown()
	}
	if msg.String() == "backspace" && a.prompt.line.String() == "" {
		return a.cancelPrompt()
	}
	if a.prompt.line.Key(msg) {
		return a.promptChanged()
	}
	return nil
}

// promptChanged filters by what is typed so far.
func (a *App) promptChanged() tea.Cmd {
	if a.prompt.command {
		a.prompt.at = len(a.said)
		return nil
	}
	cmd, err := a.page().pane.SetFilter(a.prompt.line.String(), a.env())
	a.prompt.err = err
	return cmd
}

// cancelPrompt closes it; a filter goes back to what it was.
func (a *App) cancelPrompt() tea.Cmd {
	p := a.prompt
	a.prompt = nil
	if p.command {
		return nil
	}
	cmd, err := a.page().pane.SetFilter(p.was, a.env())
	if err != nil {
		a.notify(model.HealthBad, err.Error())
	}
	return cmd
}

// acceptPrompt runs the command or keeps the filter. A filter that is wrong
// stays open with what is wrong about it.
func (a *App) acceptPrompt() tea.Cmd {
	p := a.prompt
	if !p.command {
		if p.err == nil {
			a.prompt = nil
		}
		return nil
	}
	a.prompt = nil
	text := p.line.String()
	a.saidCommand(text)
	return a.runCommand(text)
}

// promptUp shows the command before, or moves in the list under a filter.
func (a *App) promptUp() tea.Cmd {
	p := a.prompt
	if !p.command {
		return a.move("up")
	}
	if p.at == 0 {
		return nil
	}
	if p.at == len(a.said) {
		p.draft = p.line.String()
	}
	p.at--
	p.line.Set(a.said[p.at])
	return nil
}

func (a *App) promptDown() tea.Cmd {
	p := a.prompt
	switch {
	case !p.command:
		return a.move("down")
	case p.at >= len(a.said):
		return nil
	}
	p.at++
	if p.at == len(a.said) {
		p.line.Set(p.draft)
		return nil
	}
	p.line.Set(a.said[p.at])
	return nil
}

// completePrompt completes the command, or the column a filter is about to
// name, as far as it is clear.
func (a *App) completePrompt() tea.Cmd {
	text := a.prompt.line.String()
	if a.prompt.command {
		a.prompt.line.Set(a.complete(text))
		return nil
	}
	word := text[strings.LastIndexAny(text, " !")+1:]
	names := a.columnsFrom(word)
	if word == "" || len(names) == 0 {
		return nil
	}
	done := common(names)
	if len(names) == 1 {
		done += ":"
	}
	if len(done) <= len(word) {
		return nil
	}
	a.prompt.line.Set(strings.TrimSuffix(text, word) + done)
	return a.promptChanged()
}

// columnsFrom are the pane's columns whose names begin with a word.
func (a *App) columnsFrom(word string) []string {
	var names []string
	for _, c := range a.page().pane.Columns() {
		if strings.HasPrefix(c.ID, strings.ToLower(word)) {
			names = append(names, c.ID)
		}
	}
	return names
}

// filterNote is what stands beside a filter being typed: the forms there are
// while nothing is typed, then the columns the last word may become.
func (a *App) filterNote(text string) string {
	word := text[strings.LastIndexAny(text, " !")+1:]
	switch names := a.columnsFrom(word); {
	case text == "" && len(names) > 0:
		return "regex  !not  -f fuzzy  column:regex  column>5  tab completes: " + strings.Join(names, " ")
	case word != "":
		return strings.Join(names, " ")
	}
	return ""
}

// saidKept is how many commands are remembered.
const saidKept = 20

func (a *App) saidCommand(text string) {
	if text == "" || len(a.said) > 0 && a.said[len(a.said)-1] == text {
		return
	}
	a.said = append(a.said, text)
	if len(a.said) > saidKept {
		a.said = append([]string(nil), a.said[1:]...)
	}
}
