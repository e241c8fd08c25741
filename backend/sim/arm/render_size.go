package arm

import (
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// windowsPerCPU is what a Windows licence adds to the price of a vCPU and hour:
// the difference between the two prices of every size of the real answer.
const windowsPerCPU model.Money = 46_000 // micro-dollars

// renderSizes is the answer of vmSizes for a region: of the sizes the service
// lists today, those sold there.
func renderSizes(region string) []byte {
	w := writer{b: make([]byte, 0, 256<<10)}
	w.object("")
	w.array("value")
	for _, home := range catalog.Sizes() {
		s, ok := catalog.InRegion(home.Name, region)
		if ok && s.Recorded && (s.Standard.Known() || s.LowPriority.Known() || s.Spot.Known()) {
			w.size(s)
		}
	}
	w.endArray()
	w.endObject()
	return w.b
}

func (w *writer) size(s *model.Size) {
	w.object("")
	w.str("name", string(s.Name))
	w.str("family", s.Family)
	w.int("vCPUs", s.VCPUs)
	w.int("gpus", s.GPUs)
	w.int("osVhdSizeMB", s.OSDiskMB)
	w.int("maxResourceVolumeMB", s.ResourceMB)
	memory := strconv.FormatFloat(s.MemoryGiB(), 'f', -1, 64)
	if !strings.Contains(memory, ".") {
		memory += ".0"
	}
	w.raw("memoryGB", memory)
	w.bool("lowPriorityCapable", s.LowPriorityCapable)
	w.bool("premiumIO", s.PremiumIO)
	w.prices(s)
	w.array("supportedComputeTypes")
	for _, t := range s.ComputeTypes {
		w.str("", t)
	}
	w.endArray()
	w.str("generation", generation(s))
	w.bool("supportsIB", s.RDMA)
	w.endObject()
}

// prices leaves the whole key out for a size without a price, as the service
// does. The sizes of the ads_v5 series have a second Linux price that equals
// the Windows one: that contradiction is the service's too.
func (w *writer) prices(s *model.Size) {
	if !s.Standard.Known() && !s.LowPriority.Known() && !s.Spot.Known() {
		return
	}
	w.object("estimatedVMPrices")
	w.str("billingCurrency", "USD")
	w.str("unitOfMeasure", "OneHour")
	w.array("values")
	licence := windowsPerCPU.Times(s.VCPUs)
	twice := strings.HasSuffix(strings.ToLower(string(s.Name)), "ads_v5")
	if s.LowPriority.Known() {
		w.price(s.LowPriority.PerHour, "Linux", model.TierLowPriority)
	}
	if s.Standard.Known() {
		windows := s.Standard.PerHour + licence
		if twice {
			w.price(windows, "Linux", model.TierStandard)
		}
		w.price(windows, "Windows", model.TierStandard)
		w.price(s.Standard.PerHour, "Linux", model.TierStandard)
	}
	if s.Spot.Known() {
		w.price(s.Spot.PerHour, "Linux", model.TierSpot)
	}
	w.endArray()
	w.endObject()
}

func (w *writer) price(amount model.Money, system string, tier model.Tier) {
	w.object("")
	w.raw("retailPrice", amount.Decimal())
	w.str("osType", system)
	w.str("vmTier", string(tier))
	w.endObject()
}

// generation is the VM generation: the second for the sizes with InfiniBand or
// the GPUs of the last years.
func generation(s *model.Size) string {
	name := strings.ToLower(string(s.Name))
	for _, mark := range []string{"_a100_", "_h100_", "_h200_", "_fx", "hb120", "nd40", "nd96", "hc44", "m208", "m416"} {
		if strings.Contains(name, mark) {
			return "gen2"
		}
	}
	return "gen1"
}
