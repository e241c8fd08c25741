package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Fit is how a VM size compares with another.
type Fit string

// The fits.
const (
	FitSame  Fit = "same"  // as many cores and GPUs, as much memory or more
	FitMore  Fit = "more"  // at least as much of everything, more of something
	FitLess  Fit = "less"  // less of something
	FitOther Fit = "other" // what it is now is not known
)

// fitOf compares a size with what there is now; nil is not known.
func fitOf(z, now *Size) Fit {
	switch {
	case now == nil:
		return FitOther
	case z.VCPUs < now.VCPUs || z.GPUs < now.GPUs || z.MemoryMiB < now.MemoryMiB:
		return FitLess
	case z.VCPUs == now.VCPUs && z.GPUs == now.GPUs:
		return FitSame
	default:
		return FitMore
	}
}

// Hours are for how long the VMs of a target were billed this month, and what
// that comes to in a whole month at the same pace.
type Hours struct {
	Billed  time.Duration // of all its VMs together
	Since   time.Time     // observed from here on, this month
	Until   time.Time
	Monthly time.Duration // extrapolated; 0 where nothing was billed
}

// String says which hours are meant.
func (h Hours) String() string {
	if h.Billed == 0 {
		return "no hours billed this month"
	}
	return fmt.Sprintf("%.1f VM hours billed since %s, %.0f a month at that pace", h.Billed.Hours(), h.Since.Format("2 Jan 15:04"), h.Monthly.Hours())
}

