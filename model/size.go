package model

import (
	"strings"
	"time"
)

// SizeName is a VM size as Azure names it, such as "Standard_NC24s_v3". Azure
// spells it in several casings: compare with [SizeName.Key].
type SizeName string

// Key is the form under which sizes are equal: lower case.
func (n SizeName) Key() string { return strings.ToLower(string(n)) }

// Short drops the "Standard_" in front, whatever its case.
func (n SizeName) Short() string {
	if len(n) > 9 && strings.EqualFold(string(n[:9]), "standard_") {
		return string(n[9:])
	}
	return string(n)
}

// Tier is the kind of capacity a price is for.
type Tier string

// The tiers, as the service spells them.
const (
	TierStandard    Tier = "Standard"
	TierLowPriority Tier = "LowPriority"
	TierSpot        Tier = "Spot"
)

// Restriction says who may use a series, per the reference table of compute
// targets (2021). Series that the table does not list have none recorded.
type Restriction string

// The restrictions of the reference table.
const (
	RestrictionUnknown  Restriction = "" // not in the table
	RestrictionNone     Restriction = "none"
	RestrictionApproval Restriction = "requires approval"
)

// Size is one VM size: what it is, where it may be used, what it costs an hour
// in one region. Prices there are Linux prices.
type Size struct {
	Name       SizeName
	Family     string // as the service spells it; casing and spaces vary
	Series     string
	VCPUs      int
	GPUs       int
	GPUModel   string
	MemoryMiB  int // 437.5 GiB sizes exist, so not whole GiB
	OSDiskMB   int
	ResourceMB int // local temporary disk

	Standard    Price
	LowPriority Price
	Spot        Price

	Restriction        Restriction
	Isolated           bool
	RDMA               bool
	PremiumIO          bool
	LowPriorityCapable bool
	ComputeTypes       []string  // AmlCompute, ComputeInstance, MIR (managed online), AmlSpark
	RetiredOn          time.Time // zero: no date announced
	Recorded           bool      // in the service's answer of 2025-11-04, not only in older tables
	Location           string    // region of the prices
}

// Price returns the price for a tier.
func (s *Size) Price(t Tier) Price { return *s.PriceAt(t) }

// PriceAt is where the price for a tier stands, for whoever builds a size.
func (s *Size) PriceAt(t Tier) *Price {
	switch t {
	case TierLowPriority:
		return &s.LowPriority
	case TierSpot:
		return &s.Spot
	default:
		return &s.Standard
	}
}

// MemoryGiB is the memory in GiB, possibly with a fraction.
func (s *Size) MemoryGiB() float64 { return float64(s.MemoryMiB) / 1024 }

// Supports reports whether the size can be used for a compute type.
func (s *Size) Supports(computeType string) bool {
	for _, t := range s.ComputeTypes {
		if strings.EqualFold(t, computeType) {
			return true
		}
	}
	return false
}

// Series is a VM series with what is known of its hardware and its future.
type Series struct {
	Name            string
	Category        string
	GPUArchitecture string
	CUDAMin         string
	Restriction     Restriction
	SupportedBy     []string
	RetiredOn       time.Time // zero: no date announced
	Retired         bool      // already gone, as opposed to announced
}
