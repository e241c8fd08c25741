package backend

import (
	"time"

	"github.com/amltop/amltop/model"
)

// clusterKind is how clusters are merged.
func (j *joins) clusterKind() rowKind[model.Cluster] {
	return rowKind[model.Cluster]{
		id:    func(r *model.Cluster) string { return string(r.ID) },
		name:  func(r *model.Cluster) string { return r.Name },
		join:  j.cluster,
		share: shareCluster,
	}
}

func (j *joins) cluster(r, before *model.Cluster) {
	r.QueuedJobs = j.target(&r.Target).queued
	r.Size, r.Price = j.price(r.Location, r.VMSize, r.Priority.Tier())
	r.IdleSince = j.idleSince(r, before)
	var nodes vmTime
	units := r.Nodes.Billed()
	if before != nil {
		nodes = j.soFar(before.Meter, r.Price, before.VMSize != r.VMSize)
		nodes.missed(j, units, steadySince(r))
	} else {
		nodes = j.soFar(nil, r.Price, false)
	}
	nodes.live.Spans = model.Extend(nodes.live.Spans, units, j.resized(r, before))
	if before == nil {
		nodes.unseen(j, r.CreatedAt)
	}
	r.Meter = nodes.meter()
}

// resized is since when the cluster has had the nodes it has: the end of its
// last resize where that is known to be it, else this observation.
func (j *joins) resized(r, before *model.Cluster) time.Time {
	steady := r.AllocationState == model.AllocationSteady && !r.AllocationSince.IsZero()
	if steady && (before == nil || j.since(r.AllocationSince)) {
		return firstOf(r.AllocationSince, j.now)
	}
	return j.now
}

// steadySince is when the last resize ended, if it is over.
func steadySince(r *model.Cluster) time.Time {
	if r.AllocationState != model.AllocationSteady {
		return time.Time{}
	}
	return r.AllocationSince
}

// idleSince is since when every node above the minimum stands idle. The service
// does not say. It is the first observation of it, or the end of the cluster's
// last job where that is known and fits: not before an observation that still
// saw nodes at work, nor before the resize that brought the nodes.
func (j *joins) idleSince(r, before *model.Cluster) time.Time {
	if !r.Draining() {
		return time.Time{}
	}
	end := r.LastJobEnd
	if end.After(j.now) {
		end = time.Time{}
	}
	switch {
	case before == nil || !before.JobsKnown && r.JobsKnown:
		since := j.now
		if before != nil && !before.IdleSince.IsZero() {
			since = before.IdleSince
		}
		if end.IsZero() {
			return since
		}
		if r.AllocationSince.After(end) && !r.AllocationSince.After(since) {
			return r.AllocationSince
		}
		return end
	case before.IdleSince.IsZero():
		if j.since(end) {
			return end
		}
		return j.now
	case end.After(before.IdleSince):
		return end
	default:
		return before.IdleSince
	}
}

func shareCluster(r *model.Cluster) {
	shareTarget(&r.Target)
	shared(&r.VMSize)
	shared(&r.Priority)
	shared(&r.OSType)
	shared(&r.AllocationState)
}

// attachedKind is how attached computes are merged: they have no meter, Azure
// ML does not manage them.
func (j *joins) attachedKind() rowKind[model.Attached] {
	return rowKind[model.Attached]{
		id:    func(r *model.Attached) string { return string(r.ID) },
		name:  func(r *model.Attached) string { return r.Name },
		join:  func(r, _ *model.Attached) { j.target(&r.Target) },
		share: func(r *model.Attached) { shareTarget(&r.Target) },
	}
}
