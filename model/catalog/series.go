package catalog

import (
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
)

// seriesColumns is the number of cells in a row of series.txt.
const seriesColumns = 9

// readSeries fills the series and returns the family of each.
func (t *table) readSeries(text string) (map[string]string, error) {
	t.seriesByName = make(map[string]*model.Series)
	t.seriesByFamily = make(map[string]*model.Series)
	families := make(map[string]string)
	for n, line := range rows(text) {
		s, family, err := parseSeries(line)
		if err != nil {
			return families, fmt.Errorf("line %d: %w", n, err)
		}
		key := model.FamilyKey(family)
		if t.seriesByName[s.Name] != nil || t.seriesByFamily[key] != nil {
			return families, fmt.Errorf("line %d: series %s or family %s stands twice", n, s.Name, family)
		}
		t.series = append(t.series, s)
		t.seriesByName[s.Name] = s
		t.seriesByFamily[key] = s
		families[s.Name] = family
	}
	return families, nil
}

func parseSeries(line string) (*model.Series, string, error) {
	var cells [seriesColumns]string
	if err := split(line, cells[:]); err != nil {
		return nil, "", err
	}
	s := &model.Series{Name: cells[0], Category: cells[3], GPUArchitecture: cells[4], CUDAMin: cells[5]}
	if s.Name == "" || model.FamilyKey(cells[1]) == "" {
		return nil, "", fmt.Errorf("series %q, family %q: a name is missing", s.Name, cells[1])
	}
	switch cells[2] {
	case "":
		s.Restriction = model.RestrictionUnknown
	case "none":
		s.Restriction = model.RestrictionNone
	case "approval":
		s.Restriction = model.RestrictionApproval
	default:
		return nil, "", fmt.Errorf("%s: unknown restriction %q", s.Name, cells[2])
	}
	var err error
	if s.SupportedBy, err = computeTypes(cells[6]); err != nil {
		return nil, "", fmt.Errorf("%s: %w", s.Name, err)
	}
	if cells[7] != "" {
		if s.RetiredOn, err = time.Parse(time.DateOnly, cells[7]); err != nil {
			return nil, "", fmt.Errorf("%s: retirement date: %w", s.Name, err)
		}
	}
	switch status := cells[8]; {
	case status == "" && s.RetiredOn.IsZero(), status == "announced" && !s.RetiredOn.IsZero():
	case status == "retired" && !s.RetiredOn.IsZero():
		s.Retired = true
	default:
		return nil, "", fmt.Errorf("%s: retirement %q on %q", s.Name, status, cells[7])
	}
	return s, cells[1], nil
}
