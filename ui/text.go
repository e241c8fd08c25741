package ui

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/detail"
	"github.com/amltop/amltop/ui/theme"
)

// text writes what a reading shows.
func (a *App) text(r *reading) (title string, lines []string) {
	name := r.row.Name
	switch r.form {
	case formProgress:
		return a.progress(r.op)
	case formDetails:
		return name, a.details(r)
	case formLogs:
		return name + " log", a.answer(r, func() []string { return strings.Split(strings.TrimRight(r.logs, "\n"), "\n") })
	case formYAML:
		return name + " YAML", a.answer(r, func() []string { return wireLines(r.raw, detail.YAML) })
	default:
		return name + " JSON", a.answer(r, func() []string { return wireLines(r.raw, detail.JSON) })
	}
}

// answer is the text of an answer, or why there is none.
func (a *App) answer(r *reading, write func() []string) []string {
	switch {
	case r.asked:
		return []string{"reading …"}
	case r.err != nil:
		return []string{a.theme.Error.Render("could not be read: ") + reason(r.err)}
	}
	return write()
}

// wireLines are a resource in one of its forms. What is not JSON is shown as it
// came.
func wireLines(raw json.RawMessage, write func(json.RawMessage) (string, error)) []string {
	text, err := write(raw)
	if err != nil {
		text = string(raw)
	}
	return strings.Split(strings.TrimRight(text, "\n"), "\n")
}

// progress says where an operation stands, step by step.
func (a *App) progress(id model.OpID) (string, []string) {
	var op *model.Operation
	for _, o := range a.snap.Operations {
		if o.ID == id {
			op = o
		}
	}
	if op == nil {
		return "operation", []string{"waiting for the first report …"}
	}
	title := string(op.Command.Verb) + " " + op.Command.Called()
	lines := append([]string{op.Command.ARMID, ""}, a.steps(op)...)
	if o := outcome(op); op.Phase.Final() && o != "" {
		lines = append(lines, "", a.theme.Tone(said(op.Phase.Health())).Render(receiptOf(op)))
	}
	if op.Late {
		lines = append(lines, "", a.theme.Tone(theme.Bad).Render(a.stuckText(op)))
	}
	if !op.Phase.Final() {
		lines = append(lines, "", a.theme.Tone(theme.Dim).Render("It goes on when this is closed; the activity pane has it."))
	}
	return title, lines
}

// steps are the stages of an operation with their times. Which are done is told
// by a glyph, not by colour.
func (a *App) steps(op *model.Operation) []string {
	order := []model.Phase{model.PhaseGrace, model.PhaseSending, model.PhaseRunning, model.PhaseVerifying, model.PhaseVerified}
	words := []string{"asked for, can be undone", "request sent", "the service works on it", "reading the state back", "verified"}
	at := -1
	for i, p := range order {
		if p == op.Phase {
			at = i
		}
	}
	if at < 0 { // refused, failed or undone: after what was reached
		at = 1
		if !op.Sent.IsZero() {
			at = 2
		}
		words[at] = string(op.Phase)
		order, words = order[:at+1], words[:at+1]
	}
	var lines []string
	for i, word := range words {
		mark := "○"
		switch {
		case i < at || i == at && op.Phase == model.PhaseVerified:
			mark = "●"
		case i == at && op.Phase.Final():
			mark = "✗"
		case i == at:
			mark = "◐"
		}
		lines = append(lines, fmt.Sprintf("%s %-26s %s", mark, word, a.stepNote(op, order[i])))
	}
	return lines
}

// stepNote is when a step was reached, and for how long it has lasted.
func (a *App) stepNote(op *model.Operation, step model.Phase) string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(a.opt.Zone).Format("15:04:05")
	}
	current := op.Phase == step
	switch {
	case step == model.PhaseGrace && current && a.graceText() != "":
		return at(op.Asked) + "  " + a.graceText()
	case step == model.PhaseGrace:
		return at(op.Asked)
	case step == model.PhaseSending:
		return at(op.Sent)
	case step == model.PhaseRunning && current && !op.Sent.IsZero():
		return strings.TrimSpace(op.Progress + "  for " + model.Ago(a.now().Sub(op.Sent)))
	case step == model.PhaseVerified && !op.Ended.IsZero():
		return op.State + "  " + at(op.Ended)
	}
	return ""
}
