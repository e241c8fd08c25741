package model

import (
	"sort"
	"time"
)

// Carrier says how the program reaches its Azure.
type Carrier string

// The carriers.
const (
	CarrierSim      Carrier = "sim"      // the simulator in this process
	CarrierEmulator Carrier = "emulator" // an ARM endpoint on loopback
	CarrierAzure    Carrier = "azure"
)

// Origin says where everything on the screen comes from. The screen always
// shows it.
type Origin struct {
	Carrier  Carrier
	Host     string // endpoint host for an emulator or a cloud
	Tenant   string
	Account  string // who is signed in, as the token says; "" if not known
	Cloud    string
	Scenario string
	Portal   string // base URL of the cloud's portal
	Studio   string // base URL of the cloud's Azure ML studio; "" if not known
	Note     string // why it is this one, in a few words; "" if it was asked for
	Why      string // the same in a sentence
}

// SectionKey names a section of the snapshot.
type SectionKey string

// The sections.
const (
	SectionSubscriptions SectionKey = "subscriptions"
	SectionWorkspaces    SectionKey = "workspaces"
	SectionComputes      SectionKey = "computes" // clusters, instances and attached come from one list
	SectionEndpoints     SectionKey = "endpoints"
	SectionJobs          SectionKey = "jobs"
	SectionSizes         SectionKey = "sizes"
	SectionQuotas        SectionKey = "quota"
	SectionNodes         SectionKey = "nodes" // one part for each cluster somebody looked into
	// SectionDiscovery has a part for each of the queries of Azure Resource
	// Graph. It has no rows of its own: its answers stand in for those of
	// workspaces and endpoints. That it fails takes nothing away.
	SectionDiscovery SectionKey = "discovery"
	// SectionPrices has a part for each region whose retail prices were asked
	// for. It has no rows: its prices are joined to sizes and targets, and the
	// built-in table stands in where it fails.
	SectionPrices SectionKey = "prices"
	// SectionActuals has a part for each subscription whose bill was asked for.
	// That it fails, as it does for whoever may not read costs, takes nothing
	// away: the estimates stay.
	SectionActuals SectionKey = "actuals"
)

// Part is one list call's share of a section: the computes of one workspace,
// the quota of one region. A part that fails keeps its last good rows.
type Part struct {
	Scope    string    // workspace id, subscription id, or subscription id and region
	Name     string    // for people
	AsOf     time.Time // when the last good answer came; zero: never yet
	Err      error     // why the newest attempt failed; nil if it did not
	FailedAt time.Time // when the failing began
	RetryAt  time.Time // when it will be tried again
	Polling  bool      // a call is in flight
}

// Parts are the parts of a section by scope.
type Parts map[string]*Part

// AsOf is the age of the oldest part that ever answered; zero if none did.
func (p Parts) AsOf() time.Time {
	var oldest time.Time
	for _, part := range p {
		if !part.AsOf.IsZero() && (oldest.IsZero() || part.AsOf.Before(oldest)) {
			oldest = part.AsOf
		}
	}
	return oldest
}

// Loaded is how many parts have ever answered.
func (p Parts) Loaded() int {
	n := 0
	for _, part := range p {
		if !part.AsOf.IsZero() {
			n++
		}
	}
	return n
}

// Failing are the parts whose newest attempt failed, by name.
func (p Parts) Failing() []*Part {
	var failing []*Part
	for _, part := range p {
		if part.Err != nil {
			failing = append(failing, part)
		}
	}
	sort.Slice(failing, func(i, j int) bool {
		return failing[i].Name+failing[i].Scope < failing[j].Name+failing[j].Scope
	})
	return failing
}

// Snapshot is everything known at one moment. It is built once and never
// written again: slices, maps and rows are read-only for everyone. A row that
// did not change is the same pointer as in the snapshot before; a list in which
// nothing changed is the same slice.
type Snapshot struct {
	Seq    uint64
	Clock  Clock
	Origin Origin

	Subscriptions []*Subscription
	Workspaces    []*Workspace
	Clusters      []*Cluster
	Instances     []*Instance
	Attached      []*Attached
	Nodes         map[ComputeID][]Node // of clusters somebody looked into
	Jobs          []*Job
	Endpoints     []*Endpoint
	Deployments   []*Deployment
	Sizes         []*Size
	Quotas        []*Quota
	Actuals       []*Actual // what Azure billed this month, by subscription; see [Snapshot.BilledWorkspace]

	Parts      map[SectionKey]Parts
	Operations []*Operation // newest first
	Held       []*Held      // what amltop itself will do, soonest first
	Changes    []Change     // newest first: what happened since the program started
	Budget     Budget       // the tightest of Budgets
	Budgets    []Budget     // what is left of each allowance of the service, by kind and scope
	Notes      []string     // what the user should know of how the session was set up
	ReadOnly   bool

	byTarget map[string]*Operation
	names    map[WorkspaceID]string
	index    *index
}

// Seal builds the indexes. Whoever builds a snapshot calls it once, last.
func (s *Snapshot) Seal() *Snapshot {
	s.index = &index{}
	s.byTarget = make(map[string]*Operation, len(s.Operations))
	for i := len(s.Operations) - 1; i >= 0; i-- { // oldest first, so that the newest stays
		s.byTarget[s.Operations[i].Command.Target] = s.Operations[i]
	}
	s.names = make(map[WorkspaceID]string, len(s.Workspaces))
	for _, w := range s.Workspaces {
		s.names[w.ID] = w.Name
	}
	return s
}

// Operation is the newest operation on a target, or nil.
func (s *Snapshot) Operation(target string) *Operation {
	if s == nil {
		return nil
	}
	return s.byTarget[target]
}

// WorkspaceName is the name of a workspace, also of one not listed.
func (s *Snapshot) WorkspaceName(id WorkspaceID) string {
	if s != nil {
		if name, ok := s.names[id]; ok {
			return name
		}
	}
	return BaseName(string(id))
}

// Part is the part of a section for a scope, or nil.
func (s *Snapshot) Part(key SectionKey, scope string) *Part {
	if s == nil {
		return nil
	}
	return s.Parts[key][scope]
}

// Change is something that happened to a target, as seen between two polls.
type Change struct {
	At     time.Time
	Kind   string // "instance", "cluster", "deployment", "job", "workspace"
	Target string // identity
	Name   string
	Where  string // workspace name
	Text   string // "Running → Stopping", "4 → 0 nodes", "appeared", "gone"
	Health Health
}
