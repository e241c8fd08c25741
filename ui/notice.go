package ui

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

// notice is something said in the message line. What went well or wrong stays
// until something newer is said or the user dismisses it; what merely answers a
// key goes after a while.
type notice struct {
	at     time.Time // backend's time
	wall   time.Time
	health model.Health
	text   string
}

// noticesKept is how many are remembered for the list of faults, answerShown
// for how long the answer to a key stays on the screen.
const (
	noticesKept = 100
	answerShown = 12 * time.Second
)

// notify says something in the message line.
func (a *App) notify(h model.Health, text string) {
	text = strings.Join(strings.Fields(text), " ")
	a.notices = append(a.notices, notice{a.now(), a.wall, h, text})
	if len(a.notices) > noticesKept {
		a.notices = append([]notice(nil), a.notices[1:]...)
	}
	a.dismissed = false
}

// dismiss takes the message off the screen.
func (a *App) dismiss() { a.dismissed = true }

// heard says how an errand went.
func (a *App) heard(msg saidMsg) tea.Cmd {
	switch {
	case a.ctx.Err() != nil:
	case msg.err != nil:
		a.notify(model.HealthBad, msg.err.Error())
	default:
		a.notify(model.HealthQuiet, msg.text)
	}
	return nil
}

// messageBlock draws the message: in as many lines as it has, the last one cut
// if it needs more.
func (a *App) messageBlock() []string {
	text, tone := a.message()
	rows := a.messageWrapped(text)
	if n := a.area.said; len(rows) > n {
		rows = append(rows[:n-1:n-1], strings.Join(rows[n-1:], " "))
	}
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		lines = append(lines, bar(a.width, a.ink.footer, []piece{{" " + row, a.ink.tones[tone], 0}}, nil))
	}
	return lines
}

// messageWrapped is a message in lines of the screen's width.
func (a *App) messageWrapped(text string) []string {
	if text == "" {
		return nil
	}
	return cells.Wrap(text, max(1, a.width-2))
}

// message is what the message line says, and how it should strike: what is
// wrong with what is being typed, what can still be undone, the newest notice,
// or what is under way.
func (a *App) message() (string, theme.Tone) {
	if a.prompt != nil && a.prompt.err != nil {
		return a.prompt.err.Error(), theme.Bad
	}
	if text := a.graceText(); text != "" {
		return text, theme.Change
	}
	if n := len(a.notices); n > 0 && !a.dismissed && a.notices[n-1].news(a.wall) {
		return a.notices[n-1].text, said(a.notices[n-1].health)
	}
	return a.underWayText()
}

// news reports whether a notice is still worth a line.
func (n notice) news(wall time.Time) bool {
	lasting := n.health == model.HealthGood || n.health == model.HealthBad
	return lasting || wall.Sub(n.wall) < answerShown
}

// graceText counts down to the moment something is sent.
func (a *App) graceText() string {
	ops := a.inGrace()
	if len(ops) == 0 {
		return ""
	}
	left := ops[0].SendAt.Sub(a.now())
	for _, op := range ops {
		left = max(left, op.SendAt.Sub(a.now()))
	}
	left = a.snap.Clock.OnWall(left) // people wait in the wall's seconds
	seconds := max(0, int((left+second-1)/second))
	what := ops[0].Command.Doing()
	if len(ops) > 1 {
		what = ops[0].Command.Verb.Gerund() + " " + counted(len(ops), "target")
	}
	text := what + " in " + strconv.Itoa(seconds) + " s"
	if key := a.keys.Get(keymap.Undo).First(); key != "" {
		text += " – " + key + " undoes"
	}
	return text
}

// underWay is how many operations are not over.
func (a *App) underWay() int {
	n := 0
	for _, op := range a.snap.Operations {
		if !op.Phase.Final() {
			n++
		}
	}
	return n
}

// underWayText is what has been sent and is not over, what is stuck first.
func (a *App) underWayText() (string, theme.Tone) {
	var first *model.Operation
	n := 0
	for _, op := range a.snap.Operations {
		if op.Phase.Final() || op.Phase == model.PhaseGrace {
			continue
		}
		if first == nil || op.Late && !first.Late {
			first = op
		}
		n++
	}
	if first == nil {
		return "", theme.Plain
	}
	text := a.stuckText(first)
	if !first.Late {
		text = a.goingText(first)
	}
	if n > 1 {
		text += " – and " + strconv.Itoa(n-1) + " more under way"
	}
	return text, theme.OfHealth(first.Health())
}

// goingText is how far an operation is that was sent.
func (a *App) goingText(op *model.Operation) string {
	text := op.Command.Doing()
	if op.Phase == model.PhaseVerifying {
		text = "verifying " + op.Command.Called()
	}
	if op.Progress != "" {
		text += ": " + op.Progress
	}
	if !op.Sent.IsZero() {
		text += ", " + model.Ago(a.now().Sub(op.Sent))
	}
	return text
}

// stuckText is an operation that does not end, and what to do about it.
func (a *App) stuckText(op *model.Operation) string {
	text := string(op.Command.Verb) + " " + op.Command.Called() + ": " + op.Label(a.now(), a.snap.Clock)
	if op.Progress != "" {
		text += ", the service still says " + op.Progress
	}
	if op.Next != "" {
		text += " – " + op.Next
	}
	return text
}

// said is how a message of a health looks: what is said is read, never dim.
func said(h model.Health) theme.Tone {
	if h == model.HealthQuiet {
		return theme.Plain
	}
	return theme.OfHealth(h)
}
