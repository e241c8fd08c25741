package panes

import (
	"slices"
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Event is a row of the activity pane: an operation of this session, or a
// change somebody or something else made.
type Event struct {
	Key       string
	Operation *model.Operation // nil for a change
	Change    *model.Change    // nil for an operation
}

// At is when the event happened; an operation's, when it was asked for.
func (e *Event) At() time.Time {
	if e.Operation != nil {
		return e.Operation.Asked
	}
	return e.Change.At
}

// Activity is the pane of what was done and what happened, newest first.
func Activity() pane.Spec[*Event, string] {
	type row = *Event
	return pane.Spec[row, string]{
		Name: "activity", Title: "activity", Section: model.SectionComputes,
		Rows:  Events,
		Key:   func(e row) string { return e.Key },
		Label: eventTarget,
		ARMID: eventResource,
		Sort:  "time",
		Feed:  true,
		Empty: "Nothing has happened since the program started.",
		Columns: []pane.Column[row]{
			{ID: "time", Title: "TIME", Min: 8, Max: 12, Desc: true, Cell: eventTime,
				Value: func(e row, _ pane.Env) pane.Value { return moment(e.At()) }},
			{ID: "phase", Title: "PHASE", Min: 9, Max: 16, Drop: 1, Cell: eventPhase},
			word(pane.Column[row]{ID: "what", Title: "WHAT", Min: 10, Max: 36, Grow: 2},
				func(e row, _ pane.Env) string { return eventWhat(e) }),
			word(pane.Column[row]{ID: "target", Title: "TARGET", Min: 12, Max: 28, Grow: 2},
				func(e row, _ pane.Env) string { return eventTarget(e) }),
			word(pane.Column[row]{ID: "kind", Title: "KIND", Min: 8, Max: 12, Drop: 4},
				func(e row, _ pane.Env) string { return eventKind(e) }),
			word(pane.Column[row]{ID: "where", Title: "WORKSPACE", Min: 8, Max: 20, Grow: 1, Drop: 3}, eventWhere),
			word(pane.Column[row]{ID: "detail", Title: "DETAIL", Min: 16, Max: 120, Grow: 5, Drop: 2},
				eventDetail),
		},
	}
}

// Events merges a snapshot's operations and changes, newest first.
func Events(s *model.Snapshot) []*Event {
	events := make([]*Event, 0, len(s.Operations)+len(s.Changes))
	for _, op := range s.Operations {
		events = append(events, &Event{Key: "op " + string(op.ID), Operation: op})
	}
	seen := make(map[string]int, len(s.Changes))
	for i := len(s.Changes) - 1; i >= 0; i-- { // oldest first, so that a key stays when newer ones come
		c := &s.Changes[i]
		key := strconv.FormatInt(c.At.UnixMilli(), 10) + " " + c.Target + " " + c.Text
		seen[key]++
		if n := seen[key]; n > 1 {
			key += plusMore(n - 1)
		}
		events = append(events, &Event{Key: key, Change: c})
	}
	slices.SortStableFunc(events, func(a, b *Event) int { return b.At().Compare(a.At()) })
	return events
}

func eventTime(e *Event, env pane.Env) pane.Cell {
	at := e.At().In(env.Zone)
	if env.Now.Sub(at) >= 24*time.Hour {
		return pane.Cell{Text: at.Format("2 Jan 15:04"), Tone: theme.Dim}
	}
	return pane.Cell{Text: at.Format(time.TimeOnly), Tone: theme.Dim}
}

// eventPhase is how an operation stands, or how a change strikes.
func eventPhase(e *Event, env pane.Env) pane.Cell {
	if op := e.Operation; op != nil {
		return pane.Cell{Text: op.Label(env.Now, env.Snap.Clock), Tone: theme.OfHealth(op.Health())}
	}
	words := [...]string{"seen", "good", "changing", "look", "failed", "unknown"}
	return pane.Cell{Text: words[min(int(e.Change.Health), len(words)-1)], Tone: theme.OfHealth(e.Change.Health)}
}
