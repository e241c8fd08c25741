package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// titleLine says what the pane shows: how many of how many rows, by which
// filter, what they cost, how they are sorted, and how old they are.
func (a *App) titleLine() string {
	ink, p := &a.ink, a.page().pane
	left := []piece{{" " + a.pathText(), ink.title, 0}}
	if shown, total := p.Counts(); total > 0 || a.at > 0 {
		count := countText(shown, total)
		if d, ok := p.(pane.Deriver); ok && d.Deriving() {
			count = "…/" + strconv.Itoa(total) // those in sight are of the query before
		}
		left = append(left, piece{" " + count, ink.title, 0})
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
	if what, words := a.failing(); what != "" {
		bad := ink.tones[theme.Bad]
		pieces = append(pieces, piece{what, bad, 2}, piece{": " + words, bad, 6}, piece{"   ", ink.footer, 2})
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

// failing is what of the rows could not be read, and why: "1 of 12 failing",
// "prod-ws: AuthorizationFailed, 4m old". If nothing answers at all, that is
// what there is to say.
func (a *App) failing() (what, words string) {
	f := a.status
	switch {
	case errors.Is(a.silent.err, model.ErrSignIn):
		return "not signed in for " + model.Ago(a.now().Sub(a.silent.since)), signInReason(a.silent.err)
	case a.silent.err != nil:
		return "no answer for " + model.Ago(a.now().Sub(a.silent.since)), a.silent.err.Error()
	case len(f.failing) == 0:
		return "", ""
	}
	what = fmt.Sprintf("%d of %d failing", len(f.failing), f.parts)
	first := f.failing[0]
	if len(f.failing) > 1 {
		return what, reasons(f.failing)
	}
	words = first.Name + ": " + model.Short(first.Err)
	if first.AsOf.IsZero() {
		return what, words + ", never read"
	}
	return what, words + ", " + model.Ago(a.now().Sub(first.AsOf)) + " old"
}

// reasonsShown is how many different reasons a title line names.
const reasonsShown = 2

// reasons are the different reasons why parts fail.
func reasons(failing []*model.Part) string {
	var list []string
	for _, p := range failing {
		if why := model.Short(p.Err); !slices.Contains(list, why) {
			list = append(list, why)
		}
	}
	if len(list) > reasonsShown {
		list = append(list[:reasonsShown:reasonsShown], "…")
	}
	return strings.Join(list, ", ")
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
	rate := func(t model.Tally) string { return t.Burn.In(t.Currency) + "/h" }
	return t.Across(rate) + " of " + a.fleet.Across(rate)
}
