package backend

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
)

// growPrices asks for the public price lists of the regions in which a price
// was looked for that only they can have. Most regions never need theirs: the
// service's own answer has the prices.
func (l *loop) growPrices() {
	if len(l.prices.lacking) == 0 {
		return
	}
	for _, region := range slices.Sorted(maps.Keys(l.prices.lacking)) {
		p := &part{key: model.SectionPrices, scope: region, kind: model.BudgetRetail, reads: 1, state: model.Part{Name: "retail prices, " + region}}
		p.prepare = func() call { return l.askPrices(region) }
		l.grow(p)
	}
	clear(l.prices.lacking)
}

func (l *loop) askPrices(region string) call {
	currency := l.prices.currency
	return func(ctx context.Context) (apply, error) {
		list, err := l.cloud.Retail(ctx, region, currency)
		return func(_, _ time.Time) {
			for _, scope := range l.prices.setRetail(region, list) {
				l.showSizes(scope, l.prices.resolve(scope))
			}
			l.rejoinAll(region)
		}, err
	}
}

// rejoinAll joins what is in a region again where the service's sizes do not
// stand between: where they never came, the table with the list's prices does.
func (l *loop) rejoinAll(region string) {
	for id, at := range l.locations {
		ws := l.workspace[id]
		if ws == nil || !at[region] {
			continue
		}
		if _, listed := l.prices.listed[regionScope(ws.Subscription, region)]; !listed {
			l.rejoin(id)
		}
	}
}
