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
		left = append(left, piece{"  " + s, ink.tones[theme.Money], 7})
	}
	right := []piece{}
	if column, desc := p.Sorted(); column != "" {
		right = append(right, piece{"sort " + strings.ToLower(column) + " " + arrow(desc) + "   ", ink.tones[theme.Dim], 5})
	}
	return bar(a.width, ink.footer, left, append(right, a.freshPieces()...))
}

// freshPieces say how old the rows are, and what of them could not be read: an
// error stays until the reading works again. Where there is no room for its
// words the count remains, and `!` has them.
func (a *App) freshPieces() []piece {
	ink, f := &a.ink, a.status
	if a.snap.Seq == 0 {
		return []piece{{"no answer yet ", ink.tones[theme.Change], 3}}
	}
	var pieces []piece
	if len(f.failing) > 0 {
		bad := ink.tones[theme.Bad]
		pieces = append(pieces,
			piece{fmt.Sprintf("%d of %d failing", len(f.failing), f.parts), bad, 2},
			piece{": " + a.failingText(f.failing[0]), bad, 6},
			piece{"   ", ink.footer, 2})
	}
	switch {
	case f.parts == 0:
		return pieces
	case f.loaded+f.neverRead() < f.parts:
		return append(pieces, piece{fmt.Sprintf("%d of %d read ", f.loaded, f.parts), ink.tones[theme.Change], 3})
	case f.asOf.IsZero():
		return pieces
	}
	return append(pieces, piece{model.Ago(a.now().Sub(f.asOf)) + " ago ", ink.tones[theme.Dim], 3})
}

// neverRead is how many of the failing parts never answered.
func (f freshness) neverRead() int {
	n := 0
	for _, p := range f.failing {
		if p.AsOf.IsZero() {
			n++
		}
	}
	return n
}

// failingText is "prod-ws: AuthorizationFailed, 4m old".
func (a *App) failingText(p *model.Part) string {
	text := p.Name + ": " + model.Short(p.Err)
	if p.AsOf.IsZero() {
		return text + ", never read"
	}
	return text + ", " + model.Ago(a.now().Sub(p.AsOf)) + " old"
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
