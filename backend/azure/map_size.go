package azure

import (
	"math"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// wireSize is an entry of vmSizes. Many sizes come without prices.
type wireSize struct {
	Name         text    `json:"name"`
	Family       text    `json:"family"`
	VCPUs        whole   `json:"vCPUs"`
	GPUs         whole   `json:"gpus"`
	MemoryGB     decimal `json:"memoryGB"`
	OSDiskMB     whole   `json:"osVhdSizeMB"`
	ResourceMB   whole   `json:"maxResourceVolumeMB"`
	LowPriority  bool    `json:"lowPriorityCapable"`
	PremiumIO    bool    `json:"premiumIO"`
	InfiniBand   bool    `json:"supportsIB"`
	ComputeTypes []text  `json:"supportedComputeTypes"`
	Prices       struct {
		Currency text `json:"billingCurrency"`
		Unit     text `json:"unitOfMeasure"`
		Values   []struct {
			Amount figure `json:"retailPrice"`
			OS     text   `json:"osType"`
			Tier   text   `json:"vmTier"`
		} `json:"values"`
	} `json:"estimatedVMPrices"`
}

// mapSize maps a VM size with its prices in a region. A price that is not by
// the hour, or cannot be read, is unknown.
func mapSize(w *wireSize, location string) *model.Size {
	s := &model.Size{
		Name:               model.SizeName(w.Name),
		Family:             string(w.Family),
		VCPUs:              int(w.VCPUs),
		GPUs:               int(w.GPUs),
		MemoryMiB:          int(math.Round(float64(w.MemoryGB) * 1024)),
		OSDiskMB:           int(w.OSDiskMB),
		ResourceMB:         int(w.ResourceMB),
		PremiumIO:          w.PremiumIO,
		RDMA:               w.InfiniBand,
		LowPriorityCapable: w.LowPriority,
		Location:           location,
	}
	for _, t := range w.ComputeTypes {
		s.ComputeTypes = append(s.ComputeTypes, string(t))
	}
	if unit := string(w.Prices.Unit); unit == "" || strings.EqualFold(unit, "OneHour") {
		s.Standard, s.LowPriority, s.Spot = catalog.ChoosePrices(priceEntries(w))
		for _, price := range []*model.Price{&s.Standard, &s.LowPriority, &s.Spot} {
			if price.Known() {
				price.Currency = string(w.Prices.Currency)
			}
		}
	}
	catalog.Enrich(s)
	return s
}

func priceEntries(w *wireSize) []catalog.PriceEntry {
	entries := make([]catalog.PriceEntry, 0, len(w.Prices.Values))
	for _, v := range w.Prices.Values {
		amount, err := model.ParseMoney(string(v.Amount))
		if err != nil || amount < 0 {
			continue
		}
		entries = append(entries, catalog.PriceEntry{OS: string(v.OS), Tier: model.Tier(v.Tier), Amount: amount})
	}
	return entries
}
