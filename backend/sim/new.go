package sim

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model/catalog"
)

// New makes the world of a scenario. What the scenario says of the start is
// built as it is; nothing is simulated to get there.
func New(sc Scenario, seed uint64) (*World, error) {
	w := &World{
		seed: seed, start: sc.Start, now: sc.Start,
		people: make(map[string]*person, len(sc.People)),
		meters: map[string]*meter{},
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
		w.people[def.Name] = p
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
		for _, r := range sub.Regions {
			if err := r.overdrawn(); err != nil {
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
	return nil
}

func newPerson(def personDef) (*person, error) {
	if def.To == 0 {
		def.From, def.To = 9, 18
	}
	if def.Name == "" || def.From < 0 || def.To > 24 || def.To-def.From < 1 || math.Abs(def.UTCOffset) > 14 {
		return nil, fmt.Errorf("person %q: needs a name, an offset within 14 hours, and a working day of an hour or more", def.Name)
	}
	if def.FullName == "" {
		def.FullName = def.Name
	}
	hours := func(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
	return &person{
		name: def.Name, fullName: def.FullName, id: guidOf("person/" + def.Name),
		zone: time.FixedZone("", int(def.UTCOffset*3600)), from: hours(def.From), to: hours(def.To),
	}, nil
}

// who finds a person; nobody in particular works at the service's hours.
func (w *World) who(name string) (*person, error) {
	if p := w.people[name]; p != nil {
		return p, nil
	}
	if name == "" {
		return &person{fullName: "", zone: time.UTC, from: 9 * time.Hour, to: 18 * time.Hour}, nil
	}
	return nil, fmt.Errorf("there is no person %q", name)
}

func (w *World) newSubscription(def subscriptionDef, tenant string) *Subscription {
	if def.ID == "" {
		def.ID = guidOf("subscription/" + def.Name)
	}
	sub := &Subscription{ID: def.ID, Name: def.Name, Tenant: tenant, State: "Enabled", Regions: map[string]*Region{}}
	for _, r := range def.Regions {
		sub.Regions[strings.ToLower(r.Name)] = newRegion(r)
	}
	w.subs = append(w.subs, sub)
	return sub
}

// newRegion fills in what a region's definition leaves open with the service's
// usual grants for a new subscription.
func newRegion(def regionDef) *Region {
	or := func(n, usual int) int {
		if n == 0 {
			return usual
		}
		return n
	}
	def.DefaultFamily = or(def.DefaultFamily, 100)
	r := &Region{
		Name: strings.ToLower(def.Name), Families: map[string]*FamilyQuota{},
		DedicatedLimit: or(def.Dedicated, 300), LowPriorityLimit: or(def.LowPriority, 100),
		ComputesLimit: or(def.Computes, 500),
		used:          usedCores{family: map[string]int{}, lowFamily: map[string]int{}},
	}
	for _, s := range catalog.Sizes() {
		key := strings.ToLower(s.Family)
		if r.Families[key] == nil && key != "" {
			limit := def.DefaultFamily
			if s.GPUs > 0 {
				limit = 0
			}
			r.Families[key] = &FamilyQuota{s.Family, limit}
		}
	}
	for family, limit := range def.Families {
		if q := r.Families[strings.ToLower(family)]; q != nil {
			q.Limit = limit
		} else {
			r.Families[strings.ToLower(family)] = &FamilyQuota{family, limit}
		}
	}
	return r
}

// region is a subscription's region, with the usual quota if nothing is said of it.
func (w *World) region(sub *Subscription, name string) *Region {
	key := strings.ToLower(name)
	if sub.Regions[key] == nil {
		sub.Regions[key] = newRegion(regionDef{Name: key})
	}
	return sub.Regions[key]
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
		CreatedAt: def.Created.in(w.start, w.start.AddDate(0, -7, 0)), CreatedBy: by.fullName, Forbidden: def.Forbidden,
	}
	if ws.Kind == "" {
		ws.Kind = "Default"
	}
	if ws.FriendlyName == "" {
		ws.FriendlyName = ws.Name
	}
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
