package backend

import (
	"reflect"
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// terms are what prices are wanted in, and what is off them.
type terms struct {
	currency  string // ISO 4217
	discounts model.Discounts
}

// priceBook finds a VM size and its price: in the service's own answer for the
// subscription and region first, then in the public price list of the region,
// and last in the table built into the program. The first and the last are in
// US dollars: where another currency is wanted, only the price list is asked,
// so that amounts in two currencies never meet in a sum. Discounts are taken
// off whatever was found.
type priceBook struct {
	terms
	listed  map[string][]*model.Size                         // the service's answers as they came, by regionScope
	service map[string]map[string]*model.Size                // with prices resolved; then by SizeName.Key
	retail  map[string]map[string]map[model.Tier]model.Price // by region, SizeName.Key and tier
	builtin map[string]*model.Size                           // resolved, by location and SizeName.Key; nil: not in the table
	lacking map[string]bool                                  // regions in which a price was looked for that only the list can have
}

func newPriceBook(t terms) *priceBook {
	return &priceBook{
		terms:   t,
		listed:  map[string][]*model.Size{},
		service: map[string]map[string]*model.Size{},
		retail:  map[string]map[string]map[model.Tier]model.Price{},
		builtin: map[string]*model.Size{},
		lacking: map[string]bool{},
	}
}

// regionScope is the scope of what belongs to a region of a subscription.
func regionScope(sub model.SubscriptionID, location string) string {
	return string(sub) + "/" + model.RegionKey(location)
}

func regionOf(scope string) string { return scope[strings.LastIndexByte(scope, '/')+1:] }

// set takes the service's answer for a region of a subscription, and returns it
// with its prices resolved. Subscriptions are mostly told the same: what another
// one was told of the region is used as the same pointer.
func (b *priceBook) set(scope string, sizes []*model.Size) []*model.Size {
	listed := slices.Clone(sizes)
	for other, theirs := range b.listed {
		if regionOf(other) == regionOf(scope) && len(theirs) == len(listed) {
			for i, s := range listed {
				if reflect.DeepEqual(s, theirs[i]) {
					listed[i] = theirs[i]
				}
			}
			break
		}
	}
	b.listed[scope] = listed
	return b.resolve(scope)
}

// resolve works the prices of a scope out again.
func (b *priceBook) resolve(scope string) []*model.Size {
	region, listed := regionOf(scope), b.listed[scope]
	known := b.told(region)
	resolved := make([]*model.Size, len(listed))
	byName := make(map[string]*model.Size, len(listed))
	for i, s := range listed {
		key := s.Name.Key()
		resolved[i] = b.priced(s, region)
		if same := known[key]; same != nil && reflect.DeepEqual(same, resolved[i]) {
			resolved[i] = same
		}
		byName[key] = resolved[i]
	}
	b.service[scope] = byName
	return resolved
}

// told is what any subscription was told of a region's sizes.
func (b *priceBook) told(region string) map[string]*model.Size {
	for scope, sizes := range b.service {
		if regionOf(scope) == region {
			return sizes
		}
	}
	return nil
}

// setRetail takes the price list of a region in, and returns the scopes whose
// prices it may change.
func (b *priceBook) setRetail(region string, prices []RetailPrice) (scopes []string) {
	byName := map[string]map[model.Tier]model.Price{}
	for _, p := range prices {
		key := p.Size.Key()
		if byName[key] == nil {
			byName[key] = map[model.Tier]model.Price{}
		}
		byName[key][p.Tier] = p.Price
	}
	b.retail[region] = byName
	for at := range b.builtin {
		if strings.HasPrefix(at, region+"/") {
			delete(b.builtin, at)
		}
	}
	for scope := range b.listed {
		if regionOf(scope) == region {
			scopes = append(scopes, scope)
		}
	}
	slices.Sort(scopes)
	return scopes
}

// priced is a size with its prices resolved; the size itself where nothing
// changes.
func (b *priceBook) priced(s *model.Size, region string) *model.Size {
	table, _ := catalog.InRegion(s.Name, region)
	out := *s
	for _, tier := range []model.Tier{model.TierStandard, model.TierLowPriority, model.TierSpot} {
		var known model.Price
		if table != nil {
			known = table.Price(tier)
			known.AsOf = catalog.PricesOf()
		}
		*out.PriceAt(tier) = b.first(s.Price(tier), b.retail[region][s.Name.Key()][tier], known).Less(b.discounts.For(s))
	}
	return &out
}

// first is the first price that is known and in the currency wanted.
func (b *priceBook) first(prices ...model.Price) model.Price {
	for _, p := range prices {
		if p.Known() && p.CurrencyCode() == b.currency {
			return p
		}
	}
	return model.Price{}
}

// find is the size and the price of a tier; nil and unknown where no source has
// it.
func (b *priceBook) find(sub model.SubscriptionID, location string, name model.SizeName, tier model.Tier) (*model.Size, model.Price) {
	if name == "" {
		return nil, model.Price{}
	}
	key, scope := name.Key(), regionScope(sub, location)
	s := b.service[scope][key]
	if s == nil {
		s = b.fallback(location, key)
	}
	_, answered := b.listed[scope]
	if s == nil {
		return nil, model.Price{}
	}
	price := s.Price(tier)
	if price.Source != model.PriceService && price.Source != model.PriceRetail && (answered || b.currency != "USD") {
		b.lacking[model.RegionKey(location)] = true
	}
	return s, price
}

// fallback looks into the table, always with the same pointer for the same size.
func (b *priceBook) fallback(location, key string) *model.Size {
	region := model.RegionKey(location)
	at := region + "/" + key
	s, ok := b.builtin[at]
	if !ok {
		if s, _ = catalog.InRegion(model.SizeName(key), location); s != nil {
			s = b.priced(s, region)
		}
		b.builtin[at] = s
	}
	return s
}
