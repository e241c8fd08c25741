package sim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Scenario is what a world starts from: a tenant, its people, and the state
// everything is in at the start. It is read from TOML; see scenarios/demo.toml
// for all there is to say in one. Names inside a scenario are names, not ids.
type Scenario struct {
	Name          string            `toml:"name"`
	Description   string            `toml:"description"`
	Start         time.Time         `toml:"start"`
	Tenant        string            `toml:"tenant"` // GUID
	People        []personDef       `toml:"people"`
	Subscriptions []subscriptionDef `toml:"subscriptions"`
	Fleet         *fleetDef         `toml:"fleet"` // generate a tenant of this size

	// CostByCompute makes cost rows name the compute. Whether Azure's do is
	// not known for sure: by default they name the workspace.
	CostByCompute bool `toml:"cost_by_compute"`
	// Faults are what goes wrong on the wire from the start, as the
	// emulator's flag has them.
	Faults []string `toml:"faults"`
}

type personDef struct {
	Name      string  `toml:"name"`
	FullName  string  `toml:"full_name"`
	UTCOffset float64 `toml:"utc_offset"` // hours
	From      float64 `toml:"from"`       // hour of the day; default 9
	To        float64 `toml:"to"`         // default 18
}

type subscriptionDef struct {
	ID         string         `toml:"id"`
	Name       string         `toml:"name"`
	Regions    []regionDef    `toml:"regions"`
	Workspaces []workspaceDef `toml:"workspaces"`
}

// regionDef is a region's quota. A family that is not named has default_family
// vCPUs if it has no GPU, and none if it has.
type regionDef struct {
	Name          string         `toml:"name"`
	Dedicated     int            `toml:"dedicated"`
	LowPriority   int            `toml:"low_priority"`
	Computes      int            `toml:"computes"`
	DefaultFamily int            `toml:"default_family"`
	Families      map[string]int `toml:"families"`
}

type workspaceDef struct {
	Name          string            `toml:"name"`
	ResourceGroup string            `toml:"resource_group"`
	Location      string            `toml:"location"`
	Kind          string            `toml:"kind"`
	FriendlyName  string            `toml:"friendly_name"`
	Description   string            `toml:"description"`
	Tags          map[string]string `toml:"tags"`
	Created       moment            `toml:"created"`
	CreatedBy     string            `toml:"created_by"` // person
	Forbidden     bool              `toml:"forbidden"`
	Clusters      []clusterDef      `toml:"clusters"`
	Instances     []instanceDef     `toml:"instances"`
	Attached      []attachedDef     `toml:"attached"`
	Online        []endpointDef     `toml:"online"`
	Batch         []endpointDef     `toml:"batch"`
	Jobs          []jobDef          `toml:"jobs"`
	Workloads     []workloadDef     `toml:"workloads"`
}

type clusterDef struct {
	Name        string            `toml:"name"`
	VMSize      string            `toml:"vm_size"`
	Location    string            `toml:"location"`
	Description string            `toml:"description"`
	Tags        map[string]string `toml:"tags"`
	Created     moment            `toml:"created"`
	LowPriority bool              `toml:"low_priority"`
	Min         int               `toml:"min"`
	Max         int               `toml:"max"`
	IdleTime    time.Duration     `toml:"idle_time"`
	Idle        int               `toml:"idle"`       // nodes idle at the start; the running ones follow from the jobs
	IdleSince   moment            `toml:"idle_since"` // of those
	Preparing   int               `toml:"preparing"`
	Unusable    int               `toml:"unusable"`
	Preempted   int               `toml:"preempted"`
	Eviction    time.Duration     `toml:"eviction"`   // mean life of a low-priority node
	Unreliable  float64           `toml:"unreliable"` // chance of a booting node to end unusable
	Locked      bool              `toml:"locked"`
}

type instanceDef struct {
	Name          string            `toml:"name"`
	VMSize        string            `toml:"vm_size"`
	Description   string            `toml:"description"`
	Tags          map[string]string `toml:"tags"`
	Owner         string            `toml:"owner"` // person
	NamelessOwner bool              `toml:"nameless_owner"`
	Created       moment            `toml:"created"`
	State         string            `toml:"state"` // default Stopped
	Since         moment            `toml:"since"` // of the last operation
	Trigger       string            `toml:"trigger"`
	Active        moment            `toml:"active"` // last activity; default since
	Busy          time.Duration     `toml:"busy"`   // somebody is in it for so long yet
	Sessions      bool              `toml:"sessions"`
	Forgets       float64           `toml:"forgets"`
	IdleShutdown  time.Duration     `toml:"idle_shutdown"`
	IdleBroken    bool              `toml:"idle_broken"`
	CustomApps    []string          `toml:"custom_apps"`
	Identity      bool              `toml:"identity"`
	SSH           bool              `toml:"ssh"`
	DiskFull      bool              `toml:"disk_full"`
	StartFails    bool              `toml:"start_fails"`
	Errors        []faultDef        `toml:"errors"`
	Schedules     []scheduleDef     `toml:"schedules"`
}

