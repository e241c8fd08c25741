package ui

import (
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/costs"
)

// headerLine is the first line: where everything comes from, and what the rows
// in view cost now, today and by the end of the month.
func (a *App) headerLine() string {
	ink, plain := &a.ink, a.ink.header
	left := []piece{
		{" amltop ", ink.brand, 8},
		{" " + a.originText(), ink.origin, 0},
	}
	if note := a.snap.Origin.Note; note != "" {
		left = append(left, piece{" " + note, ink.warn, 5})
	}
	if a.barred() {
		left = append(left, piece{" READ-ONLY", ink.warn, 0})
	}
	if s := a.scopeText(); s != "" {
		left = append(left, piece{" │ " + s, plain, 6})
	}
	if a.unread() {
		return bar(a.width, plain, left, nil) // what was never read costs an unknown amount, not nothing
	}
	b := billAt(a.tally(), a.now(), a.opt.Zone)
	right := []piece{{b.burnText(), ink.burn, 1}}
	if u := b.unpricedText(); u != "" {
		right = append(right, piece{" " + u, ink.warn, 7})
	}
	month := a.now().In(a.opt.Zone).Format("Jan")
	right = append(right,
		piece{"  today " + b.todayText(), plain, 3},
		piece{"  " + month + " → " + b.monthText(), plain, 4})
	if s := a.sparkText(); s != "" {
		right = append(right, piece{" " + s, ink.origin, 10})
	}
	right = append(right, piece{" ", plain, 9})
	return bar(a.width, plain, left, right)
}

// sparkHours is how many of the last hours the first line draws.
const sparkHours = 12

// sparkText is what the last hours cost, all rows together: where only some are
// in view it would be about others.
func (a *App) sparkText() string {
	past := &a.answers[slotHours]
	if len(past.answer.Bars) == 0 || a.narrowed() {
		return ""
	}
	windows := costs.Windows(model.Hourly, past.until, a.opt.Zone, sparkHours)
	return costs.Chart(costs.FromHistory(past.answer.Bars, windows, past.answer.Since), model.Hourly, a.opt.Zone, a.opt.ASCII).Spark(sparkHours)
}

// narrowed reports whether the money on the first line is of some rows only: of
// a kind of target, of those a filter leaves, of a part of the fleet.
func (a *App) narrowed() bool {
	c, ok := a.page().pane.(*costPane)
	if !ok {
		return a.page().metered
	}
	shown, total := c.Counts()
	return !c.scope.Everything() || c.Marks() > 0 || shown < total
}

// originText says where everything on the screen comes from.
func (a *App) originText() string {
	o := a.snap.Origin
	speed := ""
	if s := a.snap.Clock.Speed; s != 0 && s != 1 {
		speed = " ×" + strconv.FormatFloat(s, 'g', 6, 64)
	}
	switch o.Carrier {
	case model.CarrierSim:
		return "SIM" + speed
	case model.CarrierEmulator:
		return strings.TrimSpace("EMULATOR "+o.Host) + speed
	case model.CarrierAzure:
		return strings.Trim(o.Tenant+" · "+o.Cloud, " ·")
	}
	return "connecting"
}

// unread reports whether not even the subscriptions were ever listed.
func (a *App) unread() bool {
	root := a.snap.Part(model.SectionSubscriptions, "")
	return root != nil && root.AsOf.IsZero() && len(a.snap.Workspaces) == 0
}

// scopeText says how much is looked at.
func (a *App) scopeText() string {
	switch {
	case a.snap.Seq == 0:
		return "waiting for the first answer"
	case a.unread():
		return "nothing read yet"
	}
	return counted(len(a.snap.Subscriptions), "subscription") + " · " + counted(len(a.snap.Workspaces), "workspace")
}

// counted is "1 row", "2 rows".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// tabsLine is the panes with their digits. Where there is no room for all
// names, the others keep their digit, and where there is none for those, the
// tab on the screen is what remains.
func (a *App) tabsLine() string { return bar(a.width, a.ink.tabOff, a.tabPieces(), nil) }

// piecesATab is how many pieces a tab is made of.
const piecesATab = 3

// tabPieces are the tabs with the longest names there is room for.
func (a *App) tabPieces() []piece {
	for _, letters := range []int{0, 4, 2} {
		tabs := a.tabs(func(name string) string { return name[:min(letters, len(name))] })
		if widthOf(tabs) <= a.width {
			return tabs
		}
	}
	return a.tabs(func(string) string { return " " })
}

// tabs are the tabs with the names of those not on the screen shortened; ""
// leaves a name as it is, " " leaves only the digit.
func (a *App) tabs(short func(name string) string) []piece {
	var pieces []piece
	for _, i := range a.numbered() {
		p := a.pages[i]
		name, pen := p.pane.Name(), a.ink.tabOff
		if i == a.at {
			pen = a.ink.tabOn
		} else if s := short(name); s != "" {
			name = strings.TrimSpace(s)
		}
		pieces = append(pieces,
			piece{" ", a.ink.tabOff, 0},
			piece{strings.TrimSpace(strconv.Itoa(p.digit) + " " + name), pen, 0},
			piece{" ", a.ink.tabOff, 0})
	}
	if a.page().digit < 0 {
		pieces = append(pieces, piece{" ", a.ink.tabOff, 0}, piece{a.page().pane.Name(), a.ink.tabOn, 0})
	}
	return pieces
}
