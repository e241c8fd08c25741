package arm

import "github.com/amltop/amltop/backend/sim"

// endpointSegment is the segment of the path that endpoints of a kind have.
func endpointSegment(batch bool) string {
	if batch {
		return "batchEndpoints"
	}
	return "onlineEndpoints"
}

// computeType is the wire's word for the kind of a compute.
func computeType(compute any) string {
	switch k := compute.(type) {
	case *sim.Cluster:
		return "AmlCompute"
	case *sim.Instance:
		return "ComputeInstance"
	case *sim.Attached:
		return k.ComputeType
	}
	return "Unknown"
}
