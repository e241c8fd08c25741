package panes

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// instanceActions are what can be done to a compute instance.
func instanceActions() []pane.Action[*model.Instance] {
	act := func(v model.Verb, title string) pane.Action[*model.Instance] {
		return pane.Action[*model.Instance]{
			ID: string(v), Title: title, Mutates: true, Bulk: true,
			Allowed: func(i *model.Instance, env pane.Env) error { return model.AllowInstance(env.Snap, i, v) },
			Command: func(i *model.Instance, _ pane.Env) model.Command { return onTarget(v, &i.Target) },
		}
	}
	return []pane.Action[*model.Instance]{
		act(model.VerbStop, "stop instance"),
		act(model.VerbStart, "start instance"),
		act(model.VerbRestart, "restart instance"),
		{
			ID: string(model.VerbIdle), Title: "set idle shutdown", Mutates: true, Bulk: true,
			Allowed: func(i *model.Instance, env pane.Env) error { return model.AllowInstance(env.Snap, i, model.VerbIdle) },
		},
		{
			ID: "leash", Title: "set leash", Mutates: true, Bulk: true,
			Allowed: func(i *model.Instance, env pane.Env) error { return model.AllowInstance(env.Snap, i, model.VerbIdle) },
		},
		{
			ID: string(model.VerbSchedule), Title: "set schedules", Mutates: true,
			Allowed: func(i *model.Instance, env pane.Env) error {
				return model.AllowInstance(env.Snap, i, model.VerbSchedule)
			},
		},
		act(model.VerbDelete, "delete instance"),
		{ID: string(model.VerbCreate), Title: "new instance", Mutates: true, Rowless: true},
		{ID: "what-if", Title: "what if it had another size", Allowed: func(*model.Instance, pane.Env) error { return nil }},
	}
}

// clusterActions are what can be done to a compute cluster.
func clusterActions() []pane.Action[*model.Cluster] {
	return []pane.Action[*model.Cluster]{
		{
			ID: string(model.VerbScale), Title: "scale cluster", Mutates: true,
			Allowed: func(c *model.Cluster, env pane.Env) error {
				return model.AllowCluster(env.Snap, c, model.VerbScale)
			},
		},
		{
			ID: "zero-minimum", Title: "minimum 0: scale to zero", Mutates: true, Bulk: true, Allowed: hasFloor,
			Command: func(c *model.Cluster, _ pane.Env) model.Command {
				cmd := onTarget(model.VerbScale, &c.Target)
				cmd.Scale = &model.Scale{Max: c.Scale.Max, IdleBeforeScaleDown: c.Scale.IdleBeforeScaleDown}
				return cmd
			},
		},
		{
			ID: string(model.VerbIdle), Title: "idle time before scale down", Mutates: true,
			Allowed: func(c *model.Cluster, env pane.Env) error {
				return model.AllowCluster(env.Snap, c, model.VerbScale)
			},
		},
		{
			ID: string(model.VerbDelete), Title: "delete cluster", Mutates: true, Bulk: true,
			Allowed: func(c *model.Cluster, env pane.Env) error {
				return model.AllowCluster(env.Snap, c, model.VerbDelete)
			},
			Command: func(c *model.Cluster, _ pane.Env) model.Command { return onTarget(model.VerbDelete, &c.Target) },
		},
		{ID: string(model.VerbCreate), Title: "new cluster", Mutates: true, Rowless: true},
		{ID: "what-if", Title: "what if it had another size", Allowed: func(*model.Cluster, pane.Env) error { return nil }},
	}
}

// hasFloor says why a cluster's minimum cannot be set to 0, or nil.
func hasFloor(c *model.Cluster, env pane.Env) error {
	if c.Scale.Min == 0 {
		return &model.Refusal{Class: model.ErrNotNow, Message: c.Name + ": its minimum is 0 already"}
	}
	return model.AllowCluster(env.Snap, c, model.VerbScale)
}

// attachedActions are what can be done to attached compute.
func attachedActions() []pane.Action[*model.Attached] {
	return []pane.Action[*model.Attached]{{
		ID: string(model.VerbDetach), Title: "detach compute", Mutates: true, Bulk: true,
		Allowed: func(t *model.Attached, env pane.Env) error { return model.AllowAttached(env.Snap, t, model.VerbDetach) },
		Command: func(t *model.Attached, _ pane.Env) model.Command { return onTarget(model.VerbDetach, &t.Target) },
	}}
}

