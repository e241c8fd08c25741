package sim

import (
	"maps"
	"slices"
	"strings"
)

// Usage is one entry of a region's usages, as the service lists them.
type Usage struct {
	ID             string // totals carry the subscription's id only
	Type           string // tells dedicated from low priority: name and id repeat
	Unit           string // Count
	Name           string
	LocalizedName  string
	Current, Limit int // limit -1: no limit of its own
}

// Usages lists the usages of a region: how many computes, the dedicated vCPUs
// in all and by family, and the same for low priority. A region that the
// subscription knows nothing of has none.
func (w *World) Usages(sub *Subscription, region string) []Usage {
	r := sub.Regions[strings.ToLower(region)]
	if r == nil {
		return nil
	}
	id := "/subscriptions/" + sub.ID
	total := func(name, label string, current, limit int) Usage {
		return Usage{id, kindOfUsage(strings.ToLower(name[:1]) + name[1:]), "Count", name, label, current, limit}
	}
	families := slices.Sorted(maps.Keys(r.Families))
	list := make([]Usage, 0, 3+2*len(families))
	list = append(list,
		total("TotalClusters", "Total Clusters", r.used.computes, r.ComputesLimit),
		total("TotalDedicatedCores", "Total Cluster Dedicated Regional vCPUs", r.used.dedicated, r.DedicatedLimit))
	for _, key := range families {
		q := r.Families[key]
		list = append(list, familyUsage(id, q.Family, "dedicatedCores", "Dedicated", r.used.family[key], q.Limit))
	}
	list = append(list, total("TotalLowPriorityCores", "Total Cluster Low Priority Regional vCPUs",
		r.used.low, r.LowPriorityLimit))
	for _, key := range families {
		q := r.Families[key]
		list = append(list, familyUsage(id, q.Family, "lowPriorityCores", "LowPriority", r.used.lowFamily[key], -1))
	}
	return list
}

func familyUsage(sub, family, kind, label string, current, limit int) Usage {
	return Usage{
		ID: sub + "/usages/" + strings.ReplaceAll(family, " ", "_"), Type: kindOfUsage("vmFamily/" + kind),
		Unit: "Count", Name: family, LocalizedName: localizedFamily(family) + " Cluster " + label + " vCPUs",
		Current: current, Limit: limit,
	}
}

func kindOfUsage(name string) string { return "Microsoft.MachineLearningServices/" + name + "/usages" }
