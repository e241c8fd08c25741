package sim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Quota, per subscription and region.
//
// An instance counts with its cores from creation to deletion, stopped or not.
// A managed deployment counts with what the service reserves for it. A cluster
// counts with the nodes it has: Azure's documentation also says that nodes given
// up go on counting until the cluster is deleted, but then no cluster could
// starve behind another, which the service's ClusterCoreQuotaReached reports.
// Preempted nodes do not count. Low-priority cores share one total and have no
// limits by family.

// usedCores are the vCPUs in use.
type usedCores struct {
	family        map[string]int // dedicated, by lower-case family
	lowFamily     map[string]int
	dedicated     int
	low, computes int
}

// room is how many more vCPUs of a family the region would grant.
func (r *Region) room(h hardware, low bool) int {
	if low {
		return max(0, r.LowPriorityLimit-r.used.low)
	}
	return max(0, min(r.limit(h.family)-r.used.family[h.family], r.DedicatedLimit-r.used.dedicated))
}

func (r *Region) limit(family string) int {
	if q := r.Families[family]; q != nil {
		return q.Limit
	}
	return 0
}

// take counts vCPUs as used; a negative number gives them back.
func (r *Region) take(h hardware, low bool, cores int) {
	if low {
		r.used.low += cores
		r.used.lowFamily[h.family] += cores
		return
	}
	r.used.dedicated += cores
	r.used.family[h.family] += cores
}

// overdrawn is an error if a scenario puts more into a region than its quota holds.
func (r *Region) overdrawn() error {
	for _, family := range slices.Sorted(maps.Keys(r.used.family)) {
		if cores, limit := r.used.family[family], r.limit(family); cores > limit {
			return fmt.Errorf("region %s: %d vCPUs of %s in use at the start, and a quota of %d", r.Name, cores, family, limit)
		}
	}
	if r.used.dedicated > r.DedicatedLimit || r.used.low > r.LowPriorityLimit || r.used.computes > r.ComputesLimit {
		return fmt.Errorf("region %s: %d dedicated and %d low-priority vCPUs and %d computes at the start exceed a quota of %d, %d and %d",
			r.Name, r.used.dedicated, r.used.low, r.used.computes, r.DedicatedLimit, r.LowPriorityLimit, r.ComputesLimit)
	}
	return nil
}

// free gives vCPUs back and lets blocked clusters try again a little later.
func (w *World) free(r *Region, h hardware, low bool, cores int) {
	r.take(h, low, -cores)
	if len(r.blocked) == 0 || r.waking || cores == 0 {
		return
	}
	r.waking = true
	w.plan(45*time.Second, func() {
		r.waking = false
		for _, c := range slices.Clone(r.blocked) {
			w.reconcile(c)
		}
	})
}

// noRoom is the service's refusal of a compute with VMs that the quota cannot
// hold. A cluster is measured against the limit, since its nodes come later; an
// instance against what is left of it.
func (r *Region) noRoom(h hardware, low bool, nodes int, left bool) *Denial {
	need := nodes * h.cores
	limit, which := r.limit(h.family), "a "+familyLabel(h.label)+" vCPU quota of"
	if low {
		limit, which = r.LowPriorityLimit, "a total vCPU quota of"
	} else if limit >= need && r.DedicatedLimit < need {
		limit, which = r.DedicatedLimit, "a total vCPU quota of"
	}
	if need <= limit && (!left || need <= r.room(h, low)) {
		return nil
	}
	return &Denial{http.StatusBadRequest, "ClusterMinNodesExceedCoreQuota", fmt.Sprintf(
		"The specified subscription has %s %d and cannot accomodate for at least %d requested managed compute nodes which maps to %d vCPUs.",
		which, limit, nodes, need)}
}

// tooMany is the service's refusal of one more compute in the region.
func (r *Region) tooMany() *Denial {
	if r.used.computes < r.ComputesLimit {
		return nil
	}
	return &Denial{http.StatusBadRequest, "OutOfQuota", fmt.Sprintf(
		"Operation results in exceeding quota limits of Total Clusters. Maximum allowed: %d, current in use: %d, additional requested: 1.",
		r.ComputesLimit, r.used.computes)}
}

// familyLabel is a family in a sentence: "Standard DSv2 Family".
func familyLabel(family string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(localizedFamily(family), "_", " ")), " ")
}

// localizedFamily is a family as the service labels it, by a rule of its own
// that keeps the spaces of some families: "Standard  NCASv3_T4  Family".
func localizedFamily(family string) string {
	name := family
	if len(name) > 8 && strings.EqualFold(name[:8], "standard") {
		name = name[8:]
	}
	return "Standard " + strings.TrimSuffix(name, "Family") + " Family"
}
