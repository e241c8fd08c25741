package overview

import (
	"fmt"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// sinceVisit is what happened since the last visit, in a few lines; ":diff" has
// all of it.
func (d *Digest) sinceVisit(env pane.Env) section {
	r := env.Since
	if r == nil {
		return section{line: func(int) line { return line{} }}
	}
	title := "since " + r.Window.From.In(env.Zone).Format("Mon 15:04")
	if env.Now.Sub(r.Window.From).Hours() > 6*24 {
		title = "since " + r.Window.From.In(env.Zone).Format("2 Jan 15:04")
	}
	var parts []string
	for i := range r.Totals {
		parts = append(parts, r.Totals[i].Cost().In(r.Totals[i].Currency))
	}
	if len(parts) > 0 {
		title += ": " + strings.Join(parts, " + ") + " spent"
	}
	if n := len(r.Happened); n > 0 {
		title += fmt.Sprintf(", %s, :diff", plural(n, "change"))
	} else {
		title += ", nothing changed"
	}
	s := section{title: title, n: len(r.Happened), first: 3}
	if s.n == 0 {
		return s // the title says it
	}
	s.line = func(k int) line {
		h := &r.Happened[k]
		l := line{name: h.Target.Name, text: string(h.What) + ": " + h.Detail + ", " + d.snap.WorkspaceName(h.Target.Part.Workspace), tone: theme.OfHealth(h.What.Health())}
		if !h.At.IsZero() {
			l.right = model.Ago(env.Now.Sub(h.At)) + " ago"
		}
		return l
	}
	return s
}
