package history

import (
	"time"

	"github.com/amltop/amltop/model"
)

// By is what costs are added up by.
type By string

// What costs can be added up by.
const (
	ByAll          By = "all"
	BySubscription By = "subscription"
	ByWorkspace    By = "workspace" // keys are ARM ids in lower case
	ByOwner        By = "owner"
	BySize         By = "size" // keys are "Standard_NC24s_v3" or "Standard_NC24s_v3 LowPriority"
	ByKind         By = "kind" // instance, cluster, deployment
	ByTarget       By = "target"
)

// lineKey names a line of a tally.
type lineKey struct {
	by       By
	word     string // what it is added up by
	target   int64  // for ByTarget
	currency string
}

// line is what one key costs, in each bucket.
type line []model.Spend

// bucket is a piece of a window, in milliseconds, with the period it is of.
type bucket struct{ from, to, start int64 }

// tally adds up what many targets cost in several buckets that follow upon
// each other. Lines are found once for all that are alike: a sum over a
// hundred thousand targets has no time to look up names.
type tally struct {
	by      []By
	buckets []bucket
	lines   map[lineKey]line
	near    map[nearKey]line
	parts   map[int64]partInfo
}

type partInfo struct{ workspace, subscription string }

// nearKey is a line as an item has it, without texts.
type nearKey struct {
	by    By
	id    int64 // the shape's or the part's
	kind  string
	alike string // the currency
}

func newTally(w model.Window, period model.Period, zone *time.Location, by ...By) *tally {
	y := &tally{by: by, lines: map[lineKey]line{}, near: map[nearKey]line{}, parts: map[int64]partInfo{}}
	for _, p := range model.Cut(w, period, zone) {
		y.buckets = append(y.buckets, bucket{p.From.UnixMilli(), p.To.UnixMilli(), period.Start(p.From, zone).UnixMilli()})
	}
	return y
}

// item is one target's billing, as far as sums tell them apart.
type item struct {
	part, target, shape int64
	kind                string
	billing             *model.Billing
	lines               []line // of the tally, by its by
}

// sizeKey is the key of a billing by size.
func sizeKey(b *model.Billing) string {
	if b.Tier != model.TierStandard && b.Tier != "" {
		return string(b.VMSize) + " " + string(b.Tier)
	}
	return string(b.VMSize)
}

// find finds the lines that an item is counted in.
func (y *tally) find(i *item) {
	i.lines = i.lines[:0]
	currency := i.billing.Currency()
	for _, by := range y.by {
		near := nearKey{by: by, alike: currency}
		switch by {
		case ByTarget:
			near.id = i.target
		case ByOwner, BySize:
			near.id = i.shape
		case ByWorkspace, BySubscription:
			near.id = i.part
		case ByKind:
			near.kind = i.kind
		}
		l, ok := y.near[near]
		if !ok {
			l = y.line(lineKey{by, y.word(by, i), 0, currency}, i)
			y.near[near] = l
		}
		i.lines = append(i.lines, l)
	}
}

func (y *tally) line(k lineKey, i *item) line {
	if k.by == ByTarget {
		k.target = i.target
	}
	l, ok := y.lines[k]
	if !ok {
		l = make(line, len(y.buckets))
		y.lines[k] = l
	}
	return l
}

// word is an item's key.
func (y *tally) word(by By, i *item) string {
	switch by {
	case BySubscription:
		return y.parts[i.part].subscription
	case ByWorkspace:
		return y.parts[i.part].workspace
	case ByOwner:
		return i.billing.Owner
	case BySize:
		return sizeKey(i.billing)
	case ByKind:
		return i.kind
	default:
		return ""
	}
}

// add counts in what an item, whose lines were found, costs in a bucket.
func (i *item) add(b int, s model.Spend) {
	for _, l := range i.lines {
		l[b] = l[b].Plus(s)
	}
}
