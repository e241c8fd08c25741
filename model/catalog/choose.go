package catalog

import (
	"slices"
	"strings"

	"github.com/amltop/amltop/model"
)

// PriceEntry is one entry of a size's price list in the service's vmSizes
// answer: an amount an hour in the list's currency.
type PriceEntry struct {
	OS     string // "Linux" or "Windows", any case
	Tier   model.Tier
	Amount model.Money
}

// ChoosePrices picks the Linux price of each tier from a price list of the
// service. The rule, per tier:
//
//   - Only Linux entries with an amount above zero count. Without any, and so
//     without a list at all, the price is unknown, never zero.
//   - Several Linux amounts contradict each other. One that equals the Windows
//     price of the tier is the Windows price under the wrong label and is left
//     out, if any other remains. Of what remains the smallest is the price.
//
// The order of the entries does not matter. A low-priority price is kept even
// where the size is not low-priority capable, as the service lists it: whether
// the tier may be used is Size.LowPriorityCapable's to say.
//
// The prices carry [model.PriceService] and no currency, which means USD; a
// caller whose list is in another sets it.
func ChoosePrices(entries []PriceEntry) (standard, lowPriority, spot model.Price) {
	return choose(entries, model.TierStandard), choose(entries, model.TierLowPriority), choose(entries, model.TierSpot)
}

func choose(entries []PriceEntry, tier model.Tier) model.Price {
	var linux, windows []model.Money
	for _, e := range entries {
		if e.Amount <= 0 || !strings.EqualFold(string(e.Tier), string(tier)) {
			continue
		}
		switch {
		case strings.EqualFold(e.OS, "Linux"):
			linux = append(linux, e.Amount)
		case strings.EqualFold(e.OS, "Windows"):
			windows = append(windows, e.Amount)
		}
	}
	if len(linux) == 0 {
		return model.Price{}
	}
	best := slices.Min(linux)
	slices.Sort(windows)
	if rightly := slices.DeleteFunc(linux, func(m model.Money) bool {
		_, mislabelled := slices.BinarySearch(windows, m)
		return mislabelled
	}); len(rightly) > 0 {
		best = slices.Min(rightly)
	}
	return model.Price{PerHour: best, Source: model.PriceService}
}
