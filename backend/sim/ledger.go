package sim

import (
	"strings"
	"time"
)

// meter adds up how long how many VMs of a target were billed.
type meter struct {
	units int
	since time.Time
	total time.Duration // unit-time before since

	sold sold
	past past    // what was billed already when the world began
	days []daily // unit-time before since by day, in order

	balancers []daily // of a cluster: the same of its load balancers
}

func (m *meter) at(now time.Time) time.Duration {
	return m.total + time.Duration(m.units)*now.Sub(m.since)
}

// bill says that a target has that many billed VMs from now on. The meter is
// made at the first VM; a target made anew under an old name goes on with it.
func (w *World) bill(m **meter, id func() string, units int, what sold) {
	if *m == nil {
		if units == 0 {
			return
		}
		key := strings.ToLower(id())
		if w.meters[key] == nil {
			w.meters[key] = &meter{since: w.now}
		}
		*m = w.meters[key]
	}
	if (*m).units == units && (*m).sold == what {
		return
	}
	(*m).total = (*m).at(w.now)
	(*m).days = (*m).book((*m).days, (*m).units, w.now)
	if (*m).sold.cluster {
		(*m).balancers = (*m).book((*m).balancers, balancersFor((*m).units), w.now)
	}
	(*m).since, (*m).units, (*m).sold = w.now, units, what
}

// Ledger is the truth about billing: per target (instance, cluster, managed
// deployment), by lower-case ARM id, the VM time billed from the world's start
// until now. Two VMs for an hour are two hours. Targets that never had a VM are
// not in it; deleted ones are. The map is the caller's.
func (w *World) Ledger() map[string]time.Duration {
	l := make(map[string]time.Duration, len(w.meters))
	for id, m := range w.meters {
		l[id] = m.at(w.now)
	}
	return l
}

// Billed is the ledger's entry of one target.
func (w *World) Billed(id string) time.Duration {
	if m := w.meters[strings.ToLower(id)]; m != nil {
		return m.at(w.now)
	}
	return 0
}
