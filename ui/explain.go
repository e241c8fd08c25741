package ui

import (
	"errors"
	"regexp"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

// explanation is what stands in place of a pane without rows when nothing could
// be read yet: why, and what to do about it. nil: nothing to explain.
func (a *App) explanation() []string {
	root := a.snap.Part(model.SectionSubscriptions, "")
	if root == nil || a.page().pane.Section() == "" && a.page().digit != 0 {
		return nil
	}
	if _, total := a.page().pane.Counts(); total > 0 {
		return nil
	}
	var signIn *model.SignInError
	switch {
	case root.AsOf.IsZero() && errors.As(root.Err, &signIn):
		return append(signIn.Explain(), "", a.wayOn())
	case root.AsOf.IsZero() && root.Err != nil:
		return []string{"Nothing could be read yet.", "", reason(root.Err), "", a.wayOn()}
	case root.Err == nil && len(a.snap.Subscriptions) == 0 && a.snap.Origin.Carrier == model.CarrierAzure && !root.AsOf.IsZero():
		return append(a.snap.Origin.NoSubscription(), "", a.wayOn())
	}
	return nil
}

// wayOn is which keys help where nothing can be read.
func (a *App) wayOn() string {
	text := "It is asked again by itself; " + keymap.Pretty(a.keys.Get(keymap.Refresh).First()) + " asks now"
	if a.opt.SignIn != nil {
		text += ", :signin signs in with a code"
	}
	return text + ", :q leaves."
}

// explained draws an explanation in a pane's room. The first line says what is
// wrong; headings and the last are set off.
func (a *App) explained(lines []string, w, h int) []string {
	rows := make([]string, 0, h)
	for i, line := range lines {
		tone := theme.Plain
		switch {
		case i == 0:
			tone = theme.Bad
		case strings.HasSuffix(line, ":"), i == len(lines)-1:
			tone = theme.Dim
		}
		for _, row := range hanging(line, max(1, w-2)) {
			rows = append(rows, a.theme.Tone(tone).Render(" "+row))
		}
	}
	return cells.Block(rows, w, h)
}

// gap is what stands between the name and the text of a line in two columns.
var gap = regexp.MustCompile(`\S {2,}\S`)

// hanging wraps a line; what goes on below stands under its second column, if
// it has one and there is room beside the first, else a little further in.
func hanging(line string, width int) []string {
	if cells.Width(line) <= width {
		return []string{line}
	}
	indent := 4
	if at := gap.FindStringIndex(line); at != nil {
		if column := cells.Width(line[:at[1]-1]); column <= width/2 {
			indent = column
		} else {
			line = line[:at[0]+1] + "  " + line[at[1]-1:]
		}
	}
	first := cells.Wrap(line, width)[0]
	rest := strings.TrimSpace(strings.TrimPrefix(line, first))
	rows := []string{first}
	if rest == "" {
		return rows
	}
	for _, row := range cells.Wrap(rest, max(1, width-indent)) {
		rows = append(rows, strings.Repeat(" ", indent)+strings.TrimSpace(row))
	}
	return rows
}
