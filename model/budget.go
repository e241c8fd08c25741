package model

// BudgetKind names what an allowance of the service is counted in.
type BudgetKind string

// The kinds. ARM counts the first three for a principal and a subscription, or
// the tenant, in the region that answers; Azure Resource Graph and Cost
// Management count queries for a principal.
const (
	BudgetReads   BudgetKind = "reads"
	BudgetWrites  BudgetKind = "writes" // every POST is one, such as listing nodes
	BudgetDeletes BudgetKind = "deletes"
	BudgetGraph   BudgetKind = "graph queries"
	BudgetCost    BudgetKind = "cost units"
	BudgetRetail  BudgetKind = "price lists" // outside ARM; no limit is known
)

// Budget is what is left of one allowance of the service. What the service
// says of it is a hint: several counters answer, and they do not agree.
type Budget struct {
	Kind      BudgetKind
	Scope     string  // subscription; "" for the tenant or the principal
	Region    string  // of ARM, that answered last; "" not known
	Remaining int     // as last reported
	Global    int     // left of the subscription's over all regions; -1: not reported
	Limit     int     // size of the bucket; 0: not known
	PerSecond float64 // how fast it refills
	Sent      uint64  // requests counted against it so far by this program
}

// OfARM reports whether it is one of Azure Resource Manager's own allowances.
func (b Budget) OfARM() bool {
	return b.Kind == BudgetReads || b.Kind == BudgetWrites || b.Kind == BudgetDeletes
}

// Low reports whether a smaller share of b is left than of c. What is not
// known is not low.
func (b Budget) Low(c Budget) bool {
	switch {
	case b.Limit <= 0:
		return false
	case c.Limit <= 0:
		return true
	}
	return b.Remaining*c.Limit < c.Remaining*b.Limit
}
