package catalog_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

func TestChooseRetail(t *testing.T) {
	day := func(m time.Month) model.Date { return model.DateOf(time.Date(2025, m, 1, 0, 0, 0, 0, time.UTC)) }
	line := func(amount model.Money, change func(*catalog.RetailEntry)) catalog.RetailEntry {
		e := catalog.RetailEntry{
			Size: "Standard_D4ads_v5", Product: "Virtual Machines Dadsv5 Series", Meter: "D4ads v5", SKU: "D4ads v5", Type: "Consumption",
			Unit: "1 Hour", Currency: "USD", Amount: amount, Since: day(5),
		}
		if change != nil {
			change(&e)
		}
		return e
	}
	entries := []catalog.RetailEntry{
		line(206_000, nil),
		line(206_000, nil), // said twice
		line(390_000, func(e *catalog.RetailEntry) { e.Product += " Windows" }),
		line(100_000, func(e *catalog.RetailEntry) { e.Product = "Dadsv5 Series Cloud Services" }),
		line(100_001, func(e *catalog.RetailEntry) { e.Product = "Dadsv5 Series CloudServices" }),
		line(100_002, func(e *catalog.RetailEntry) { e.Type = "DevTestConsumption" }),
		line(100_003, func(e *catalog.RetailEntry) { e.Type, e.Term = "Reservation", "1 Year" }),
		line(100_004, func(e *catalog.RetailEntry) { e.Term = "3 Years" }),
		line(100_005, func(e *catalog.RetailEntry) { e.Unit = "1/Month" }),
		line(100_006, func(e *catalog.RetailEntry) { e.Currency = "EUR" }),
		line(100_007, func(e *catalog.RetailEntry) { e.MinUnits = model.Unit }),
		line(250_000, func(e *catalog.RetailEntry) { e.Since = day(1) }), // an older price
		line(0, func(e *catalog.RetailEntry) { e.Since = day(9) }),       // zero is no price
		line(-5, func(e *catalog.RetailEntry) { e.Since = day(9) }),
		line(41_000, func(e *catalog.RetailEntry) { e.SKU = "D4ads v5 Low Priority" }),
		line(37_000, func(e *catalog.RetailEntry) { e.Meter, e.SKU = "D4ads v5 Spot", "D4ads v5 Spot" }),
		line(36_000, func(e *catalog.RetailEntry) { e.SKU = "D4ads v5 Spot"; e.Product += " Windows" }),
		line(500_000, func(e *catalog.RetailEntry) { e.Size = "" }),
	}
	for range 20 { // in whatever order
		rand.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		got := catalog.ChooseRetail(entries, "USD")
		if len(got) != 1 {
			t.Fatalf("%d sizes", len(got))
		}
		tiers := got["standard_d4ads_v5"]
		want := map[model.Tier]model.Money{model.TierStandard: 206_000, model.TierLowPriority: 41_000, model.TierSpot: 37_000}
		for tier, amount := range want {
			if p := tiers[tier]; p != (model.Price{PerHour: amount, Currency: "USD", Source: model.PriceRetail, AsOf: day(5)}) {
				t.Errorf("%s: %+v, want %s", tier, p, amount.Decimal())
			}
		}
		if len(tiers) != len(want) {
			t.Errorf("tiers %v", tiers)
		}
	}
}
