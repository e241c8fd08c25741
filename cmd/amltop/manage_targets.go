package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
)

// thing is something a command line can name.
type thing struct {
	kind  string // in people's words
	names []string
	cmd   model.Command // on it, without a verb
}

// things are what a verb may be told to act on. Those it will refuse are among
// them, so that the refusal can say why.
func things(s *model.Snapshot, verb model.Verb) []thing {
	var all []thing
	add := func(kind, id, armID string, ws model.WorkspaceID, names ...string) {
		all = append(all, thing{kind, append(names, armID), model.Command{Target: id, ARMID: armID, Name: names[0], Workspace: ws}})
	}
	target := func(kind string, t *model.Target) { add(kind, string(t.ID), t.ARMID, t.Workspace, t.Name) }
	for _, i := range s.Instances {
		target("compute instance", &i.Target)
	}
	for _, c := range s.Clusters {
		target("compute cluster", &c.Target)
	}
	for _, a := range s.Attached {
		target("attached compute", &a.Target)
	}
	if verb == model.VerbDelete {
		for _, e := range s.Endpoints {
			add(string(e.Kind)+" endpoint", string(e.ID), e.ARMID, e.Workspace, e.Name)
		}
	}
	if verb == model.VerbScale {
		for _, d := range s.Deployments {
			add("deployment", string(d.ID), d.ARMID, d.Workspace, d.EndpointName+"/"+d.Name, d.Name)
		}
	}
	return all
}

// findThings finds every name, each once. A name has to mean one thing.
func findThings(s *model.Snapshot, verb model.Verb, workspace string, names []string) ([]model.Command, error) {
	all := things(s, verb)
	var cmds []model.Command
	for _, name := range names {
		var found []thing
		var near []string
		for _, t := range all {
			if !inWorkspaceNamed(s, t.cmd.Workspace, workspace) {
				continue
			}
			near = append(near, t.names[0])
			if slices.ContainsFunc(t.names, func(n string) bool { return strings.EqualFold(n, name) }) {
				found = append(found, t)
			}
		}
		switch len(found) {
		case 1:
			c := found[0].cmd
			c.Verb = verb
			if !slices.ContainsFunc(cmds, func(have model.Command) bool { return have.Target == c.Target }) {
				cmds = append(cmds, c)
			}
		case 0:
			return nil, nothingCalled(verb, name, workspace, near)
		default:
			var places []string
			for _, t := range found {
				places = append(places, t.kind+" "+t.names[0]+" in "+s.WorkspaceName(t.cmd.Workspace))
			}
			return nil, fmt.Errorf("%q means %d things; choose with --workspace, or give the ARM id: %s", name, len(found), strings.Join(places, ", "))
		}
	}
	return cmds, nil
}

func inWorkspaceNamed(s *model.Snapshot, id model.WorkspaceID, name string) bool {
	return name == "" || strings.EqualFold(s.WorkspaceName(id), name) || strings.EqualFold(string(id), name)
}

func nothingCalled(verb model.Verb, name, workspace string, all []string) error {
	where := ""
	if workspace != "" {
		where = " in workspace " + workspace
	}
	if near := nearestOf(name, all); len(near) > 0 {
		return fmt.Errorf("nothing to %s called %q%s; did you mean %s?", verb, name, where, strings.Join(near, ", "))
	}
	return fmt.Errorf("nothing to %s called %q%s; amltop ls lists what there is", verb, name, where)
}
