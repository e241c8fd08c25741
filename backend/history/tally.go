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

// sumKey names a sum.
type sumKey struct {
	span     string // hour, day, month
	by       By
	start    int64
	word     string // what it is added up by
	target   int64  // for ByTarget
	currency string
}

// tally adds up what many targets cost in many periods.
type tally struct {
	zone  *time.Location
	only  func(span string, by By) bool // what is asked for; nil: all
	sums  map[sumKey]model.Spend
	parts map[int64]partInfo
}

type partInfo struct{ workspace, subscription string }

// bucket is an hour, with the periods it is part of.
type bucket struct {
	model.Window
	hour, day, month int64
}

func newTally(zone *time.Location) *tally {
	return &tally{zone: zone, sums: map[sumKey]model.Spend{}, parts: map[int64]partInfo{}}
}

// buckets cuts a window into hours.
func (y *tally) buckets(w model.Window) []bucket {
	var list []bucket
	for _, h := range model.Cut(w, model.Hourly, y.zone) {
		list = append(list, bucket{
			h, model.Hourly.Start(h.From, y.zone).UnixMilli(), model.Daily.Start(h.From, y.zone).UnixMilli(), model.Monthly.Start(h.From, y.zone).UnixMilli(),
		})
	}
	return list
}

// item is one target, or some that are alike, as far as sums tell them apart.
type item struct {
	part    int64
	target  int64 // 0: several targets
	kind    string
	billing *model.Billing
}

func (y *tally) plus(k sumKey, s model.Spend) {
	if y.only == nil || y.only(k.span, k.by) {
		y.sums[k] = y.sums[k].Plus(s)
	}
}

// add counts in what an item costs in an hour.
func (y *tally) add(b bucket, i item, s model.Spend) {
	if s == (model.Spend{}) {
		return
	}
	p := y.parts[i.part]
	size := string(i.billing.VMSize)
	if i.billing.Tier != model.TierStandard && i.billing.Tier != "" {
		size += " " + string(i.billing.Tier)
	}
	currency := i.billing.Currency()
	for _, d := range [...]struct {
		by   By
		word string
	}{{ByAll, ""}, {BySubscription, p.subscription}, {ByWorkspace, p.workspace}, {ByOwner, i.billing.Owner}, {BySize, size}, {ByKind, i.kind}} {
		y.plus(sumKey{"hour", d.by, b.hour, d.word, 0, currency}, s)
		y.plus(sumKey{"day", d.by, b.day, d.word, 0, currency}, s)
	}
}

// addTarget counts in what one target costs in an hour, for the ranking of
// targets. Those that bill for standing only are not ranked.
func (y *tally) addTarget(b bucket, i item, s model.Spend) {
	if s.Units > 0 {
		y.plus(sumKey{"month", ByTarget, b.month, "", i.target, i.billing.Currency()}, s)
	}
}
