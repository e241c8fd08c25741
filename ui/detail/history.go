package detail

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// mostHistory is how many requests are shown.
const mostHistory = 20

// History is who changed a resource, as far as it was asked for. It is read
// when the details are opened, not polled.
type History struct {
	Asked  bool
	Known  bool // the answer is there
	Events []model.Event
	Err    error
}

// HasHistory reports whether a row is a resource that the activity log knows.
func HasHistory(row any) bool {
	switch row.(type) {
	case *model.Instance, *model.Cluster, *model.Attached, *model.Endpoint, *model.Deployment, *model.Workspace:
		return true
	}
	return false
}

// Section says who did what and when, newest first. reason words an error.
func (h History) Section(env pane.Env, reason func(error) string) Section {
	s := Section{Title: "who changed it"}
	switch {
	case !h.Known:
		s.mark("activity log", "reading …", theme.Dim)
	case h.Err != nil:
		s.mark("activity log", "could not be read: "+reason(h.Err), theme.Warn)
	case len(h.Events) == 0:
		s.mark("activity log", "nobody within 90 days. Idle rules and schedules are not in it", theme.Dim)
	}
	for i, e := range h.Events {
		if i == mostHistory {
			s.mark("", "… and more before", theme.Dim)
			break
		}
		text := or(e.Caller, "somebody") + ", " + e.Status
		if at := when(env, e.At); at != "" {
			text += ", " + at
		}
		tone := theme.Plain
		if e.Detail != "" {
			text, tone = text+". "+e.Detail, theme.Bad
		}
		s.mark(or(e.Verb(), "something"), text, tone)
	}
	return s
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
