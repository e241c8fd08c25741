package backend

import (
	"context"
	"reflect"
	"slices"
	"strings"
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
		return func(_, _ time.Time) {
			if !l.again(p, version) {
				l.takeSizes(sub, location, p.scope, fresh)
			}
		}, err
	}
}

// takeSizes takes a region's sizes in. Subscriptions are mostly told the same:
// what another one was told of the region, or what the built-in table says, is
// used as the same pointer.
func (l *loop) takeSizes(sub model.SubscriptionID, location, scope string, fresh []*model.Size) {
	name := model.RegionKey(location)
	known := l.prices.told(name)
	for i, s := range fresh {
		catalog.Enrich(s)
		if s.Location == "" {
			s.Location = name
		}
		if same := known[s.Name.Key()]; same != nil && reflect.DeepEqual(s, same) {
			fresh[i] = same
		}
	}
	rows, moved := merge(sizeKind(), fresh, l.sizes.of(scope))
	l.content = l.sizes.set(scope, rows) || l.content
	if len(moved) == 0 {
		return
	}
	l.prices.set(scope, rows)
	for id, at := range l.locations {
		if ws := l.workspace[id]; ws != nil && ws.Subscription == sub && at[name] {
			l.rejoin(id)
		}
	}
}

// told is what any subscription was told of a region's sizes.
func (b *priceBook) told(region string) map[string]*model.Size {
	for scope, sizes := range b.service {
		if strings.HasSuffix(scope, "/"+region) {
			return sizes
		}
	}
	return nil
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