type faultDef struct {
	Code    string `toml:"code"`
	Message string `toml:"message"`
}

type scheduleDef struct {
	Action   string `toml:"action"`
	Cron     string `toml:"cron"`
	TimeZone string `toml:"time_zone"`
	Disabled bool   `toml:"disabled"`
}

type attachedDef struct {
	Name        string            `toml:"name"`
	ComputeType string            `toml:"compute_type"`
	Description string            `toml:"description"`
	Tags        map[string]string `toml:"tags"`
	ResourceID  string            `toml:"resource_id"`
	Location    string            `toml:"location"`
	Created     moment            `toml:"created"`
	State       string            `toml:"state"` // provisioning state; default Succeeded
	Inner       map[string]any    `toml:"inner"`
}

type jobDef struct {
	Display    string        `toml:"display"`
	Experiment string        `toml:"experiment"`
	Type       string        `toml:"type"`
	Target     string        `toml:"target"`     // cluster or instance
	Serverless string        `toml:"serverless"` // or an instance type
	Owner      string        `toml:"owner"`
	Status     string        `toml:"status"`
	Nodes      int           `toml:"nodes"`
	Created    moment        `toml:"created"`
	Started    moment        `toml:"started"`
	Ended      moment        `toml:"ended"`
	Left       time.Duration `toml:"left"` // a running job: how long it still runs; a queued one: its work
	Fails      bool          `toml:"fails"`
	Message    string        `toml:"message"`
}

type workloadDef struct {
	Display    string        `toml:"display"`
	Experiment string        `toml:"experiment"`
	Type       string        `toml:"type"`
	Targets    []string      `toml:"targets"`
	Serverless string        `toml:"serverless"`
	Owners     []string      `toml:"owners"`
	PerDay     float64       `toml:"per_day"` // of each owner
	Cron       string        `toml:"cron"`    // instead of per_day
	TimeZone   string        `toml:"time_zone"`
	Nodes      []int         `toml:"nodes"` // least and most
	Median     time.Duration `toml:"median"`
	Sigma      float64       `toml:"sigma"`
	Fails      float64       `toml:"fails"`
	History    int           `toml:"history"` // jobs before the start
}

type endpointDef struct {
	Name        string            `toml:"name"`
	AuthMode    string            `toml:"auth_mode"`
	Tags        map[string]string `toml:"tags"`
	State       string            `toml:"state"`
	Traffic     map[string]int    `toml:"traffic"`
	Default     string            `toml:"default"`
	Compute     string            `toml:"compute"` // name of an attached Kubernetes
	Created     moment            `toml:"created"`
	CreatedBy   string            `toml:"created_by"`
	Deployments []deploymentDef   `toml:"deployments"`
}

type deploymentDef struct {
	Name        string            `toml:"name"`
	VMSize      string            `toml:"vm_size"`
	Instances   int               `toml:"instances"`
	Model       string            `toml:"model"`       // "name:version"
	Environment string            `toml:"environment"` // "name:version"
	Code        string            `toml:"code"`
	Scoring     string            `toml:"scoring"`
	Cluster     string            `toml:"cluster"` // batch
	Tags        map[string]string `toml:"tags"`
	State       string            `toml:"state"`
	Failure     *faultDef         `toml:"failure"`
	Created     moment            `toml:"created"`
	CreatedBy   string            `toml:"created_by"`
}

type fleetDef struct {
	Workspaces          int      `toml:"workspaces"`
	TargetsPerWorkspace int      `toml:"targets_per_workspace"`
	Subscriptions       int      `toml:"subscriptions"`
	Regions             []string `toml:"regions"`
}

// moment is a time in a scenario: RFC 3339, or a span before or after the start
// such as "-3h20m" or "-12d".
type moment struct {
	set bool
	at  time.Time     // zero: relative
	off time.Duration // to the start
}

// UnmarshalText reads a moment.
func (m *moment) UnmarshalText(text []byte) error {
	s := string(text)
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		*m = moment{set: true, at: at.UTC()}
		return nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil {
			*m = moment{set: true, off: time.Duration(n) * 24 * time.Hour}
			return nil
		}
	}
	off, err := time.ParseDuration(s)
	if err != nil {
		return fmt.Errorf("%q is neither an RFC 3339 time nor a span such as -3h20m or -12d", s)
	}
	*m = moment{set: true, off: off}
	return nil
}

// in is the moment in a world that starts at start; fallback if it is not set.
func (m moment) in(start, fallback time.Time) time.Time {
	switch {
	case !m.set:
		return fallback
	case !m.at.IsZero():
		return m.at
	default:
		return start.Add(m.off)
	}
}
