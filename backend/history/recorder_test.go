package history

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// fleet is a cloud of which snapshots are taken, with a ledger of its own.
type fleet struct {
	now       time.Time
	instances []*model.Instance
	parts     model.Parts
	seq       uint64
}

func newFleet(workspaces, each int) *fleet {
	f := &fleet{now: at(0), parts: model.Parts{}}
	for w := range workspaces {
		p := part(fmt.Sprintf("ws%03d", w))
		f.parts[string(p.Workspace)] = &model.Part{Scope: string(p.Workspace), Name: p.Name, AsOf: f.now}
		for i := range each {
			f.instances = append(f.instances, f.instance(p, fmt.Sprintf("t%03d", i)))
		}
	}
	return f
}

func (f *fleet) instance(p Part, name string) *model.Instance {
	b := running("owner"+name, 100)
	return &model.Instance{
		Target: model.Target{
			Resource: model.Resource{Name: name, Location: b.Location}, ID: model.ComputeID(targetID(p.Name, name)), Workspace: p.Workspace,
			Meter: model.Meter{{Kind: model.ChargeCompute, Price: b.Price, Spans: []model.Span{{From: f.now, Units: 1}}}},
		},
		VMSize: b.VMSize, State: model.StateRunning, Owner: b.Owner, Price: b.Price,
	}
}

// turn starts or stops an instance at a moment that its meter knows.
func (f *fleet) turn(i int, state model.InstanceState, when time.Time) {
	x := *f.instances[i]
	units := 0
	if state.Info().Bills == model.Yes {
		units = 1
	}
	x.State = state
	x.Meter = model.Meter{{Kind: model.ChargeCompute, Price: x.Price, Spans: model.Extend(x.Meter[0].Spans, units, when)}}
	f.instances = slices.Clone(f.instances)
	f.instances[i] = &x
}

// poll lists every part at a moment.
func (f *fleet) poll(now time.Time) *model.Snapshot {
	f.now, f.seq = now, f.seq+1
	parts := model.Parts{}
	for scope, p := range f.parts {
		q := *p
		q.AsOf = now
		parts[scope] = &q
	}
	f.parts = parts
	s := &model.Snapshot{
		Seq: f.seq, Clock: model.Clock{Wall: now, Time: now, Speed: 1}, Instances: f.instances,
		Parts: map[model.SectionKey]model.Parts{model.SectionComputes: parts},
	}
	return s.Seal()
}

// recorder is one that is run by hand.
func (f *fleet) recorder(s *Store) *Recorder {
	return &Recorder{s: s, o: RecorderOptions{Now: func() time.Time { return f.now }}, diff: newDiffer(DefaultTolerance), fresh: make(chan struct{}, 1)}
}

