package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

// targets are the instances a command line names: by name, by ARM id, or every
// idle one, as sure as asked for, each once. Every name has to be found, and to mean one instance.
func (a act) targets(snap *model.Snapshot, names []string, now time.Time) ([]*model.Instance, error) {
	var chosen []*model.Instance
	for _, name := range names {
		i, err := a.find(snap, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(chosen, i) {
			chosen = append(chosen, i)
		}
	}
	if !a.idle {
		return chosen, nil
	}
	for _, i := range model.StoppableIdle(snap, now) {
		if a.inWorkspace(snap, i) && a.sureOf(i, now) && !slices.Contains(chosen, i) {
			chosen = append(chosen, i)
		}
	}
	return chosen, nil
}

// sureOf reports whether an instance is idle for as certain as was asked for.
func (a act) sureOf(i *model.Instance, now time.Time) bool {
	return i.IdleAt(now).Confidence.AtLeast(model.Confidence(a.sure))
}

// reportDoubtful names what --idle leaves alone because it may be in use.
func (o *options) reportDoubtful(a act, snap *model.Snapshot, now time.Time) {
	if !a.idle {
		return
	}
	for _, i := range model.StoppableIdle(snap, now) {
		if idle := i.IdleAt(now); a.inWorkspace(snap, i) && !a.sureOf(i, now) {
			fmt.Fprintf(o.sys.stderr, "amltop: left alone: %s (%s, %s): confidence %s, %s\n",
				i.Name, snap.WorkspaceName(i.Workspace), i.Price.Rate(), idle.Confidence, idle.Evidence)
		}
	}
}

func (a act) inWorkspace(snap *model.Snapshot, i *model.Instance) bool {
	return a.workspace == "" || strings.EqualFold(snap.WorkspaceName(i.Workspace), a.workspace) ||
		strings.EqualFold(string(i.Workspace), a.workspace)
}

func (a act) find(snap *model.Snapshot, name string) (*model.Instance, error) {
	var found []*model.Instance
	for _, i := range snap.Instances {
		if a.inWorkspace(snap, i) && (strings.EqualFold(i.Name, name) || strings.EqualFold(i.ARMID, name)) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, a.notFound(snap, name)
	}
	places := make([]string, 0, len(found))
	for _, i := range found {
		places = append(places, snap.WorkspaceName(i.Workspace))
	}
	return nil, fmt.Errorf("%q is the name of %d compute instances; choose with --workspace: %s", name, len(found), strings.Join(places, ", "))
}

// notFound says what was looked for and what comes near.
func (a act) notFound(snap *model.Snapshot, name string) error {
	for _, c := range snap.Clusters {
		if strings.EqualFold(c.Name, name) {
			return fmt.Errorf("%q is a compute cluster: it cannot be told to %s; it scales by itself", name, a.verb)
		}
	}
	where := ""
	if a.workspace != "" {
		where = " in workspace " + a.workspace
	}
	names := make([]string, 0, len(snap.Instances))
	for _, i := range snap.Instances {
		names = append(names, i.Name)
	}
	near := nearestOf(name, names)
	if len(near) == 0 {
		return fmt.Errorf("no compute instance %q%s; amltop ls instances lists them", name, where)
	}
	return fmt.Errorf("no compute instance %q%s; did you mean %s?", name, where, strings.Join(near, ", "))
}
