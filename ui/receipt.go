package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// collectReceipts says what became of the operations that ended since the last
// snapshot. What had ended before this session is old news.
func (a *App) collectReceipts() {
	var ended []*model.Operation
	seen := make(map[model.OpID]model.Phase, len(a.snap.Operations))
	late := make(map[model.OpID]bool)
	for _, op := range a.snap.Operations {
		if op.Late {
			late[op.ID] = true
			if !a.late[op.ID] {
				a.notify(model.HealthBad, a.stuckText(op))
			}
		}
		was, known := a.phases[op.ID]
		if known && was.Final() {
			seen[op.ID] = was
			continue
		}
		if op.Phase.Final() && !known && !a.mine(op.ID) {
			continue // remembered once it turns out to be ours
		}
		seen[op.ID] = op.Phase
		if op.Phase.Final() {
			ended = append(ended, op)
		}
	}
	a.phases, a.late = seen, late
	if len(ended) > 0 {
		h, text := a.receipt(ended)
		a.notify(h, text)
	}
}

func (a *App) mine(id model.OpID) bool {
	for _, b := range a.batches {
		if b.holds(id) {
			return true
		}
	}
	return false
}

// receipt sums up operations that ended. One is told in full; of several that
// were asked for together, the count of each outcome and what went wrong.
func (a *App) receipt(ended []*model.Operation) (model.Health, string) {
	ops := a.siblings(ended)
	if len(ops) == 1 {
		return ops[0].Phase.Health(), receiptOf(ops[0])
	}
	count := make(map[model.Phase]int)
	health, open := model.HealthGood, 0
	var wrong []string
	for _, op := range ops {
		if !op.Phase.Final() {
			open++
			continue
		}
		count[op.Phase]++
		if op.Phase.Health() == model.HealthBad {
			health = model.HealthBad
			wrong = append(wrong, op.Command.Called()+": "+outcome(op))
		}
	}
	var parts []string
	for _, p := range []model.Phase{model.PhaseVerified, model.PhaseRefused, model.PhaseFailed, model.PhaseUndone} {
		if count[p] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[p], p))
		}
	}
	if open > 0 {
		parts = append(parts, fmt.Sprintf("%d under way", open))
	}
	text := fmt.Sprintf("%s %s: %s", ops[0].Command.Verb, counted(len(ops), "target"), strings.Join(parts, ", "))
	if len(wrong) > 0 {
		text += " – " + strings.Join(wrong, "; ")
	}
	return health, text
}

// siblings are all operations of the batch the first one belongs to, if there
// are several; else those that ended.
func (a *App) siblings(ended []*model.Operation) []*model.Operation {
	for _, b := range a.batches {
		if !b.holds(ended[0].ID) || len(b.ids) < 2 {
			continue
		}
		var ops []*model.Operation
		for _, op := range a.snap.Operations {
			if b.holds(op.ID) {
				ops = append(ops, op)
			}
		}
		return ops
	}
	return ended
}

// receiptOf is one operation's end in a sentence.
func receiptOf(op *model.Operation) string {
	text, o := string(op.Command.Verb)+" "+op.Command.Called(), outcome(op)
	said := op.Detail != "" && op.Phase == model.PhaseVerified || strings.HasPrefix(o, string(op.Phase))
	if !said { // the outcome does not say so itself
		text += " " + string(op.Phase)
	}
	if o != "" {
		text += ": " + o
	}
	if op.RunCost > 0 && op.Detail == "" {
		text += " · this run cost " + op.RunCost.In("")
	}
	return text
}

// outcome is what there is to say about an end: the service's words and the
// next step, or the state that was read back.
func outcome(op *model.Operation) string {
	text := op.Detail
	switch {
	case text != "":
	case op.Err != nil:
		text = op.Err.Error()
	case op.Phase == model.PhaseVerified:
		text = op.State
	case op.Phase == model.PhaseUndone:
		text = "nothing was sent"
	}
	if op.Next != "" {
		text += " – " + op.Next
	}
	return text
}

// refusedShown is how many of the rows left out a preview names.
const refusedShown = 3

// previewLines are a preview's facts as lines of at most a width, the rows left
// out at the end. A line about one target of several is cut, not wrapped: or the
// list is no list.
func previewLines(th *theme.Theme, width int, p model.Preview, commands []model.Command, refused []pane.Refused) []string {
	label := 0
	for _, l := range p.Lines {
		label = max(label, cells.Width(l.Label))
	}
	label = min(label, max(8, width/3))
	var lines []string
	if p.Why != "" { // first: short terminals show the beginning
		lines = append(lines, th.Tone(theme.Warn).Render("! "+p.Why), "")
	}
	for _, l := range p.Lines {
		head := l.Label
		rows := cells.Wrap(l.Text, max(10, width-label-2))
		if len(commands) > 1 && len(rows) > 1 && names(commands, l.Label) {
			rows = []string{cells.Cut(l.Text, max(10, width-label-2))}
		}
		for _, text := range rows {
			if l.Health != model.HealthQuiet {
				text = th.Tone(said(l.Health)).Render(text)
			}
			lines = append(lines, cells.Fit(head, label)+"  "+text)
			head = ""
		}
	}
	for i, r := range refused {
		if i == refusedShown {
			lines = append(lines, fmt.Sprintf("left out: %d more", len(refused)-i))
			break
		}
		why := strings.TrimPrefix(strings.TrimPrefix(r.Err.Error(), r.Name), ": ")
		lines = append(lines, "left out: "+r.Name+" "+strings.TrimSpace(why))
	}
	return lines
}

// names reports whether a word is the name of a command's target.
func names(commands []model.Command, word string) bool {
	return slices.ContainsFunc(commands, func(c model.Command) bool { return c.Name == word })
}