// onTarget is a command on a compute target.
func onTarget(v model.Verb, t *model.Target) model.Command {
	return model.Command{Verb: v, Target: string(t.ID), ARMID: t.ARMID, Name: t.Name, Workspace: t.Workspace}
}

// deploymentActions are what can be done to a deployment.
func deploymentActions() []pane.Action[*model.Deployment] {
	return []pane.Action[*model.Deployment]{
		{
			ID: string(model.VerbDeploy), Title: "new deployment", Mutates: true,
			Allowed: func(d *model.Deployment, env pane.Env) error { return writable(env, d.Endpoint) },
		},
		{
			ID: string(model.VerbScale), Title: "scale deployment", Mutates: true,
			Allowed: func(d *model.Deployment, env pane.Env) error { return model.AllowScale(env.Snap, d) },
		},
		{
			ID: string(model.VerbUndeploy), Title: "delete deployment", Mutates: true, Bulk: true,
			Allowed: func(d *model.Deployment, env pane.Env) error { return model.AllowUndeploy(env.Snap, d) },
			Command: func(d *model.Deployment, _ pane.Env) model.Command {
				return model.Command{Verb: model.VerbUndeploy, Target: string(d.ID), ARMID: d.ARMID, Name: d.Name, Workspace: d.Workspace}
			},
		},
		{ID: "what-if", Title: "what if it had another size", Allowed: func(d *model.Deployment, _ pane.Env) error { return model.HasSize(d) }},
		{ID: "logs", Title: "container logs", Allowed: func(d *model.Deployment, _ pane.Env) error { return hasLogs(d) }},
	}
}

// hasLogs says why a deployment has no container log, or nil.
func hasLogs(d *model.Deployment) error {
	if d.Kind == model.TargetBatch {
		return &model.Refusal{Class: model.ErrWrongKind, Message: d.Name + ": a batch deployment has no container log of its own",
			Next: "open the job it ran as"}
	}
	return nil
}

// writable says why nothing can be put behind an endpoint now, or nil.
func writable(env pane.Env, id model.EndpointID) error {
	if e := env.Snap.Endpoint(id); e != nil {
		return model.AllowEndpoint(env.Snap, e, model.VerbDeploy)
	}
	return nil
}

// endpointActions are what can be done to an endpoint.
func endpointActions() []pane.Action[*model.Endpoint] {
	form := func(v model.Verb, title string) pane.Action[*model.Endpoint] {
		return pane.Action[*model.Endpoint]{
			ID: string(v), Title: title, Mutates: true,
			Allowed: func(e *model.Endpoint, env pane.Env) error { return model.AllowEndpoint(env.Snap, e, v) },
		}
	}
	return []pane.Action[*model.Endpoint]{
		form(model.VerbTraffic, "set traffic"),
		form(model.VerbDeploy, "new deployment"),
		{
			ID: string(model.VerbDelete), Title: "delete endpoint and all behind it", Mutates: true, Bulk: true,
			Allowed: func(e *model.Endpoint, env pane.Env) error { return model.AllowEndpoint(env.Snap, e, model.VerbDelete) },
			Command: func(e *model.Endpoint, _ pane.Env) model.Command {
				return model.Command{Verb: model.VerbDelete, Target: string(e.ID), ARMID: e.ARMID, Name: e.Name, Workspace: e.Workspace}
			},
		},
	}
}

// jobActions are what can be done to a job.
func jobActions() []pane.Action[*model.Job] {
	return []pane.Action[*model.Job]{{
		ID: string(model.VerbCancelJob), Title: "cancel job", Mutates: true, Bulk: true,
		Allowed: func(j *model.Job, env pane.Env) error { return model.AllowCancel(env.Snap, j) },
		Command: func(j *model.Job, _ pane.Env) model.Command {
			return model.Command{Verb: model.VerbCancelJob, Target: string(j.ID), ARMID: j.ARMID, Name: j.Title(), Workspace: j.Workspace}
		},
	}}
}
