package model

import (
	"slices"
	"time"
)

// Window is a stretch of time, half-open: [From, To).
type Window struct{ From, To time.Time }

// Millis is how long the window is, in the milliseconds that history counts
// in. Both ends are cut to milliseconds first, so that pieces add up to the whole.
func (w Window) Millis() int64 { return max(0, w.To.UnixMilli()-w.From.UnixMilli()) }

// Empty reports whether nothing lies in the window.
func (w Window) Empty() bool { return !w.To.After(w.From) }

// And is the part of the window that lies in another; possibly empty.
func (w Window) And(v Window) Window {
	if v.From.After(w.From) {
		w.From = v.From
	}
	if v.To.Before(w.To) {
		w.To = v.To
	}
	return w
}

// Without is what is left of the window outside others, in order.
func (w Window) Without(others []Window) []Window {
	var left []Window
	at := w.From
	for _, o := range Union(others) {
		o = o.And(w)
		if o.Empty() {
			continue
		}
		if o.From.After(at) {
			left = append(left, Window{at, o.From})
		}
		at = o.To
	}
	if at.Before(w.To) {
		left = append(left, Window{at, w.To})
	}
	return left
}

// Union is the windows in order, with those that touch or overlap made one.
// The argument is not modified.
func Union(windows []Window) []Window {
	sorted := slices.Clone(windows)
	slices.SortFunc(sorted, func(a, b Window) int { return a.From.Compare(b.From) })
	var union []Window
	for _, w := range sorted {
		last := len(union) - 1
		switch {
		case w.Empty():
		case last >= 0 && !w.From.After(union[last].To):
			if w.To.After(union[last].To) {
				union[last].To = w.To
			}
		default:
			union = append(union, w)
		}
	}
	return union
}

// Billing is what a target is billed for while nothing changes. It is
// comparable: two observations with equal Billing are one state interval.
type Billing struct {
	State    string // the service's word
	Units    int    // VMs that bill: 1 for an instance that runs, a cluster's nodes, a deployment's instances
	Idle     int    // those of them that stand idle
	Unsure   bool   // the service does not say whether it bills
	VMSize   SizeName
	Tier     Tier
	Location string
	Owner    string
	Price    Price // of one unit
	Standing Price // what goes on billing while the target exists: disk, load balancer, public IP
}

// Interval is a stretch of time in which a target was in one state.
type Interval struct {
	Window
	Billing
}

// Sift tells what may be billed from what may not. life are the intervals
// between observations, seen is when the target was being watched, and fills
// are intervals that other evidence vouches for where nobody watched. What was
// seen wins over fills; of fills that overlap, the earlier one does. Gaps are
// the stretches of life that neither covers.
func Sift(life []Interval, seen []Window, fills []Interval) (billed []Interval, gaps []Window) {
	seen = Union(seen)
	for _, i := range life {
		for _, w := range seen {
			if w = w.And(i.Window); !w.Empty() {
				billed = append(billed, Interval{w, i.Billing})
			}
		}
	}
	covered := slices.Clone(seen)
	fills = slices.Clone(fills)
	slices.SortStableFunc(fills, func(a, b Interval) int { return a.From.Compare(b.From) })
	for _, f := range fills {
		for _, w := range f.Without(covered) {
			billed = append(billed, Interval{w, f.Billing})
			covered = append(covered, w)
		}
	}
	for _, i := range life {
		gaps = append(gaps, i.Without(covered)...)
	}
	return billed, Union(gaps)
}
