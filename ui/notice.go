package ui

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

// notice is something said in the message line. It stays until something newer
// is said or the user dismisses it.
type notice struct {
	at     time.Time // backend's time
	health model.Health
	text   string
}

// noticesKept is how many are remembered for the list of faults.
const noticesKept = 100

// notify says something in the message line.
func (a *App) notify(h model.Health, text string) {
	text = strings.Join(strings.Fields(text), " ")
	a.notices = append(a.notices, notice{a.now(), h, text})
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

// messageLine draws the message.
func (a *App) messageLine() string {
	text, tone := a.message()
	return bar(a.width, a.ink.footer, []piece{{" " + text, a.ink.tones[tone], 0}}, nil)
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
	if n := len(a.notices); n > 0 && !a.dismissed {
		return a.notices[n-1].text, toneOf(a.notices[n-1].health)
	}
	return a.underWayText(), theme.Change
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
	what := ops[0].Command.Verb.Gerund() + " " + ops[0].Command.Name
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

// underWayText is what has been sent and is not over.
func (a *App) underWayText() string {
	var first *model.Operation
	n := 0
	for _, op := range a.snap.Operations {
		if op.Phase.Final() || op.Phase == model.PhaseGrace {
			continue
		}
		if first == nil {
			first = op
		}
		n++
	}
	if first == nil {
		return ""
	}
	text := first.Label(a.now(), a.snap.Clock) + " " + first.Command.Name
	if first.Progress != "" {
		text += ": " + first.Progress
	}
	if !first.Sent.IsZero() {
		text += ", " + model.Ago(a.now().Sub(first.Sent))
	}
	if n > 1 {
		text += " – and " + strconv.Itoa(n-1) + " more under way"
	}
	return text
}

// toneOf is how a health looks.
func toneOf(h model.Health) theme.Tone {
	switch h {
	case model.HealthGood:
		return theme.Good
	case model.HealthChange:
		return theme.Change
	case model.HealthWarn:
		return theme.Warn
	case model.HealthBad:
		return theme.Bad
	}
	return theme.Plain
}
