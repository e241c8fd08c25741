package history

import (
	"slices"
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
	parts   map[int64]partInfo
	near    map[string]*near // by currency
}

// near are the lines of a currency by numbers: of a shape, of a part.
type near struct {
	shapes, parts [][]line
	kinds         map[string]line
	targets       []line
	spare         line // for lines of targets
}

type partInfo struct{ workspace, subscription string }

func newTally(w model.Window, period model.Period, zone *time.Location, by ...By) *tally {
	y := &tally{by: by, lines: map[lineKey]line{}, parts: map[int64]partInfo{}, near: map[string]*near{}}
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
	lines               []line // of the tally
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
	n := y.of(i.billing.Currency())
	i.lines = append(i.lines[:0], y.among(&n.shapes, i.shape, i, ByAll, ByOwner, BySize)...)
	i.lines = append(i.lines, y.among(&n.parts, i.part, i, BySubscription, ByWorkspace)...)
	for _, by := range y.by {
		switch by {
		case ByTarget:
			i.lines = append(i.lines, y.target(n, i.target))
		case ByKind:
			l, ok := n.kinds[i.kind]
			if !ok {
				l = y.line(by, i)
				n.kinds[i.kind] = l
			}
			i.lines = append(i.lines, l)
		}
	}
}

// of are the lines of a currency.
func (y *tally) of(currency string) *near {
	n := y.near[currency]
	if n == nil {
		n = &near{kinds: map[string]line{}}
		y.near[currency] = n
	}
	return n
}

// target is the line of a target.
func (y *tally) target(n *near, id int64) line {
	for int64(len(n.targets)) <= id {
		n.targets = append(n.targets, nil)
	}
	if n.targets[id] == nil {
		if len(n.spare) < len(y.buckets) {
			n.spare = make(line, 256*len(y.buckets))
		}
		n.targets[id], n.spare = n.spare[:len(y.buckets):len(y.buckets)], n.spare[len(y.buckets):]
	}
	return n.targets[id]
}

// among are the lines that a number decides on, of those that are asked for.
func (y *tally) among(table *[][]line, id int64, i *item, by ...By) []line {
	for int64(len(*table)) <= id {
		*table = append(*table, nil)
	}
	l := (*table)[id]
	if l == nil {
		l = []line{}
		for _, b := range by {
			if slices.Contains(y.by, b) {
				l = append(l, y.line(b, i))
			}
		}
		(*table)[id] = l
	}
	return l
}

func (y *tally) line(by By, i *item) line {
	k := lineKey{by, y.word(by, i), i.billing.Currency()}
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
