package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
)

// managedOnline is the compute type of sizes that can carry managed online
// deployments, in the service's word.
const managedOnline = "MIR"

// sizeAsk is what a list of VM sizes is for.
type sizeAsk struct {
	ws       model.WorkspaceID
	location string
	kind     string // compute type
	low      bool   // low priority: prices and quota are others
}

// sizeMenu lists VM sizes, and keeps the last list: it is asked for with every
// key, and compares each size with each quota.
type sizeMenu struct {
	s    *model.Snapshot
	last sizeAsk
	list []dialog.Option
}

// of are the VM sizes of a region that a kind of target can have, cheapest
// first, those without a price last.
func (m *sizeMenu) of(ask sizeAsk) []dialog.Option {
	if m.list != nil && m.last == ask {
		return m.list
	}
	tier := model.TierStandard
	if ask.low {
		tier = model.TierLowPriority
	}
	var sizes []*model.Size
	for _, z := range m.s.Sizes {
		if model.RegionKey(z.Location) == model.RegionKey(ask.location) && z.Supports(ask.kind) && (!ask.low || z.LowPriorityCapable) {
			sizes = append(sizes, z)
		}
	}
	slices.SortStableFunc(sizes, func(a, b *model.Size) int {
		return cmp.Or(a.Price(tier).Compare(b.Price(tier)), cmp.Compare(a.Name, b.Name))
	})
	list := make([]dialog.Option, len(sizes))
	for i, z := range sizes {
		list[i] = dialog.Option{Value: string(z.Name), Label: z.Name.Short(), Note: m.note(z, ask, z.Price(tier))}
	}
	m.last, m.list = ask, list
	return list
}

// note is what decides for or against a size: "4 vCPU  16 GiB  $0.53/h  1×T4".
func (m *sizeMenu) note(z *model.Size, ask sizeAsk, price model.Price) string {
	parts := []string{fmt.Sprintf("%3d vCPU", z.VCPUs), fmt.Sprintf("%6.6g GiB", z.MemoryGiB()), fmt.Sprintf("%13s", price.Rate())}
	q, left, known := m.s.Tightest(z, ask.ws, ask.location, ask.low)
	if q != nil {
		parts = append(parts, fmt.Sprintf("quota %4d", max(0, left)))
	} else if !known {
		parts = append(parts, "quota    ?")
	}
	if gpu := z.GPUText(); gpu != "" {
		parts = append(parts, gpu)
	}
	if q != nil && left < int64(z.VCPUs) {
		parts = append(parts, "too little quota")
	}
	if z.Restriction == model.RestrictionApproval {
		parts = append(parts, string(z.Restriction))
	}
	if !z.RetiredOn.IsZero() {
		parts = append(parts, "retires "+z.RetiredOn.Format("2006-01-02"))
	}
	return strings.Join(parts, "  ")
}
