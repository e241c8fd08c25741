package backend

import (
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// priceBook finds a VM size and its price: in the service's own answer for the
// subscription and region first, in the table built into the program otherwise.
type priceBook struct {
	service map[string]map[string]*model.Size // by regionScope, then SizeName.Key
	builtin map[string]*model.Size            // by location and SizeName.Key; nil: not in the table
}

func newPriceBook() *priceBook {
	return &priceBook{service: map[string]map[string]*model.Size{}, builtin: map[string]*model.Size{}}
}

// regionScope is the scope of what belongs to a region of a subscription.
func regionScope(sub model.SubscriptionID, location string) string {
	return string(sub) + "/" + model.RegionKey(location)
}

// set takes the service's answer for a region of a subscription.
func (b *priceBook) set(scope string, sizes []*model.Size) {
	byName := make(map[string]*model.Size, len(sizes))
	for _, s := range sizes {
		byName[s.Name.Key()] = s
	}
	b.service[scope] = byName
}

// find is the size and the price of a tier; nil and unknown where neither the
// service nor the table has it.
func (b *priceBook) find(sub model.SubscriptionID, location string, name model.SizeName, tier model.Tier) (*model.Size, model.Price) {
	if name == "" {
		return nil, model.Price{}
	}
	key := name.Key()
	if s := b.service[regionScope(sub, location)][key]; s != nil {
		if price := s.Price(tier); price.Known() {
			return s, price
		}
		if known := b.fallback(location, key); known != nil {
			return s, known.Price(tier)
		}
		return s, model.Price{}
	}
	if s := b.fallback(location, key); s != nil {
		return s, s.Price(tier)
	}
	return nil, model.Price{}
}

// fallback looks into the table, always with the same pointer for the same size.
func (b *priceBook) fallback(location, key string) *model.Size {
	at := model.RegionKey(location) + "/" + key
	s, ok := b.builtin[at]
	if !ok {
		s, _ = catalog.InRegion(model.SizeName(key), location)
		b.builtin[at] = s
	}
	return s
}
