package panes

import (
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// From which share of a limit on a quota stands out.
const (
	quotaTight = 80
	quotaFull  = 95
)

// Quota is the pane of limits on vCPUs and counts, by region.
func Quota() pane.Spec[*model.Quota, string] {
	type row = *model.Quota
	return pane.Spec[row, string]{
		Name: "quota", Title: "quota", Section: model.SectionQuotas,
		Rows:  func(s *model.Snapshot) []row { return s.Quotas },
		Key:   func(q row) string { return q.ID },
		Label: func(q row) string { return q.Name },
		Scope: func(q row) string { return string(q.Subscription) + "/" + model.RegionKey(q.Location) },
		Open:  quotaSizes,
		Sort:  "share",
		Empty: "No quota: no region has been read yet.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 16, Max: 44, Grow: 3},
				func(q row, _ pane.Env) string { return q.Name }),
			word(pane.Column[row]{ID: "family", Title: "FAMILY", Min: 12, Max: 30, Grow: 1, Drop: 5},
				func(q row, _ pane.Env) string { return familyName(q.Family) }),
			word(pane.Column[row]{ID: "priority", Title: "PRIORITY", Min: 9, Max: 11, Drop: 4},
				func(q row, _ pane.Env) string { return quotaPriority(q.Priority) }),
			whole(pane.Column[row]{ID: "used", Title: "USED", Min: 6, Drop: 2},
				func(q row, _ pane.Env) (int, bool) { return int(q.Used), true }),
			limitColumn(),
			{ID: "share", Title: "%", Min: 9, Align: pane.Right, Desc: true, Cell: shareCell, Value: shareValue},
			word(pane.Column[row]{ID: "unit", Title: "UNIT", Min: 5, Max: 8, Drop: 7},
				func(q row, _ pane.Env) string { return q.Unit }),
			locationColumn(func(q row) string { return q.Location }, 1),
			word(pane.Column[row]{ID: "subscription", Title: "SUBSCRIPTION", Min: 10, Max: 24, Grow: 1, Drop: 3},
				func(q row, env pane.Env) string { return subscriptionName(env.Snap, q.Subscription) }),
		},
	}
}

// quotaSizes leads to the VM sizes that a family's quota limits.
func quotaSizes(q *model.Quota) pane.Drill {
	if q.Family == "" {
		return pane.Drill{}
	}
	return pane.Drill{Pane: "sizes", Filter: exactly("family", familyName(q.Family)) + " " + exactly("location", q.Location)}
}

// familyName is a VM family as both panes show it: the service puts spaces into
// some of them, and not everywhere.
func familyName(family string) string { return strings.ReplaceAll(family, " ", "") }

func quotaPriority(p string) string {
	if model.Fold(p) == "lowpriority" {
		return "low"
	}
	return p
}

func limitColumn() pane.Column[*model.Quota] {
	return pane.Column[*model.Quota]{
		ID: "limit", Title: "LIMIT", Min: 6, Align: pane.Right, Desc: true,
		Cell: func(q *model.Quota, _ pane.Env) pane.Cell {
			if q.Limit < 0 {
				return pane.Cell{Text: "none", Tone: theme.Dim}
			}
			return pane.Cell{Text: strconv.FormatInt(q.Limit, 10)}
		},
		Value: func(q *model.Quota, _ pane.Env) pane.Value {
			if q.Limit < 0 {
				return pane.Value{}
			}
			return number(float64(q.Limit))
		},
	}
}

func shareCell(q *model.Quota, _ pane.Env) pane.Cell {
	share, ok := q.Share()
	switch {
	case !ok && q.Limit == 0:
		return pane.Cell{Text: "no quota", Tone: theme.Dim}
	case !ok:
		return nothing
	case share >= quotaFull:
		return pane.Cell{Text: strconv.Itoa(share) + " full", Tone: theme.Bad}
	case share >= quotaTight:
		return pane.Cell{Text: strconv.Itoa(share) + " tight", Tone: theme.Warn}
	default:
		return pane.Cell{Text: strconv.Itoa(share)}
	}
}

func shareValue(q *model.Quota, _ pane.Env) pane.Value {
	share, ok := q.Share()
	if !ok {
		return pane.Value{}
	}
	return number(float64(share))
}
