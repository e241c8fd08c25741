package azure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
)

// mapAttached maps a compute that Azure ML uses but does not manage, also one
// of a type nobody has heard of.
func mapAttached(w *wireCompute, ws model.WorkspaceID) *model.Attached {
	p := &w.Properties.Properties
	a := &model.Attached{
		Target:     mapTarget(w, ws),
		ResourceID: string(w.Properties.ResourceID),
		Detail:     attachedDetail(w),
		Nodes:      int(max(p.AgentCount, p.NodeCount)),
	}
	for _, size := range []text{p.AgentVMSize, p.VirtualSize, p.VMSize} {
		if size != "" {
			a.VMSize = model.SizeName(size)
			break
		}
	}
	return a
}

// attachedDetail is what the kind has to say of itself. Fields a kind does not
// have are empty and left out.
func attachedDetail(w *wireCompute) string {
	p := &w.Properties.Properties
	var words []string
	add := func(format string, v text) {
		if v != "" {
			words = append(words, fmt.Sprintf(format, v))
		}
	}
	address := p.Address
	if address != "" && p.SSHPort > 0 {
		address = text(fmt.Sprintf("%s:%d", address, p.SSHPort))
	}
	add("%s", address)
	add("%s", p.WorkspaceURL)
	add("store %s", p.DataLakeStore)
	add("pool %s", p.PoolName)
	add("%s nodes", p.NodeSize)
	add("Spark %s", p.SparkVersion)
	add("%s", p.ClusterPurpose)
	add("%s", p.ClusterFQDN)
	add("namespace %s", p.Namespace)
	if len(p.InstanceTypes) > 0 {
		var names []string
		for _, name := range slices.Sorted(maps.Keys(p.InstanceTypes)) {
			names = append(names, string(name))
		}
		words = append(words, "instance types "+strings.Join(names, ", "))
	}
	if len(p.InstanceTypes) != 1 {
		add("default %s", p.DefaultType)
	}
	return strings.Join(words, ", ")
}
