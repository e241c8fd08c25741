package main

import (
	"fmt"
	"slices"
	"strings"
)

const seriesHead = `# VM series: the 16 of the reference table first, then the others. Written by gen; do not edit.
# series | family | restriction (none, approval) | category | GPU architecture | least CUDA | compute types | retirement date | status (announced, retired)
# An empty cell is unknown; an empty restriction means that the reference table does not list the series.
`

// familyOf maps each series to its one family, and fails when a series has two
// or two series share one: a size's series is derived from its family.
func familyOf(sizes []record) (map[string]string, error) {
	families := make(map[string]string)
	owner := make(map[string]string)
	for _, r := range sizes {
		c, err := r.all("series", "family")
		if err != nil {
			return nil, err
		}
		series, family := c[0], c[1]
		if had, ok := families[series]; ok && had != family {
			return nil, r.errorf("series %s has families %q and %q", series, had, family)
		}
		if had, ok := owner[strings.ToLower(family)]; ok && had != series {
			return nil, r.errorf("family %q belongs to series %s and %s", family, had, series)
		}
		families[series] = family
		owner[strings.ToLower(family)] = series
	}
	return families, nil
}

func seriesTable(series []record, families map[string]string) (string, error) {
	var listed, others []string
	for _, r := range series {
		row, restricted, err := seriesRow(r, families)
		if err != nil {
			return "", err
		}
		if restricted {
			listed = append(listed, row)
		} else {
			others = append(others, row)
		}
	}
	return seriesHead + strings.Join(slices.Concat(listed, others), "\n") + "\n", nil
}

func seriesRow(r record, families map[string]string) (row string, listed bool, err error) {
	c, err := r.all("series", "restriction_2020", "category", "gpu_architecture", "cuda_min",
		"supported_by_today", "retired", "retirement_status")
	if err != nil {
		return "", false, err
	}
	family, ok := families[c[0]]
	if !ok {
		return "", false, r.errorf("series %s has no size", c[0])
	}
	restriction, ok := map[string]string{"": "", "none": "none", "requires approval": "approval"}[c[1]]
	if !ok {
		return "", false, r.errorf("unknown restriction %q", c[1])
	}
	types := ""
	for t := range strings.SplitSeq(c[5], ";") {
		l, ok := typeLetters[t]
		if !ok {
			return "", false, fmt.Errorf("supported_by_today: %w", r.errorf("unknown %q", t))
		}
		types += l
	}
	return strings.Join([]string{
		c[0], family, restriction, c[2], c[3], c[4], types, c[6], c[7],
	}, "|"), restriction != "", nil
}
