package history

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// bulkFleet writes the history of many targets straight into the tables, in
// the way the program would leave it: of each hundred targets of a workspace
// sixty are instances of people, of which some are started and stopped every
// day, and the rest clusters and deployments that seldom change.
type bulkFleet struct {
	workspaces, each, days int
	daily                  int     // of a hundred instances, how many run by day only
	drift                  float64 // share of all targets that change once in a day
	polls                  int     // how often a day it is written how far parts were watched
}

func (f bulkFleet) workspace(n int) Part { return part(fmt.Sprintf("workspace-%04d", n)) }

// sizes are what is in use; a few in most places.
var benchSizes = []model.SizeName{"Standard_DS3_v2", "Standard_D13_v2", "Standard_E8s_v3", "Standard_NC6s_v3", "Standard_NC24s_v3", "Standard_NC24ads_A100_v4", "Standard_F16s_v2"}

// billing is how a target is billed when it runs, or does not.
func (f bulkFleet) billing(ws, n int, runs bool) (kind string, b model.Billing) {
	b = stopped(fmt.Sprint("owner", (ws*7+n)%(f.workspaces*3)))
	size := (ws + n*n) % len(benchSizes)
	b.VMSize, b.Price.PerHour = benchSizes[size], model.Money(200_000*(size+1))
	switch {
	case n%100 < 60:
		kind = "instance"
	case n%100 < 90:
		kind = "cluster"
		b.State, b.Standing = "Steady", model.Price{}
	default:
		kind = "deployment"
		b.State = "Succeeded"
		runs = true
	}
	if runs {
		b.Units = 1
		if kind == "instance" {
			b.State = "Running"
		}
	}
	return kind, b
}

// build writes the fleet up to a moment that is returned.
func (f bulkFleet) build(t testing.TB, s *Store) time.Time {
	t.Helper()
	now := at(0).Add(time.Duration(f.days) * 24 * time.Hour)
	r := rand.New(rand.NewPCG(1, 1))
	for ws := 0; ws < f.workspaces; ws++ {
		err := s.write(t.Context(), func(x *tx) error {
			if _, err := x.begin(Batch{Coverage: []Coverage{{f.workspace(ws), model.Window{From: at(0), To: now}}}}); err != nil {
				return err
			}
			id, err := x.part(f.workspace(ws))
			if err != nil {
				return err
			}
			for n := range f.each {
				if err := f.target(x, r, ws, n, id, now); err != nil {
					return err
				}
			}
			for i := range f.polls * f.days {
				step := now.Sub(at(0)) / time.Duration(f.polls*f.days)
				from := at(0).Add(time.Duration(i) * step)
				if err := x.cover(Coverage{f.workspace(ws), model.Window{From: from, To: from.Add(step)}}, time.Minute); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return now
}

// target writes one target's life.
func (f bulkFleet) target(x *tx, r *rand.Rand, ws, n int, part int64, now time.Time) error {
	runs := n%10 == 0
	since := at(0)
	kind, b := f.billing(ws, n, runs)
	s := Sighting{ID: targetID(f.workspace(ws).Name, fmt.Sprint("t", n)), Kind: kind, Name: fmt.Sprint("t", n), Part: f.workspace(ws)}
	id, err := x.putPresent(s, &model.Interval{Window: model.Window{From: since}, Billing: b}, part)
	if err != nil {
		return err
	}
	turn := func(at time.Time) error {
		if err := x.putInterval(id, part, kind, model.Interval{Window: model.Window{From: since, To: at}, Billing: b}, time.Time{}); err != nil {
			return err
		}
		runs, since = !runs, at
		_, b = f.billing(ws, n, runs)
		return nil
	}
	daily := kind == "instance" && r.IntN(100) < f.daily
	for day := range f.days {
		midnight := at(0).Add(time.Duration(day) * 24 * time.Hour)
		switch {
		case daily:
			err = turn(midnight.Add(time.Duration(r.Int64N(int64(3 * time.Hour)))))
			if err == nil {
				err = turn(midnight.Add(8*time.Hour + time.Duration(r.Int64N(int64(3*time.Hour)))))
			}
		case kind != "deployment" && r.Float64() < f.drift:
			err = turn(midnight.Add(time.Duration(r.Int64N(int64(24 * time.Hour)))))
		}
		if err != nil {
			return err
		}
	}
	_, err = x.putPresent(s, &model.Interval{Window: model.Window{From: since}, Billing: b}, part)
	return err
}
