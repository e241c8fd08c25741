package model

import "sync"

// index finds rows by identity. It is built at most once for a snapshot, when
// somebody first asks: most snapshots are only looked at.
type index struct {
	once        sync.Once
	instances   map[ComputeID]*Instance
	clusters    map[ComputeID]*Cluster
	attached    map[ComputeID]*Attached
	deployments map[DeploymentID]*Deployment
	endpoints   map[EndpointID]*Endpoint
	jobs        map[JobID]*Job
	jobsOn      map[ComputeID][]*Job
	behind      map[EndpointID][]*Deployment

	counted sync.Once
	totals  map[WorkspaceID]*WorkspaceTotals

	billedOnce sync.Once
	billed     actuals
}

// find is the index of a snapshot. One that was not sealed gets a throw-away.
func (s *Snapshot) find() *index {
	if s == nil {
		return &index{}
	}
	x := s.index
	if x == nil {
		x = &index{}
	}
	x.once.Do(func() { x.build(s) })
	return x
}

func (x *index) build(s *Snapshot) {
	x.instances = byKey(s.Instances, func(r *Instance) ComputeID { return r.ID })
	x.clusters = byKey(s.Clusters, func(r *Cluster) ComputeID { return r.ID })
	x.attached = byKey(s.Attached, func(r *Attached) ComputeID { return r.ID })
	x.deployments = byKey(s.Deployments, func(r *Deployment) DeploymentID { return r.ID })
	x.endpoints = byKey(s.Endpoints, func(r *Endpoint) EndpointID { return r.ID })
	x.jobs = byKey(s.Jobs, func(r *Job) JobID { return r.ID })
	x.jobsOn = make(map[ComputeID][]*Job)
	for _, j := range s.Jobs {
		if j.Compute != "" && j.Status.Active() {
			x.jobsOn[j.Compute] = append(x.jobsOn[j.Compute], j)
		}
	}
	x.behind = make(map[EndpointID][]*Deployment)
	for _, d := range s.Deployments {
		x.behind[d.Endpoint] = append(x.behind[d.Endpoint], d)
	}
}

func byKey[K comparable, R any](rows []R, key func(R) K) map[K]R {
	m := make(map[K]R, len(rows))
	for _, r := range rows {
		m[key(r)] = r
	}
	return m
}

// Instance is the compute instance with an identity, or nil.
func (s *Snapshot) Instance(id ComputeID) *Instance { return s.find().instances[id] }

// Cluster is the compute cluster with an identity, or nil.
func (s *Snapshot) Cluster(id ComputeID) *Cluster { return s.find().clusters[id] }

// AttachedCompute is the attached compute with an identity, or nil.
func (s *Snapshot) AttachedCompute(id ComputeID) *Attached { return s.find().attached[id] }

// Deployment is the deployment with an identity, or nil.
func (s *Snapshot) Deployment(id DeploymentID) *Deployment { return s.find().deployments[id] }

// Endpoint is the endpoint with an identity, or nil.
func (s *Snapshot) Endpoint(id EndpointID) *Endpoint { return s.find().endpoints[id] }

// Job is the job with an identity, or nil.
func (s *Snapshot) Job(id JobID) *Job { return s.find().jobs[id] }

// JobsOn are the listed jobs on a compute target that are not over. The slice
// is the snapshot's own.
func (s *Snapshot) JobsOn(id ComputeID) []*Job { return s.find().jobsOn[id] }

// Behind are the deployments behind an endpoint. The slice is the snapshot's own.
func (s *Snapshot) Behind(id EndpointID) []*Deployment { return s.find().behind[id] }

// Workspace is the workspace with an identity, or nil. Workspaces are few.
func (s *Snapshot) Workspace(id WorkspaceID) *Workspace {
	if s == nil {
		return nil
	}
	for _, w := range s.Workspaces {
		if w.ID == id {
			return w
		}
	}
	return nil
}

// SizeIn is what is known of a VM size, preferring its entry for a region.
func (s *Snapshot) SizeIn(name SizeName, location string) *Size {
	if s == nil {
		return nil
	}
	var elsewhere *Size
	for _, z := range s.Sizes {
		if Fold(string(z.Name)) != name.Key() {
			continue
		}
		if RegionKey(z.Location) == RegionKey(location) {
			return z
		}
		elsewhere = z
	}
	return elsewhere
}
