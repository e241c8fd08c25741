package model

import "time"

// CostBy is what costs are added up by.
type CostBy string

// What costs can be added up by.
const (
	CostByAll          CostBy = "all"
	CostBySubscription CostBy = "subscription"
	CostByWorkspace    CostBy = "workspace" // keys are ARM ids in lower case
	CostByOwner        CostBy = "owner"
	CostBySize         CostBy = "size" // keys are "Standard_NC24s_v3" or "Standard_NC24s_v3 LowPriority"
	CostByKind         CostBy = "kind" // instance, cluster, deployment
	CostByTarget       CostBy = "target"
)

// CostKey is one bar's worth of the costs: those of an owner, of a workspace.
type CostKey struct {
	By  CostBy
	Key string // see [CostBy]
}

// CostQuestion is what is asked of history: what it cost, when, and by whom.
type CostQuestion struct {
	By     CostBy
	Period Period    // of a bar. Hours are kept for some days only
	Window Window    // whole periods that touch it are answered, in the cloud's time
	Only   []CostKey // only what is under all of these; empty: everything
	Top    int       // how many of the dearest are named in each period; 0: all
}

// CostBar is what one key cost in one period.
type CostBar struct {
	Start    time.Time // of the period
	Key      string    // see [CostBy]
	Name     string    // for people; of targets and workspaces, else "" or the key
	Currency string    // ISO 4217
	Spend
}

// CostAnswer is what history knows. No bars and no Since is no history at all.
type CostAnswer struct {
	Bars  []CostBar // in the order of time and cost, the dearest first
	Since time.Time // since when there is history; zero: there is none
}
