package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// differ turns snapshots into batches: what changed since the one before. It
// relies on unchanged rows and lists being the same pointers.
type differ struct {
	tolerance time.Duration
	last      *model.Snapshot
	parts     map[PartKey]*partState
	names     map[model.WorkspaceID]*model.Workspace
	listings  map[PartKey]int // of parts that are listed anew in this snapshot: index in the batch
	batch     Batch
}

// partState is how far a part has been watched.
type partState struct {
	part        Part
	from, until time.Time // watched without a break
	before      time.Time // until, before the newest snapshot; zero after a break
	written     time.Time // how far the file knows it
}

func newDiffer(tolerance time.Duration) *differ {
	return &differ{
		tolerance: tolerance, last: &model.Snapshot{}, parts: map[PartKey]*partState{},
		names: map[model.WorkspaceID]*model.Workspace{}, listings: map[PartKey]int{},
	}
}

// take adds what is new in a snapshot to the batch.
func (d *differ) take(s *model.Snapshot) {
	if !same(s.Workspaces, d.last.Workspaces) {
		d.names = make(map[model.WorkspaceID]*model.Workspace, len(s.Workspaces))
		for _, w := range s.Workspaces {
			d.names[w.ID] = w
		}
	}
	for _, section := range []model.SectionKey{model.SectionComputes, model.SectionEndpoints} {
		for scope, p := range s.Parts[section] {
			d.watch(PartKey{section, model.WorkspaceID(scope)}, p, s.Clock.Speed)
		}
	}
	compare(d, s, d.last.Instances, s.Instances, instanceRow)
	compare(d, s, d.last.Clusters, s.Clusters, clusterRow)
	compare(d, s, d.last.Deployments, s.Deployments, deploymentRow)
	clear(d.listings)
	d.last = s
}

// watch notes how far a part has been watched. A part that was never seen, or
// not for too long, is listed anew.
func (d *differ) watch(key PartKey, p *model.Part, speed float64) {
	state := d.parts[key]
	switch {
	case p.AsOf.IsZero():
	case state == nil:
		part := Part{PartKey: key, Name: p.Name, Subscription: subscriptionOf(key.Workspace)}
		if w := d.names[key.Workspace]; w != nil {
			part.Name, part.Subscription = w.Name, w.Subscription
		}
		d.parts[key] = &partState{part: part, from: p.AsOf, until: p.AsOf}
		d.list(part, p.AsOf)
	case !p.AsOf.After(state.until):
		state.before = state.until
	case p.AsOf.Sub(state.until) > scaled(d.tolerance, speed):
		d.cover(state)
		*state = partState{part: state.part, from: p.AsOf, until: p.AsOf}
		d.list(state.part, p.AsOf)
	default:
		state.before, state.until = state.until, p.AsOf
	}
}

func (d *differ) list(part Part, seen time.Time) {
	d.listings[part.PartKey] = len(d.batch.Listings)
	d.batch.Listings = append(d.batch.Listings, Listing{Part: part, Seen: seen})
}

func subscriptionOf(ws model.WorkspaceID) model.SubscriptionID {
	id, err := model.ParseResourceID(string(ws))
	if err != nil {
		return ""
	}
	return model.SubscriptionID(id.Subscription)
}

// scaled is a stretch on the wall in the time of a cloud that runs faster.
func scaled(d time.Duration, speed float64) time.Duration {
	return time.Duration(float64(d) * max(1, speed))
}

// cover puts into the batch how far a part was watched, if the file does not
// know.
func (d *differ) cover(p *partState) {
	if p.until.After(p.written) {
		d.batch.Coverage = append(d.batch.Coverage, Coverage{p.part, model.Window{From: latest(p.from, p.written), To: p.until}})
		p.written = p.until
	}
}

// coverAll does so for every part.
func (d *differ) coverAll() {
	for _, p := range d.parts {
		d.cover(p)
	}
}

// flush takes away what is to be written.
func (d *differ) flush() Batch {
	b := d.batch
	d.batch = Batch{}
	return b
}

// compare takes in what changed in a list of rows.
func compare[R any](d *differ, s *model.Snapshot, before, after []*R, read func(*R) row) {
	if len(d.listings) > 0 {
		for _, x := range after {
			r := read(x)
			if n, listed := d.listings[r.part()]; listed && r.kept() {
				l := &d.batch.Listings[n]
				l.Sightings = append(l.Sightings, r.sighting(l.Part, time.Time{}, l.Seen))
			}
		}
	}
	old, fresh := changed(before, after)
	was := make(map[string]row, len(old))
	for _, x := range old {
		r := read(x)
		was[r.id] = r
	}
	for _, x := range fresh {
		r := read(x)
		if r.kept() {
			if before, known := was[r.id]; !known || before.billing != r.billing {
				d.see(s, r, false)
			}
			delete(was, r.id)
		}
	}
	for _, r := range was {
		if r.kept() {
			d.see(s, r, true)
		}
	}
}

// see takes in a row that is new, changed or gone.
func (d *differ) see(s *model.Snapshot, r row, gone bool) {
	p := d.parts[r.part()]
	_, listed := d.listings[r.part()]
	if p == nil || listed {
		return // its list has it, or will
	}
	seen := r.sighting(p.part, p.before, d.moment(s, p))
	if gone {
		seen.Gone, seen.At = true, seen.Seen
	}
	d.batch.Sightings = append(d.batch.Sightings, seen)
	d.cover(p)
}

// moment is when a changed row was read: with its list, or by itself since.
func (d *differ) moment(s *model.Snapshot, p *partState) time.Time {
	if p.until.After(p.before) {
		return p.until
	}
	return latest(s.Clock.Time, p.until)
}

// same reports whether two lists are one.
func same[R any](a, b []R) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// changed are the rows that stand in only one of two lists. Rows that did not
// change cost a comparison.
func changed[R any](before, after []*R) (old, fresh []*R) {
	if same(before, after) {
		return nil, nil
	}
	i, j := 0, 0
	for i < len(before) && j < len(after) {
		switch {
		case before[i] == after[j]:
			i, j = i+1, j+1
		case j+1 < len(after) && before[i] == after[j+1]:
			fresh, j = append(fresh, after[j]), j+1
		case i+1 < len(before) && before[i+1] == after[j]:
			old, i = append(old, before[i]), i+1
		default:
			old, fresh = append(old, before[i]), append(fresh, after[j])
			i, j = i+1, j+1
		}
	}
	return append(old, before[i:]...), append(fresh, after[j:]...)
}