// hoursOf reads a meter: from when on it tells of VMs, without the time that
// nobody watched. Where nobody noted that, it is from the first VM on.
func hoursOf(m Meter, now time.Time, zone *time.Location) Hours {
	month := StartOfMonth(now, zone)
	first, watched := now, now
	var billed, unseen uint64
	for i := range m {
		for k := range m[i].Spans {
			s := &m[i].Spans[k]
			n := s.billed(now) - s.billed(month)
			switch {
			case n == 0:
			case m[i].Kind == ChargeUnobserved:
				unseen += n
				watched = earlier(watched, s.From)
			case m[i].Kind == ChargeCompute:
				billed += n
				first = earlier(first, s.From)
			}
		}
	}
	h := Hours{Since: first, Until: now, Billed: time.Duration(billed) * time.Microsecond}
	if unseen > 0 {
		h.Since = earlier(first, watched)
	}
	if h.Since.Before(month) {
		h.Since = month
	}
	missed := time.Duration(unseen) * time.Microsecond
	if seen := now.Sub(h.Since) - missed; seen > 0 {
		h.Monthly = time.Duration(float64(h.Billed) / float64(seen) * float64(Monthly.Next(now, zone).Sub(month)))
	}
	if unseen > 0 && first.After(h.Since) {
		h.Since = first
	}
	return h
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// WhatIf is what a target would cost with other VM sizes of its region.
type WhatIf struct {
	Kind, ID, Name string
	Workspace      WorkspaceID
	Location       string
	ComputeType    string // what a size has to support, in the service's word
	VMSize         SizeName
	Now            *Size // nil: not known
	Price          Price // of a VM now
	Tier           Tier
	Hours          Hours
	How            string // what changing the size means
	Sizes          []SizeOption
}

// SizeOption is a VM size a target could have instead.
type SizeOption struct {
	Size        *Size
	Fit         Fit
	Price       Price // in the target's tier
	Difference  Money // a month at the observed hours; negative saves
	Known       bool  // whether the difference is: both prices are known, in one currency, and hours were billed
	Hourly      Money // a VM an hour; negative saves
	HourlyKnown bool
	Low         Price // low priority, of sizes a cluster can have so
	Quota       int64 // vCPUs left, see [Snapshot.Tightest]
	QuotaKnown  bool
	Limited     bool // whether there is a limit at all
	Retired     bool // nobody gets it any more
}

// WhatIfOf compares the sizes of a target's region. row is an instance, a
// cluster or a managed deployment; what else there is has no size of its own.
func WhatIfOf(s *Snapshot, row any, now time.Time, zone *time.Location) (*WhatIf, error) {
	w := &WhatIf{Tier: TierStandard}
	var meter Meter
	switch r := row.(type) {
	case *Instance:
		w.of("instance", string(r.ID), r.Name, r.Workspace, r.Location, r.VMSize, r.Size, r.Price)
		meter, w.ComputeType = r.Meter, "ComputeInstance"
		w.How = "a compute instance keeps its size: create one with the other, move what is on its disk, delete this one"
	case *Cluster:
		w.of("cluster", string(r.ID), r.Name, r.Workspace, r.Location, r.VMSize, r.Size, r.Price)
		meter, w.ComputeType, w.Tier = r.Meter, "AmlCompute", r.Priority.Tier()
		w.How = "a compute cluster keeps its size and priority: create one with the other, point jobs at it, delete this one"
	case *Deployment:
		w.of("deployment", string(r.ID), r.EndpointName+"/"+r.Name, r.Workspace, r.Location, r.VMSize, r.Size, r.Price)
		meter, w.ComputeType = r.Meter, "MIR"
		w.How = "redeploy: a second deployment with the other size, then move the traffic and delete this one"
		if err := HasSize(r); err != nil {
			return nil, err
		}
	default:
		return nil, &Refusal{Class: ErrWrongKind, Message: "there is no VM size to change here", Next: "choose an instance, a cluster or a managed online deployment"}
	}
	w.Hours = hoursOf(meter, now, zone)
	for _, z := range s.Sizes {
		if RegionKey(z.Location) == RegionKey(w.Location) && z.Supports(w.ComputeType) && z.Name.Key() != w.VMSize.Key() && (w.Tier != TierLowPriority || z.LowPriorityCapable) {
			w.Sizes = append(w.Sizes, w.option(s, z, now))
		}
	}
	slices.SortFunc(w.Sizes, SizeOption.compare)
	return w, nil
}

func (w *WhatIf) of(kind, id, name string, ws WorkspaceID, location string, vm SizeName, size *Size, price Price) {
	w.Kind, w.ID, w.Name, w.Workspace, w.Location, w.VMSize, w.Now, w.Price = kind, id, name, ws, location, vm, size, price
}

// HasSize says why a deployment has no VM size of its own, or nil.
func HasSize(d *Deployment) error {
	if d.Kind == TargetManaged {
		return nil
	}
	return &Refusal{Class: ErrWrongKind, Message: d.Name + " has no VM size of its own", Next: "look at the compute behind it"}
}

// option is one size beside what there is now.
func (w *WhatIf) option(s *Snapshot, z *Size, now time.Time) SizeOption {
	o := SizeOption{Retired: !z.RetiredOn.IsZero() && !z.RetiredOn.After(now), Size: z, Fit: fitOf(z, w.Now), Price: z.Price(w.Tier)}
	if w.Kind == "cluster" && z.LowPriorityCapable {
		o.Low = z.LowPriority
	}
	if o.Price.Known() && w.Price.Known() && o.Price.CurrencyCode() == w.Price.CurrencyCode() {
		o.HourlyKnown, o.Hourly = true, o.Price.PerHour-w.Price.PerHour
		o.Known = w.Hours.Monthly > 0
		o.Difference = o.Price.PerHour.For(w.Hours.Monthly) - w.Price.PerHour.For(w.Hours.Monthly)
	}
	var q *Quota
	q, o.Quota, o.QuotaKnown = s.Tightest(z, w.Workspace, w.Location, w.Tier == TierLowPriority)
	o.Limited = q != nil
	return o
}

// compare puts what saves most first, and last what cannot be compared or had.
func (o SizeOption) compare(p SizeOption) int {
	known := func(x SizeOption) int {
		if x.HourlyKnown && !x.Retired {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(known(o), known(p)), cmp.Compare(o.Difference, p.Difference), cmp.Compare(o.Hourly, p.Hourly), cmp.Compare(o.Size.Name, p.Size.Name))
}

// Fitting are the sizes of a fit; FitMore takes those that are the same as well,
// "" all.
func (w *WhatIf) Fitting(f Fit) []SizeOption {
	var list []SizeOption
	for _, o := range w.Sizes {
		if f == "" || o.Fit == f || f == FitMore && o.Fit == FitSame {
			list = append(list, o)
		}
	}
	return list
}

// Monthly is the difference a month in words; an hour where no hours are known.
func (o SizeOption) Monthly() string {
	signed := func(m Money, unit string) string {
		if m < 0 {
			return "saves " + (-m).In(o.Price.Currency) + unit
		}
		return "+" + m.In(o.Price.Currency) + unit
	}
	switch {
	case o.Known:
		return signed(o.Difference, "/month")
	case o.HourlyKnown:
		return signed(o.Hourly, "/h")
	default:
		return "difference unknown"
	}
}

// QuotaText is what is left of the quota.
func (o SizeOption) QuotaText() string {
	switch {
	case !o.QuotaKnown:
		return "quota ?"
	case !o.Limited:
		return "no limit"
	case o.Quota < int64(o.Size.VCPUs):
		return fmt.Sprintf("quota %d: too little", max(0, o.Quota))
	default:
		return fmt.Sprintf("quota %d", o.Quota)
	}
}

// Text is everything that decides for or against the size.
func (o SizeOption) Text() string {
	z := o.Size
	text := fmt.Sprintf("%-5s %3d vCPU %6.6g GiB  %11s  %-20s  %-12s", o.Fit, z.VCPUs, z.MemoryGiB(), o.Price.Rate(), o.Monthly(), o.QuotaText())
	if o.Low.Known() {
		text += "  low priority " + o.Low.Rate()
	}
	if gpu := z.GPUText(); gpu != "" {
		text += "  " + gpu
	}
	if z.Restriction == RestrictionApproval {
		text += "  " + string(z.Restriction)
	}
	if when := o.Retires(); when != "" {
		text += "  " + when
	}
	return text
}

// Retires is when the size goes, in words; "" if that is not announced.
func (o SizeOption) Retires() string {
	switch {
	case o.Size.RetiredOn.IsZero():
		return ""
	case o.Retired:
		return "retired " + o.Size.RetiredOn.Format(time.DateOnly)
	default:
		return "retires " + o.Size.RetiredOn.Format(time.DateOnly)
	}
}
