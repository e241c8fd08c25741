package sim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// New makes the world of a scenario. What the scenario says of the start is
// built as it is; nothing is simulated to get there.
func New(sc Scenario, seed uint64) (*World, error) {
	w := &World{
		seed: seed, start: sc.Start, now: sc.Start, byCompute: sc.CostByCompute,
		people: make(map[string]*person, len(sc.People)),
		meters: map[string]*meter{}, byFullName: map[string]*person{},
		notes: newStream(seed, "journal"),
		operations: operations{
			byID: map[string]*Operation{},
			rng:  newStream(seed, "operations"),
		},
	}
	if sc.Tenant == "" {
		sc.Tenant = guidOf("tenant/" + sc.Name)
	}
	for _, def := range sc.People {
		p, err := newPerson(def)
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", sc.Name, err)
		}
		w.people[def.Name], w.byFullName[p.fullName] = p, p
	}
	for _, def := range sc.Subscriptions {
		sub := w.newSubscription(def, sc.Tenant)
		for _, ws := range def.Workspaces {
			if err := w.build(sub, ws); err != nil {
				return nil, fmt.Errorf("scenario %s: workspace %s: %w", sc.Name, ws.Name, err)
			}
		}
	}
	if sc.Fleet != nil {
		if err := w.muster(*sc.Fleet, sc.Tenant); err != nil {
			return nil, fmt.Errorf("scenario %s: fleet: %w", sc.Name, err)
		}
	}
	if err := w.open(); err != nil {
		return nil, fmt.Errorf("scenario %s: %w", sc.Name, err)
	}
	return w, nil
}

// open checks the books and lets the clusters react to what they start with.
func (w *World) open() error {
	for _, sub := range w.subs {
		for _, name := range slices.Sorted(maps.Keys(sub.Regions)) {
			if err := sub.Regions[name].overdrawn(); err != nil {
				return fmt.Errorf("subscription %s: %w", sub.Name, err)
			}
		}
	}
	for _, sub := range w.subs {
		for _, ws := range sub.Workspaces {
			for _, c := range ws.Clusters {
				w.billCluster(c)
				w.reconcile(c)
			}
		}
	}
	w.backdate()
	w.recall()
	return nil
}

// build adds a workspace with everything in it.
func (w *World) build(sub *Subscription, def workspaceDef) error {
	if err := def.distinct(); err != nil {
		return err
	}
	by, err := w.who(def.CreatedBy)
	if err != nil {
		return err
	}
	ws := &Workspace{
		Subscription: sub, ResourceGroup: def.ResourceGroup, Name: def.Name, Location: strings.ToLower(def.Location),
		Kind: def.Kind, FriendlyName: def.FriendlyName, Description: def.Description, Tags: def.Tags,
		CreatedBy: by.fullName, Forbidden: def.Forbidden,
	}
	if ws.Kind == "" {
		ws.Kind = "Default"
	}
	if ws.FriendlyName == "" {
		ws.FriendlyName = ws.Name
	}
	ws.id = "/subscriptions/" + sub.ID + "/resourceGroups/" + ws.ResourceGroup + provider + "workspaces/" + ws.Name
	ws.CreatedAt = def.Created.in(w.start, w.founded(ws.ID()))
	ws.GUID = guidOf("workspace/" + ws.ID())
	ws.shuffle = newStream(w.seed, ws.ID()+"/names")
	sub.Workspaces = append(sub.Workspaces, ws)
	w.region(sub, ws.Location)

	for _, a := range def.Attached {
		w.buildAttached(ws, a)
	}
	if err := each(def.Clusters, func(d clusterDef) (string, error) { return d.Name, w.buildCluster(ws, d) }); err != nil {
		return err
	}
	if err := each(def.Instances, func(d instanceDef) (string, error) { return d.Name, w.buildInstance(ws, d) }); err != nil {
		return err
	}
	for _, list := range []struct {
		batch bool
		defs  []endpointDef
	}{{false, def.Online}, {true, def.Batch}} {
		if err := each(list.defs, func(d endpointDef) (string, error) { return d.Name, w.buildEndpoint(ws, d, list.batch) }); err != nil {
			return err
		}
	}
	if err := each(def.Jobs, func(d jobDef) (string, error) { return d.Display, w.buildJob(ws, d) }); err != nil {
		return err
	}
	if err := each(def.Workloads, func(d workloadDef) (string, error) { return d.Display, w.buildWorkload(ws, d) }); err != nil {
		return err
	}
	w.date(ws)
	slices.SortStableFunc(ws.Jobs, func(a, b *Job) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return nil
}

// distinct is an error if two computes of a workspace share a name.
func (def *workspaceDef) distinct() error {
	seen := make(map[string]bool, len(def.Clusters)+len(def.Instances)+len(def.Attached))
	note := func(name string) bool {
		key := strings.ToLower(name)
		again := seen[key] || key == ""
		seen[key] = true
		return again
	}
	for _, c := range def.Clusters {
		if note(c.Name) {
			return fmt.Errorf("compute name %q is empty or used twice", c.Name)
		}
	}
	for _, i := range def.Instances {
		if note(i.Name) {
			return fmt.Errorf("compute name %q is empty or used twice", i.Name)
		}
	}
	for _, a := range def.Attached {
		if note(a.Name) {
			return fmt.Errorf("compute name %q is empty or used twice", a.Name)
		}
	}
	return nil
}

// each builds a list and says in which element an error lies.
func each[T any](list []T, build func(T) (name string, err error)) error {
	for _, def := range list {
		if name, err := build(def); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
