package catalog

import "github.com/amltop/amltop/model"

// Enrich fills what the service's vmSizes answer does not say on a size decoded
// from it: series, GPU model, restriction, isolation, RDMA, retirement date and
// whether the size was in the recorded answer. What the size already says stays.
//
// A size that the table does not have gets only what its family says, and only
// when the family is exactly one of the table's: series, restriction and
// retirement belong to the series. The rest stays unknown.
//
// Prices are never touched: a catalog price on a service's size must be the
// caller's decision, made with [InRegion].
func Enrich(s *model.Size) {
	if s == nil {
		return
	}
	t := load()
	series := t.seriesByFamily[model.FamilyKey(s.Family)]
	if i, ok := t.find(s.Name); ok {
		known := &t.sizes[i]
		series = t.seriesByName[known.Series]
		if s.GPUModel == "" {
			s.GPUModel = known.GPUModel
		}
		s.Isolated = s.Isolated || known.Isolated
		s.RDMA = s.RDMA || known.RDMA
		s.Recorded = known.Recorded
	}
	if series == nil {
		return
	}
	if s.Series == "" {
		s.Series = series.Name
	}
	if s.Restriction == model.RestrictionUnknown {
		s.Restriction = series.Restriction
	}
	if s.RetiredOn.IsZero() {
		s.RetiredOn = series.RetiredOn
	}
}
