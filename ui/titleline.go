package ui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/theme"
)

// titleLine says what the pane shows: how many of how many rows, by which
// filter, what they cost, how they are sorted, and how old they are.
func (a *App) titleLine() string {
	ink, p := &a.ink, a.page().pane
	left := []piece{{" " + a.pathText(), ink.title, 0}}
	if shown, total := p.Counts(); total > 0 || a.at > 0 {
		left = append(left, piece{" " + countText(shown, total), ink.title, 0})
	}
	if f := p.Filter(); f != "" {
		left = append(left, piece{"  /" + f, ink.tones[theme.Accent], 1})
	}
	if n := p.Marks(); n > 0 {
		left = append(left, piece{"  " + strconv.Itoa(n) + " marked", ink.tones[theme.Accent], 2})
	}
	if s := a.shareText(); s != "" {
		left = append(left, piece{"  " + s, ink.tones[theme.Money], 5})
	}
	age, tone := a.ageText()
	right := []piece{}
	if column, desc := p.Sorted(); column != "" {
		right = append(right, piece{"sort " + strings.ToLower(column) + " " + arrow(desc), ink.tones[theme.Dim], 4})
	}
	if age != "" {
		right = append(right, piece{"   " + age + " ", ink.tones[tone], 3})
	}
	return bar(a.width, ink.footer, left, right)
}

func arrow(desc bool) string {
	if desc {
		return "▼"
	}
	return "▲"
}

func countText(shown, total int) string {
	if shown == total {
		return strconv.Itoa(total)
	}
	return strconv.Itoa(shown) + "/" + strconv.Itoa(total)
}

// pathText is the way here: "workspaces › instances".
func (a *App) pathText() string {
	var b strings.Builder
	for _, p := range a.trail {
		b.WriteString(a.pages[p.page].pane.Name() + " › ")
	}
	return b.String() + a.page().pane.Name()
}

// shareText is what part of the whole bill the rows in view are, where they
// are not all of it.
func (a *App) shareText() string {
	p := a.page().pane
	t := p.Tally()
	shown, total := p.Counts()
	if !a.page().metered || shown == total && p.Marks() == 0 {
		return ""
	}
	return t.Burn.In("") + "/h of " + a.fleet.Burn.In("") + "/h"
}

// ageText is how old the rows are, and what of them could not be read: an
// error stays until the reading works again.
func (a *App) ageText() (string, theme.Tone) {
	f := a.status
	switch {
	case a.snap.Seq == 0:
		return "no answer yet", theme.Change
	case len(f.failing) > 0:
		return a.failingText(f), theme.Bad
	case f.parts == 0:
		return "", theme.Dim
	case f.loaded < f.parts:
		return fmt.Sprintf("%d of %d read", f.loaded, f.parts), theme.Change
	}
	return model.Ago(a.now().Sub(f.asOf)) + " ago", theme.Dim
}

// failingText is "1 of 12 failing: prod-ws: 403 · 4m old".
func (a *App) failingText(f freshness) string {
	first := f.failing[0]
	text := fmt.Sprintf("%d of %d failing: %s: %s", len(f.failing), f.parts, first.Name, model.Short(first.Err))
	if first.AsOf.IsZero() {
		return text + " · never read"
	}
	return text + " · " + model.Ago(a.now().Sub(first.AsOf)) + " old"
}
