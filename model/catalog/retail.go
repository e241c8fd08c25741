package catalog

import (
	"strings"

	"github.com/amltop/amltop/model"
)

// RetailEntry is a line of Azure's public price list.
type RetailEntry struct {
	Size       model.SizeName // armSkuName
	Product    string         // productName
	Meter, SKU string         // meterName, skuName
	Type       string         // Consumption, DevTestConsumption, Reservation
	Unit       string         // unitOfMeasure; "" is taken for an hour
	Term       string         // reservationTerm; "" for none
	Currency   string         // ISO 4217
	MinUnits   model.Money    // tierMinimumUnits: from which use on it holds
	Amount     model.Money
	Since      model.Date // effectiveStartDate
}

// ChooseRetail picks the Linux price of each size and tier from lines of the
// public price list, by [model.SizeName.Key]. The rule:
//
//   - Only pay-as-you-go lines by the hour count, in the currency asked for,
//     with an amount above zero, that hold from the first hour on.
//   - Windows lines are known by their product, as are those of Cloud Services,
//     which sell the same sizes at other prices. Spot and low-priority lines are
//     known by the name of their meter or SKU.
//   - Several lines for one price are normal. The one that took effect last is
//     the price, the smallest among equals.
//
// The order of the lines does not matter. A size or tier without a line is
// unknown.
func ChooseRetail(entries []RetailEntry, currency string) map[string]map[model.Tier]model.Price {
	chosen := map[string]map[model.Tier]model.Price{}
	for i := range entries {
		e := &entries[i]
		if !e.counts(currency) {
			continue
		}
		key, tier := e.Size.Key(), e.tier()
		if chosen[key] == nil {
			chosen[key] = map[model.Tier]model.Price{}
		}
		have := chosen[key][tier]
		if have.Known() && (have.AsOf > e.Since || have.AsOf == e.Since && have.PerHour <= e.Amount) {
			continue
		}
		chosen[key][tier] = model.Price{PerHour: e.Amount, Currency: currency, Source: model.PriceRetail, AsOf: e.Since}
	}
	return chosen
}

func (e *RetailEntry) counts(currency string) bool {
	product := model.Fold(e.Product)
	switch {
	case e.Size == "", e.Amount <= 0, e.MinUnits > 0, e.Term != "":
		return false
	case !strings.EqualFold(e.Type, "Consumption"), !strings.EqualFold(e.Currency, currency):
		return false
	case e.Unit != "" && !strings.EqualFold(e.Unit, "1 Hour"):
		return false
	case strings.Contains(product, "windows"), strings.Contains(strings.ReplaceAll(product, " ", ""), "cloudservices"):
		return false
	}
	return true
}

func (e *RetailEntry) tier() model.Tier {
	for _, name := range []string{e.SKU, e.Meter} {
		switch low := model.Fold(strings.TrimSpace(name)); {
		case strings.HasSuffix(low, "spot"):
			return model.TierSpot
		case strings.HasSuffix(low, "low priority"):
			return model.TierLowPriority
		}
	}
	return model.TierStandard
}
