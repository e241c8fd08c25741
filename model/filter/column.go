package filter

import (
	"fmt"
	"slices"
	"strings"
)

// synonyms are words people use for the same column. Any of them finds the
// first of the group that the list at hand has; a word of several groups is
// looked up in each.
var synonyms = [][]string{
	{"state", "status", "provisioning_state", "phase", "provisioning", "health"},
	{"workspace", "ws", "where"},
	{"price", "price_per_hour", "rate", "hourly"},
	{"cost", "burn", "burn_per_hour", "price", "price_per_hour"},
	{"run", "run_cost", "spent"},
	{"owner", "user", "created_by", "creator", "who"},
	{"size", "vm_size", "sku", "vmsize", "vm"},
	{"idle", "idle_seconds"},
	{"up", "uptime", "running_since"},
	{"age", "created", "created_at"},
	{"location", "region", "loc"},
	{"subscription", "subscription_id", "sub"},
	{"gpus", "gpu", "gpu_count"},
	{"vcpus", "vcpu", "cpus", "cpu", "cores"},
	{"memory", "memory_gb", "mem", "ram", "gib", "gb"},
	{"type", "kind", "compute_type", "target_kind"},
	{"nodes", "current_nodes", "node"},
	{"endpoint", "ep"},
	{"group", "resource_group", "rg"},
	{"leash", "autostop", "shutdown"},
}

// Column finds the column a word stands for: its ID, a synonym of it, or a
// beginning that fits only one. The error lists the columns there are.
func Column(word string, columns []string) (string, error) {
	low := strings.ToLower(word)
	for _, c := range columns {
		if strings.ToLower(c) == low {
			return c, nil
		}
	}
	for _, group := range synonyms {
		if !slices.Contains(group, low) {
			continue
		}
		for _, s := range group {
			if i := slices.IndexFunc(columns, func(c string) bool { return strings.EqualFold(c, s) }); i >= 0 {
				return columns[i], nil
			}
		}
	}
	var found []string
	for _, c := range columns {
		if strings.HasPrefix(strings.ToLower(c), low) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fmt.Errorf("column %q: there is none; the columns are %s", word, strings.Join(columns, ", "))
	default:
		return "", fmt.Errorf("column %q: could be %s", word, strings.Join(found, ", "))
	}
}
