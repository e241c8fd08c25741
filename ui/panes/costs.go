package panes

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/chart"
	"github.com/amltop/amltop/ui/costs"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// shareWidth is how wide the bars of the cost pane are.
const shareWidth = 14

// Costs is the pane of what costs, by whom or by what. Its rows are those of a
// book, which is worked out elsewhere; ascii draws without block characters.
func Costs(rows func() []*costs.Row, ascii bool) pane.Spec[*costs.Row, string] {
	type row = *costs.Row
	spent := func(c pane.Column[row], get func(row, pane.Env) money) pane.Column[row] { return cost(c, get) }
	return pane.Spec[row, string]{
		Name: "cost", Title: "costs", Section: model.SectionComputes,
		Rows:  func(*model.Snapshot) []row { return rows() },
		Key:   row.ID,
		Label: func(r row) string { return r.Name },
		Tally: func(r row) model.Tally { return r.Tally },
		Open:  costDrill,
		Sort:  "burn",
		Feed:  true,
		Empty: "Nothing has cost anything yet.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "NAME", Min: 14, Max: 32, Grow: 2},
				func(r row, _ pane.Env) string { return r.Name }),
			word(pane.Column[row]{ID: "workspace", Title: "WORKSPACE", Min: 9, Max: 20, Grow: 1, Drop: 7},
				func(r row, _ pane.Env) string { return r.Where }),
			whole(pane.Column[row]{ID: "targets", Title: "TARGETS", Min: 7, Drop: 6},
				func(r row, _ pane.Env) (int, bool) { return r.Tally.Targets, true }),
			spent(pane.Column[row]{ID: "burn", Title: "$/H", Min: 8, Max: 11}, costBurn),
			{ID: "share", Title: "OF THE DEAREST", Min: shareWidth, Drop: 3, Desc: true,
				Cell: func(r row, _ pane.Env) pane.Cell {
					return pane.Cell{Text: chart.Chart{ASCII: ascii}.Meter(model.Money(r.Share), 1000, shareWidth), Tone: theme.Accent}
				},
				Value: func(r row, _ pane.Env) pane.Value { return number(float64(r.Share) / 1000) }},
			spent(pane.Column[row]{ID: "idle", Title: "IDLE $/H", Min: 8, Max: 11, Drop: 4}, costIdle),
			spent(pane.Column[row]{ID: "today", Title: "TODAY", Min: 9, Max: 12, Drop: 2, Live: true},
				func(r row, env pane.Env) money { return soFar(r, r.Tally.Advance(env.Now, env.Zone).Today) }),
			spent(pane.Column[row]{ID: "month", Title: "MONTH", Min: 10, Max: 13, Drop: 1, Live: true},
				func(r row, env pane.Env) money { return soFar(r, r.Tally.Advance(env.Now, env.Zone).Month) }),
			spent(pane.Column[row]{ID: "recorded", Title: "RECORDED", Min: 10, Max: 13, Drop: 5}, costRecorded),
			spent(pane.Column[row]{ID: "billed", Title: "BILLED", Min: 10, Max: 13, Drop: 8}, costBilled),
		},
	}
}

func costBurn(r *costs.Row, _ pane.Env) money {
	switch t := r.Tally; {
	case t.Burn == 0 && t.Unpriced > 0:
		return money{}
	case t.Burn == 0:
		return money{None: true}
	default:
		return money{Amount: t.Burn, Currency: t.Currency, Known: true}
	}
}

func costIdle(r *costs.Row, _ pane.Env) money {
	return money{Amount: r.Idle, Currency: r.Tally.Currency, Known: true, None: r.Idle == 0}
}

// soFar is an amount spent; nothing where nothing was.
func soFar(r *costs.Row, m model.Money) money {
	return money{Amount: m, Currency: r.Tally.Currency, Known: m > 0 || r.Tally.Unpriced == 0, None: m == 0 && r.Tally.Unpriced == 0}
}

// costRecorded is what history has of the month, whether or not it is still
// there.
func costRecorded(r *costs.Row, _ pane.Env) money {
	if r.Recorded == nil {
		return money{None: true}
	}
	return money{Amount: r.Recorded.Total(), Currency: r.Tally.Currency, Known: true}
}

// costBilled is what Azure billed this month so far; unknown where its bill does
// not tell, or was not read.
func costBilled(r *costs.Row, _ pane.Env) money {
	if r.Billed == nil {
		return money{None: true}
	}
	return money{Amount: r.Billed.Amount, Currency: r.Billed.Currency, Known: !r.Billed.Mixed}
}

// costDrill leads to the rows behind a cost, on the pane that most of it is on.
func costDrill(r *costs.Row) pane.Drill {
	if r.Pane == "" {
		return pane.Drill{} // of the past only
	}
	switch r.By {
	case model.CostByTarget:
		id, _ := costs.KeyOf(r.Target)
		return pane.Drill{Pane: r.Pane, Row: id.Key}
	case model.CostByOwner:
		if r.Key == "" {
			return pane.Drill{Pane: r.Pane}
		}
		return pane.Drill{Pane: r.Pane, Filter: exactly("owner", r.Key)}
	case model.CostByWorkspace:
		return pane.Drill{Pane: r.Pane, Filter: exactly("workspace", r.Name)}
	case model.CostBySubscription:
		return pane.Drill{Pane: r.Pane, Filter: "workspace:^(" + strings.Join(r.Spaces, "|") + ")$"}
	default:
		return pane.Drill{Pane: r.Pane, Filter: `size:^(` + strings.Join(r.Sizes, "|") + `)\b`}
	}
}
