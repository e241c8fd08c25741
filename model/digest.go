package model

import "time"

// Digest is what targets there were at a moment, and what they were doing, as
// far as anybody watched: what two visits are compared by.
type Digest struct {
	At      time.Time
	Known   map[DigestPart]bool     // what had been listed by then; of the rest nothing is known
	Targets map[string]DigestTarget // by ARM id in lower case
}

// DigestPart is what one list call covers: a section of a workspace.
type DigestPart struct {
	Section   SectionKey
	Workspace WorkspaceID
}

// DigestTarget is a target at a moment.
type DigestTarget struct {
	Kind  string // instance, cluster, deployment
	Name  string // of a deployment, endpoint/deployment
	Part  DigestPart
	State string // the service's word
	Units int    // VMs that bill
	Size  SizeName
	Owner string // "" not known
}

// Bad reports whether the target had failed by its state. What else may be
// wrong with it, such as a cluster's faults, no state tells.
func (t DigestTarget) Bad() bool {
	switch t.Kind {
	case "instance":
		return InstanceState(t.State).Info().Health == HealthBad
	case "deployment":
		return ProvisioningHealth(t.State) == HealthBad
	default:
		return false
	}
}

// DigestOf boils a snapshot down. Deployments that do not bill for themselves
// are left out, as they are from history.
func DigestOf(s *Snapshot) Digest {
	d := Digest{At: s.Clock.Time, Known: map[DigestPart]bool{}, Targets: make(map[string]DigestTarget, len(s.Instances)+len(s.Clusters)+len(s.Deployments))}
	for _, section := range []SectionKey{SectionComputes, SectionEndpoints} {
		for scope, p := range s.Parts[section] {
			if !p.AsOf.IsZero() {
				d.Known[DigestPart{section, WorkspaceID(scope)}] = true
			}
		}
	}
	for p := range s.Spenders() {
		t := DigestTarget{Kind: p.Kind, Name: p.Name, Part: DigestPart{SectionComputes, p.WorkspaceID}, Size: p.Size, Owner: p.Owner, Units: p.Meter.VMs(d.At)}
		switch p.Kind {
		case "instance":
			t.State = string(s.Instance(ComputeID(p.ID)).State)
		case "cluster":
			t.State = s.Cluster(ComputeID(p.ID)).AllocationState
		default:
			x := s.Deployment(DeploymentID(p.ID))
			if x.Kind != TargetManaged {
				continue
			}
			t.State, t.Part.Section = x.ProvisioningState, SectionEndpoints
		}
		d.Targets[p.ID] = t
	}
	return d
}

// VMs is how many VMs bill at a moment.
func (m Meter) VMs(at time.Time) int {
	n := 0
	for i := range m {
		if m[i].Kind == ChargeCompute {
			n += m[i].UnitsAt(at)
		}
	}
	return n
}

// Settled reports whether everything that lists targets has answered or
// failed at least once: what is missing then is not on its way.
func (s *Snapshot) Settled() bool {
	n := 0
	for _, section := range []SectionKey{SectionWorkspaces, SectionComputes, SectionEndpoints} {
		for _, p := range s.Parts[section] {
			if p.AsOf.IsZero() && p.Err == nil {
				return false
			}
			n++
		}
	}
	return n > 0
}
