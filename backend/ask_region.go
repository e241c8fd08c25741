package backend

import (
	"context"
	"slices"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// growRegion asks for sizes and quota of a region that a workspace or its
// targets are in.
func (l *loop) growRegion(ws model.WorkspaceID, sub model.SubscriptionID, location string) {
	if location == "" {
		return
	}
	name := model.RegionKey(location)
	if l.locations[ws] == nil {
		l.locations[ws] = map[string]bool{}
	}
	if l.locations[ws][name] {
		return
	}
	l.locations[ws][name] = true
	scope := regionScope(sub, location)
	if i, known := slices.BinarySearch(l.regions, scope); !known {
		l.regions = slices.Insert(l.regions, i, scope)
		l.sizes.stale, l.quotas.stale = true, true
	}
	sizes := &part{key: model.SectionSizes, scope: scope, sub: sub, reads: 1, state: model.Part{Name: name}}
	sizes.prepare = func() call { return l.askSizes(sizes, sub, location) }
	l.grow(sizes)
	quotas := &part{key: model.SectionQuotas, scope: scope, sub: sub, reads: 1, state: model.Part{Name: name}}
	quotas.prepare = func() call { return l.askQuotas(quotas, sub, location) }
	l.grow(quotas)
}

func (l *loop) askSizes(p *part, sub model.SubscriptionID, location string) call {
	held := p.version
	return func(ctx context.Context) (apply, error) {
		fresh, version, err := l.cloud.Sizes(ctx, sub, location, held)
		return func(now, _ time.Time) {
			if !l.again(p, version) {
				l.takeSizes(p.scope, fresh, now)
			}
		}, err
	}
}

// takeSizes takes a region's sizes in.
func (l *loop) takeSizes(scope string, fresh []*model.Size, now time.Time) {
	for _, s := range fresh {
		prepareSize(s, regionOf(scope), now)
	}
	l.showSizes(scope, l.prices.set(scope, fresh))
}

// prepareSize fills in what the service's answer does not say of a size.
func prepareSize(s *model.Size, region string, now time.Time) {
	catalog.Enrich(s)
	if s.Location == "" {
		s.Location = region
	}
	for _, p := range []*model.Price{&s.Standard, &s.LowPriority, &s.Spot} {
		if p.Known() {
			p.AsOf = model.DateOf(now)
		}
	}
}

// showSizes puts the sizes of a scope among the rows, and joins the targets
// there again if any is news.
func (l *loop) showSizes(scope string, resolved []*model.Size) {
	rows, moved := merge(sizeKind(), resolved, l.sizes.of(scope))
	l.content = l.sizes.set(scope, rows) || l.content
	if len(moved) > 0 {
		l.rejoinRegion(scope)
	}
}

// rejoinRegion joins the targets in a region of a subscription again.
func (l *loop) rejoinRegion(scope string) {
	for id, at := range l.locations {
		if ws := l.workspace[id]; ws != nil && at[regionOf(scope)] && regionScope(ws.Subscription, regionOf(scope)) == scope {
			l.rejoin(id)
		}
	}
}

func (l *loop) askQuotas(p *part, sub model.SubscriptionID, location string) call {
	held := p.version
	return func(ctx context.Context) (apply, error) {
		fresh, version, err := l.cloud.Quotas(ctx, sub, location, held)
		return func(_, _ time.Time) {
			if l.again(p, version) {
				return
			}
			rows, _ := merge(quotaKind(), fresh, l.quotas.of(p.scope))
			l.content = l.quotas.set(p.scope, rows) || l.content
		}, err
	}
}
