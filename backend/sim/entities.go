package sim

import (
	"time"

	"github.com/amltop/amltop/model"
)

// The world's entities. The ARM face renders them; it reads them and never
// writes to them. Names are looked up without case. Times are virtual.

// Subscription is a subscription of the simulated tenant.
type Subscription struct {
	ID         string // GUID
	Name       string
	Tenant     string
	State      string // Enabled
	Workspaces []*Workspace
	Regions    map[string]*Region // by name

	deeds []*Deed // oldest first
}

// Region is a subscription's quota in one region.
type Region struct {
	Name     string
	Families map[string]*FamilyQuota // by lower-case family name
	// Limits of the region as a whole, in vCPUs and in computes.
	DedicatedLimit, LowPriorityLimit int
	ComputesLimit                    int

	used    usedCores
	blocked []*Cluster // waiting for cores, longest first
	waking  bool       // a retry of the blocked clusters is on its way
}

// FamilyQuota is the dedicated vCPU limit of one VM family.
type FamilyQuota struct {
	Family string // as the service spells it
	Limit  int
}

// Workspace is a simulated workspace.
type Workspace struct {
	Subscription  *Subscription
	ResourceGroup string
	Name          string
	Location      string
	Kind          string // Default, Hub, Project, FeatureStore
	FriendlyName  string
	Description   string
	Tags          map[string]string
	GUID          string
	CreatedAt     time.Time
	CreatedBy     string
	Forbidden     bool // the demo principal may see it but list nothing in it: 403
	Clusters      []*Cluster
	Instances     []*Instance
	Attached      []*Attached
	Jobs          []*Job // newest first
	Online        []*Endpoint
	Batch         []*Endpoint
	Environments  []*Environment // registered since the start

	id      string // ARM id
	shuffle stream // names of its jobs
}

// Base is what every compute has.
type Base struct {
	Workspace         *Workspace
	Name              string
	Location          string
	Description       string
	Tags              map[string]string
	CreatedAt         time.Time
	ModifiedAt        time.Time
	ProvisioningState string
	Faults            []Fault
	Filled            bool // false right after a PUT: the service answers null for most fields until it is done
	Gone              bool // deleted; kept out of lists

	op    *Operation // in flight, nil if started by the world itself or none
	timer timer      // of the transition in flight
	rng   stream
	meter *meter
	hw    hardware
	bound *Region // where its cores are counted
}

// Fault is an error inside a resource.
type Fault struct{ Code, Message string }

// Cluster is a simulated compute cluster.
type Cluster struct {
	Base
	VMSize          string
	LowPriority     bool
	Min, Max        int
	IdleTime        time.Duration
	AllocationState string
	AllocationSince time.Time
	Target          int
	Nodes           []*Node
	ScaleBlocked    bool // a lock on the resource group: stuck at resizing

	queue      []*Job // waiting for nodes, first come first served
	active     []*Job // on nodes
	drain      timer  // when the first idle node has been idle for long enough
	starved    bool   // wants to grow and has no quota
	eviction   time.Duration
	unreliable float64 // chance of a booting node to end unusable
	serial     int     // nodes ever made
	past       []counted
}

// Node is a VM of a cluster.
type Node struct {
	ID        string
	State     string // idle, running, preparing, unusable, leaving, preempted
	Since     time.Time
	Job       *Job
	Port      int
	PrivateIP string
	PublicIP  string

	timer timer
}

// Instance is a simulated compute instance.
type Instance struct {
	Base
	VMSize        string
	State         string // one of the 15
	OwnerName     string
	OwnerID       string
	NamelessOwner bool          // the service answers without userName
	IdleShutdown  time.Duration // 0: no rule
	IdleBroken    bool          // the rule is set and never fires
	CustomApps    []string
	Identity      bool
	SSH           bool
	DiskFull      bool // stop is refused
	Schedules     []Schedule
	Last          LastOperation
	LastActivity  time.Time // of the person in it, which the service does not report
	Errors        []Fault

	jobs       []*Job // queued and active, in order of arrival
	idle       timer
	plans      int       // grows with every change of the schedules
	busyUntil  time.Time // somebody works in it
	forgets    float64   // chance that its person leaves it running
	startFails bool
	person     *person
	goneAt     time.Time
}

// LastOperation is an instance's last operation, in the service's words.
type LastOperation struct {
	Name, Status, Trigger string
	Time                  time.Time
}

// Schedule is a start or stop schedule of an instance.
type Schedule = model.InstanceSchedule

// Attached is a compute attached from elsewhere.
type Attached struct {
	Base
	ComputeType string
	ResourceID  string
	Inner       map[string]any // inner properties, as the wire has them
}

// Job is a simulated job.
type Job struct {
	Workspace   *Workspace
	Name        string
	DisplayName string
	Experiment  string
	Type        string // Command, Pipeline, Sweep, AutoML
	Status      string
	Cluster     *Cluster  // nil unless on a cluster
	Instance    *Instance // nil unless on an instance
	Serverless  string    // instance type of a serverless job
	Nodes       int
	Owner       string
	CreatedAt   time.Time
	StartedAt   time.Time
	EndedAt     time.Time
	Work        time.Duration // how long it runs once it has its nodes
	Fails       bool
	Message     string // why it waits or failed

	timer timer
	rng   stream
	nodes []*Node
}

// Endpoint is an online or batch endpoint.
type Endpoint struct {
	Workspace         *Workspace
	Batch             bool
	Name              string
	Location          string
	Tags              map[string]string
	AuthMode          string
	ProvisioningState string
	Traffic           map[string]int
	Default           string // batch: default deployment
	Compute           string // Kubernetes compute's ARM id; "" for managed
	CreatedAt         time.Time
	ModifiedAt        time.Time
	CreatedBy         string
	Deployments       []*Deployment
	Operation         *Operation // running or last
	KeyTurns          [2]int     // how often the primary and the secondary key were made anew
	Gone              bool

	timer timer
	rng   stream
}

// Deployment is a deployment behind an endpoint.
type Deployment struct {
	Endpoint          *Endpoint
	Name              string
	Kind              string // Managed, Kubernetes, or "" for batch
	VMSize            string
	Instances         int
	Model             string
	Environment       string
	CodeID            string
	Scoring           string
	Cluster           string // batch: ARM id of the cluster
	ProvisioningState string
	Faults            []Fault
	Tags              map[string]string
	CreatedAt         time.Time
	ModifiedAt        time.Time
	CreatedBy         string
	Logs              []string
	Operation         *Operation // running or last
	Gone              bool

	timer    timer
	requests timer // the next lines of its log
	rng      stream
	meter    *meter
	hw       hardware
	bound    *Region
	reserved int // vCPUs
}

// Operation is a long-running operation.
type Operation struct {
	ID      string
	Sub     *Subscription
	Region  string
	Status  string // InProgress, Succeeded, Failed, Canceled
	Started time.Time
	Ended   time.Time
	Error   *Denial // why it failed
}

// Denial is the world's "no": what the ARM face turns into an error answer.
type Denial struct {
	Status  int // HTTP status
	Code    string
	Message string
}

func (d *Denial) Error() string { return d.Code + ": " + d.Message }
