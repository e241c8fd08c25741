package model

import "time"

// Target is what every compute target has: cluster, instance or attached.
type Target struct {
	Resource
	ID          ComputeID
	Workspace   WorkspaceID
	ComputeType string // the service's own word: AmlCompute, ComputeInstance, Kubernetes, …
	Description string
	Faults      []Fault // provisioning errors and errors of the compute itself
	Meter       Meter
	ActiveJobs  int       // jobs on this target that are not over, as last listed
	LastJobEnd  time.Time // when the last job known on this target ended; zero: none known
	JobsKnown   bool      // whether the workspace's jobs have been listed at all
}

// Priority is the capacity a cluster's nodes come from.
type Priority string

// The priorities, as the service spells them.
const (
	Dedicated   Priority = "Dedicated"
	LowPriority Priority = "LowPriority"
)

// Tier is the price tier of nodes of this priority.
func (p Priority) Tier() Tier {
	if p == LowPriority {
		return TierLowPriority
	}
	return TierStandard
}

// Allocation states of a cluster.
const (
	AllocationSteady   = "Steady"
	AllocationResizing = "Resizing"
)

// NodeCounts are a cluster's nodes by state.
type NodeCounts struct {
	Idle, Running, Preparing, Leaving, Unusable, Preempted int
}

// Billed is the number of nodes whose VM is allocated. Unusable nodes stay
// allocated until they are resized away; preempted ones are gone.
func (n NodeCounts) Billed() int {
	return n.Idle + n.Running + n.Preparing + n.Leaving + n.Unusable
}

// Scale is a cluster's scale settings. The three belong together: the service
// wants all of them in a change.
type Scale struct {
	Min, Max            int
	IdleBeforeScaleDown time.Duration // the service's default is 120 s
}

// Cluster is a compute cluster (AmlCompute).
type Cluster struct {
	Target
	VMSize          SizeName
	Priority        Priority
	OSType          string
	Scale           Scale
	AllocationState string // Steady, Resizing
	AllocationSince time.Time
	Current         int // nodes there are
	TargetNodes     int // nodes the running or the last resize aims at
	Nodes           NodeCounts
	IdleSince       time.Time // when every node above the minimum was first seen idle; zero: not so
	QueuedJobs      int
	Size            *Size // nil: unknown to service and catalog
	Price           Price // of one node
}

// LastOperation is what was last done to an instance, and by whom, in the
// service's own words.
type LastOperation struct {
	Name    string // Create, Start, Stop, Restart, Reimage, Delete
	Time    time.Time
	Status  string // InProgress, Succeeded, StopFailed, …
	Trigger string // User, Schedule, IdleShutdown
}

// Instance is a compute instance.
type Instance struct {
	Target
	VMSize       SizeName
	State        InstanceState
	Owner        string // assigned user, else creator
	IdleShutdown time.Duration
	Schedules    []InstanceSchedule
	Last         LastOperation
	RunningSince time.Time // start of the current run as far as known; zero if not billing
	Applications []Application
	SSH          string // "user@host:port" when public SSH is enabled
	CustomApps   int    // any custom application keeps the service from ever seeing the instance as idle
	Identity     bool   // has a managed identity: idle shutdown then needs it to be Contributor
	Size         *Size  // nil: unknown to service and catalog
	Price        Price
	Usage        Usage // by metrics, where there are any and they may be read
}

// Application is a web application an instance serves.
type Application struct{ Name, URL string }

// Attached is a compute that Azure ML uses but does not manage.
type Attached struct {
	Target
	ResourceID string // ARM id of what is attached
	Detail     string // node pool, agent size, address: what the kind has to say
	Nodes      int    // 0: unknown
	VMSize     SizeName
}

// Node is one VM of a cluster.
type Node struct {
	ID        NodeID
	Cluster   ComputeID
	State     string // idle, running, preparing, unusable, leaving, preempted: lower case on the wire
	PrivateIP string
	PublicIP  string
	Port      int
	RunID     string // job on the node; "" when idle
}