// offer has a snapshot written.
func (r *Recorder) offer(t testing.TB, s *model.Snapshot) {
	t.Helper()
	r.Offer(s)
	r.take()
	r.write(t.Context())
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestRecorderAgreesWithTheMeters plays a day of many stops and starts, with
// one restart of the program, and holds history against the fleet's meters.
func TestRecorderAgreesWithTheMeters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	s := openAt(t, path)
	f := newFleet(3, 4)
	record := func(r *Recorder, from, to float64) {
		t.Helper()
		step := 0
		for h := from; h <= to; h += 0.1 {
			now := at(h)
			if step++; step%3 == 0 {
				i := step * 7 % len(f.instances)
				state := model.StateStopped
				if f.instances[i].State == state {
					state = model.StateRunning
				}
				f.turn(i, state, now.Add(-2*time.Minute))
			}
			r.diff.take(f.poll(now))
			r.write(t.Context())
		}
		r.diff.coverAll()
		r.write(t.Context())
		if err := r.Err(); err != nil {
			t.Fatal(err)
		}
	}
	record(f.recorder(s), 0, 10)
	before := f.instances
	spent := model.Money(0)
	for _, i := range before {
		spent += i.Meter.Between(at(0), f.now)
	}
	stopAt := f.now
	// Seven hours later it is started again; nothing changed meanwhile, but nobody can know.
	again := f.now.Add(7 * time.Hour)
	record(f.recorder(s), again.Sub(at(0)).Hours(), again.Sub(at(0)).Hours()+5)
	for _, i := range f.instances {
		spent += i.Meter.Between(again, f.now)
	}
	if err := s.Settle(t.Context(), f.now.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	list, err := s.Costs(t.Context(), Question{By: ByAll, Period: model.Daily, Window: model.Window{From: at(0), To: f.now}, Now: f.now})
	if err != nil {
		t.Fatal(err)
	}
	var sum model.Spend
	for _, c := range list {
		sum = sum.Plus(c.Spend)
	}
	if d := sum.Compute.Money() - spent; d < -20 || d > 20 { // each meter rounds down by itself
		t.Errorf("history %s, meters %s", sum.Compute.Money().Decimal(), spent.Decimal())
	}
	if want := again.Sub(stopAt) * time.Duration(len(f.instances)); sum.Gap() != want {
		t.Errorf("unobserved %v, want %v", sum.Gap(), want)
	}
}

func TestUnchangedSnapshotsWriteNothing(t *testing.T) {
	f, d := newFleet(5, 20), newDiffer(DefaultTolerance)
	d.take(f.poll(at(0)))
	if b := d.flush(); len(b.Listings) != 5 || len(b.Listings[0].Sightings) != 20 {
		t.Fatalf("first batch has %d listings", len(b.Listings))
	}
	for i := range 50 {
		d.take(f.poll(at(0).Add(time.Duration(i) * time.Minute)))
	}
	if b := d.flush(); !b.Empty() {
		t.Errorf("unchanged: %+v", b)
	}
	f.turn(7, model.StateStopped, f.now)
	f.instances = slices.Delete(slices.Clone(f.instances), 40, 41)
	d.take(f.poll(f.now.Add(time.Minute)))
	b := d.flush()
	if len(b.Sightings) != 2 || len(b.Coverage) != 2 {
		t.Fatalf("%d sightings, %d stretches watched", len(b.Sightings), len(b.Coverage))
	}
	gone := 0
	for _, s := range b.Sightings {
		if s.Gone {
			gone++
		}
	}
	if gone != 1 {
		t.Errorf("%d gone", gone)
	}
	d.coverAll()
	if b := d.flush(); len(b.Coverage) != 3+2 && len(b.Coverage) != 3 {
		t.Errorf("%d stretches watched", len(b.Coverage))
	}
}

// TestBreaksOfOneProgram is a laptop that slept.
func TestBreaksOfOneProgram(t *testing.T) {
	f, d := newFleet(1, 2), newDiffer(DefaultTolerance)
	d.take(f.poll(at(0)))
	d.take(f.poll(at(0.1)))
	d.flush()
	d.take(f.poll(at(8)))
	b := d.flush()
	if len(b.Listings) != 1 || len(b.Listings[0].Sightings) != 2 || len(b.Coverage) != 1 || !b.Coverage[0].To.Equal(at(0.1)) {
		t.Errorf("after a break: %+v", b)
	}
}

func TestRecorderWritesAtTheEnd(t *testing.T) {
	s := openNew(t)
	f := newFleet(2, 3)
	for range 2 { // a restart of half a minute is no gap
		r := s.Record(t.Context(), RecorderOptions{Now: func() time.Time { return f.now }, Flush: time.Hour})
		r.Offer(f.poll(f.now.Add(30 * time.Second)))
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	l, err := s.Life(t.Context(), string(f.instances[0].ID), model.Window{From: at(0), To: at(1)})
	seen := []model.Window{{From: f.now.Add(-30 * time.Second), To: f.now}}
	if err != nil || !slices.Equal(l.Seen, seen) || len(l.Intervals) != 1 || l.Name != "t000" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestSplitKeepsTheOrder(t *testing.T) {
	var b Batch
	for i := range 7 {
		b.Listings = append(b.Listings, Listing{Part: part(fmt.Sprint(i)), Sightings: make([]Sighting, 4)})
	}
	b.Sightings, b.Coverage = make([]Sighting, 23), make([]Coverage, 3)
	listings, sightings, coverage := 0, 0, 0
	for !b.Empty() {
		piece, left := b.split(10)
		for _, l := range piece.Listings {
			if l.Part.Name != fmt.Sprint(listings) || sightings > 0 {
				t.Fatalf("listing %s comes %dth", l.Part.Name, listings)
			}
			listings++
		}
		sightings += len(piece.Sightings)
		coverage += len(piece.Coverage)
		if len(piece.Coverage) > 0 && !left.Empty() || len(piece.Listings)*4+len(piece.Sightings) > 10 {
			t.Fatalf("piece %d %d %d, left %v", len(piece.Listings), len(piece.Sightings), len(piece.Coverage), !left.Empty())
		}
		b = left
	}
	if listings != 7 || sightings != 23 || coverage != 3 {
		t.Errorf("%d listings, %d sightings, %d stretches", listings, sightings, coverage)
	}
}
