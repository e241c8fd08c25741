package detail

import (
	"strconv"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

func attached(env pane.Env, a *model.Attached) []Section {
	s := Section{Title: "attached compute " + a.Name}
	s.say("type", model.KindName(a.ComputeType))
	s.say("managed", "no: Azure ML uses it; it is started, scaled and paid for where it was made")
	s.say("workspace", env.Snap.WorkspaceName(a.Workspace))
	s.provisioning(&a.Resource)
	s.say("detail", a.Detail)
	s.say("size", string(a.VMSize))
	s.say("nodes", positive(a.Nodes))
	s.say("resource", a.ResourceID)
	s.faults(a.Faults)
	s.age(env, model.SectionComputes, string(a.Workspace))
	uses := Section{Title: "can be used for"}
	can, known := model.Uses(a.ComputeType)
	if !known {
		uses.mark("uses", "unknown kind: "+a.ComputeType, theme.Warn)
	}
	for _, u := range can {
		uses.say(string(u), "yes")
	}
	return []Section{s, uses, resource(env, &a.Resource)}
}

func workspace(env pane.Env, w *model.Workspace) []Section {
	s := Section{Title: "workspace " + w.Name}
	s.say("friendly name", w.FriendlyName)
	s.say("description", w.Description)
	s.say("kind", w.Kind)
	s.say("hub", w.Hub)
	s.say("subscription", string(w.Subscription))
	s.say("resource group", w.ResourceGroup)
	s.say("tenant", w.Tenant)
	s.say("public access", w.PublicAccess)
	s.provisioning(&w.Resource)
	s.age(env, model.SectionComputes, string(w.ID))

	t := env.Snap.Totals(w.ID)
	holds := Section{Title: "holds"}
	if p := env.Snap.Part(model.SectionComputes, string(w.ID)); p == nil || p.AsOf.IsZero() {
		holds.mark("targets", "not read yet", theme.Warn)
		return []Section{s, holds, resource(env, &w.Resource)}
	}
	holds.mark("burn", t.Burn.In(t.Currency)+"/h", theme.Money)
	if t.Unpriced > 0 {
		holds.mark("unpriced", strconv.Itoa(t.Unpriced)+" targets bill at an unknown price", theme.Warn)
	}
	holds.say("clusters", strconv.Itoa(t.Clusters)+", "+strconv.Itoa(t.Nodes)+" nodes billed")
	holds.say("instances", strconv.Itoa(t.Instances)+", "+strconv.Itoa(t.Running)+" billed")
	holds.say("attached", strconv.Itoa(t.Attached))
	holds.say("endpoints", strconv.Itoa(t.Endpoints)+", "+strconv.Itoa(t.Deployments)+" deployments")
	holds.say("active jobs", strconv.Itoa(t.ActiveJobs))
	return []Section{s, holds, resource(env, &w.Resource)}
}

func event(env pane.Env, e *panes.Event) []Section {
	if e.Operation != nil {
		return []Section{operation(env, e.Operation)}
	}
	c := e.Change
	s := Section{Title: c.Kind + " " + c.Name}
	s.mark("what", c.Text, theme.OfHealth(c.Health))
	if c.Health == model.HealthBad {
		s.faults(panes.Faults(c.Target, env.Snap))
	}
	s.say("workspace", c.Where)
	s.say("seen", when(env, c.At))
	s.say("id", c.Target)
	return []Section{s}
}

// operation is an operation from the wish to the receipt.
func operation(env pane.Env, op *model.Operation) Section {
	s := Section{Title: string(op.Command.Verb) + " " + op.Command.Called()}
	s.mark("phase", op.Label(env.Now, env.Snap.Clock), theme.OfHealth(op.Health()))
	s.say("workspace", env.Snap.WorkspaceName(op.Command.Workspace))
	s.say("asked", when(env, op.Asked))
	s.say("sent", when(env, op.Sent))
	s.say("ended", when(env, op.Ended))
	s.say("progress", op.Progress)
	s.say("state read back", op.State)
	s.say("detail", op.Detail)
	if op.Err != nil {
		s.mark("error", op.Err.Error(), theme.Bad)
	}
	s.say("next", op.Next)
	s.say("id", op.Command.ARMID)
	return s
}
