package detail

import (
	"errors"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// billedTarget sets what Azure billed for a target beside its estimate, where
// the bill tells targets apart.
func (s *Section) billedTarget(env pane.Env, id string, ws model.WorkspaceID, m model.Meter) {
	if b, known := env.Snap.BilledTarget(id); known {
		s.against(env, m.Reconcile(b))
		return
	}
	w := env.Snap.Workspace(ws)
	if w == nil {
		return
	}
	if b, known := env.Snap.BilledWorkspace(w); known && b.Amount != 0 {
		s.say("billed", "not told apart from its workspace, which was billed "+b.In(zone(env)))
		return
	}
	s.unbilled(env, w.Subscription)
}

// billedWorkspace sets what Azure billed for a workspace beside the estimate of
// all that is in it.
func (s *Section) billedWorkspace(env pane.Env, w *model.Workspace) {
	b, known := env.Snap.BilledWorkspace(w)
	if !known {
		s.unbilled(env, w.Subscription)
		return
	}
	r := model.Reconciliation{Billed: b}
	for p := range env.Snap.Spenders() {
		if p.WorkspaceID == w.ID && len(p.Meter) > 0 {
			part := p.Meter.Reconcile(b)
			r.Estimate, r.Currency = r.Estimate+part.Estimate, part.Currency
		}
	}
	s.against(env, r)
}

func (s *Section) against(env pane.Env, r model.Reconciliation) {
	s.mark("billed", r.Billed.In(zone(env))+" this month, by Azure's bill, hours late", theme.Money)
	s.say("estimated", r.Against())
}

// unbilled says why there is no bill.
func (s *Section) unbilled(env pane.Env, sub model.SubscriptionID) {
	p := env.Snap.Part(model.SectionActuals, string(sub))
	if p == nil || p.Err == nil {
		return
	}
	s.mark("billed", "not known: "+model.Short(p.Err), theme.Dim)
	if no, ok := errors.AsType[*model.Refusal](p.Err); ok {
		s.say("next", no.Next)
	}
}
