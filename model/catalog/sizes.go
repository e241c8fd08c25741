package catalog

import (
	"fmt"
	"strings"

	"github.com/amltop/amltop/model"
)

// sizeColumns is the number of cells in a row of sizes.txt.
const sizeColumns = 10

func (t *table) readSizes(text string, families map[string]string) error {
	count := strings.Count(text, "\n")
	t.sizes = make([]model.Size, 0, count)
	t.exact = make(map[model.SizeName]int, count)
	t.folded = make(map[string]int, count)
	types := make(map[string][]string) // a handful of combinations, shared
	last := ""
	for n, line := range rows(text) {
		s, err := t.parseSize(line, types)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		s.Family = families[s.Series]
		key := s.Name.Key()
		if key <= last {
			return fmt.Errorf("line %d: %s: out of order or twice", n, s.Name)
		}
		last = key
		t.exact[s.Name] = len(t.sizes)
		t.folded[key] = len(t.sizes)
		t.sizes = append(t.sizes, s)
	}
	return nil
}

func (t *table) parseSize(line string, types map[string][]string) (model.Size, error) {
	var cells [sizeColumns]string
	if err := split(line, cells[:]); err != nil {
		return model.Size{}, err
	}
	if cells[0] == "" || strings.ContainsAny(cells[0], " \t\r") {
		return model.Size{}, fmt.Errorf("%q is no size name", cells[0])
	}
	s := model.Size{Name: model.SizeName(namePrefix + cells[0]), Series: cells[1], GPUModel: cells[9]}
	series, ok := t.seriesByName[s.Series]
	if !ok {
		return s, fmt.Errorf("%s: unknown series %q", s.Name, s.Series)
	}
	s.Restriction, s.RetiredOn = series.Restriction, series.RetiredOn
	const disks = 3 // the first of the numbers that may be missing
	for i, n := range []*int{&s.VCPUs, &s.GPUs, &s.MemoryMiB, &s.OSDiskMB, &s.ResourceMB} {
		cell := cells[2+i]
		if cell == "" && i >= disks {
			continue // unknown, which Size has no other word for than 0
		}
		var err error
		if *n, err = whole(cell); err != nil {
			return s, fmt.Errorf("%s: column %d: %w", s.Name, 3+i, err)
		}
	}
	if s.VCPUs == 0 || s.MemoryMiB == 0 {
		return s, fmt.Errorf("%s: no vCPUs or no memory", s.Name)
	}
	if err := setFlags(&s, cells[7]); err != nil {
		return s, fmt.Errorf("%s: %w", s.Name, err)
	}
	combination, ok := types[cells[8]]
	if !ok {
		var err error
		if combination, err = computeTypes(cells[8]); err != nil {
			return s, fmt.Errorf("%s: %w", s.Name, err)
		}
		types[cells[8]] = combination
	}
	s.ComputeTypes = combination
	return s, nil
}
