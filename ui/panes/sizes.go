package panes

import (
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// Sizes is the pane of VM sizes: what they are, cost, and who may use them.
func Sizes() pane.Spec[*model.Size, string] {
	type row = *model.Size
	return pane.Spec[row, string]{
		Name: "sizes", Title: "VM sizes", Section: model.SectionSizes,
		Rows:  func(s *model.Snapshot) []row { return s.Sizes },
		Key:   func(z row) string { return z.Name.Key() + "@" + model.Fold(z.Location) },
		Label: func(z row) string { return z.Name.Short() },
		Sort:  "name",
		Empty: "No VM sizes: no region has been read yet.",
		Columns: []pane.Column[row]{
			word(pane.Column[row]{ID: "name", Title: "SIZE", Min: 14, Max: 24, Grow: 2},
				func(z row, _ pane.Env) string { return z.Name.Short() }),
			locationColumn(func(z row) string { return z.Location }, 11),
			word(pane.Column[row]{ID: "series", Title: "SERIES", Min: 7, Max: 16, Grow: 1, Drop: 7},
				func(z row, _ pane.Env) string { return z.Series }),
			whole(pane.Column[row]{ID: "vcpus", Title: "VCPU", Min: 4, Drop: 2},
				func(z row, _ pane.Env) (int, bool) { return z.VCPUs, z.VCPUs > 0 }),
			whole(pane.Column[row]{ID: "gpus", Title: "GPU", Min: 3, Drop: 3},
				func(z row, _ pane.Env) (int, bool) { return z.GPUs, true }),
			word(pane.Column[row]{ID: "gpu_model", Title: "GPU MODEL", Min: 16, Max: 20, Drop: 6},
				func(z row, _ pane.Env) string { return z.GPUModel }),
			memoryColumn(),
			cost(pane.Column[row]{ID: "price", Title: "$/H", Min: 7, Max: 9},
				func(z row, _ pane.Env) money { return priced(z.Standard) }),
			cost(pane.Column[row]{ID: "low_price", Title: "LOW $/H", Min: 7, Max: 9, Drop: 5},
				func(z row, _ pane.Env) money { return priced(z.LowPriority) }),
			{ID: "restriction", Title: "RESTRICTION", Min: 17, Drop: 4,
				Cell: restrictionCell, Value: func(z row, _ pane.Env) pane.Value { return text(string(z.Restriction)) }},
			yesNo(pane.Column[row]{ID: "isolated", Title: "ISOLATED", Min: 8, Drop: 8}, func(z row) bool { return z.Isolated }),
			yesNo(pane.Column[row]{ID: "rdma", Title: "RDMA", Min: 4, Drop: 9}, func(z row) bool { return z.RDMA }),
			yesNo(pane.Column[row]{ID: "low_priority", Title: "LOW PRIO", Min: 8, Drop: 10}, func(z row) bool { return z.LowPriorityCapable }),
			{ID: "retired", Title: "RETIRES", Min: 10, Max: 15, Drop: 1, Cell: retiredCell, Value: func(z row, _ pane.Env) pane.Value { return moment(z.RetiredOn) }},
			word(pane.Column[row]{ID: "types", Title: "COMPUTE TYPES", Min: 12, Max: 44, Grow: 1, Drop: 12},
				func(z row, _ pane.Env) string { return strings.Join(z.ComputeTypes, " ") }),
			word(pane.Column[row]{ID: "family", Title: "FAMILY", Min: 12, Max: 30, Grow: 1, Drop: 13},
				func(z row, _ pane.Env) string { return familyName(z.Family) }),
			yesNo(pane.Column[row]{ID: "recorded", Title: "LISTED", Min: 6, Drop: 14}, func(z row) bool { return z.Recorded }),
		},
	}
}

func priced(p model.Price) money {
	return money{Amount: p.PerHour, Currency: p.Currency, Known: p.Known(), Price: true}
}

func memoryColumn() pane.Column[*model.Size] {
	return pane.Column[*model.Size]{
		ID: "memory", Title: "GIB", Min: 6, Align: pane.Right, Drop: 2, Desc: true,
		Cell: func(z *model.Size, _ pane.Env) pane.Cell {
			if z.MemoryMiB == 0 {
				return unknown
			}
			return pane.Cell{Text: strconv.FormatFloat(z.MemoryGiB(), 'f', -1, 64)}
		},
		Value: func(z *model.Size, _ pane.Env) pane.Value {
			if z.MemoryMiB == 0 {
				return pane.Value{}
			}
			return number(z.MemoryGiB())
		},
	}
}

func restrictionCell(z *model.Size, _ pane.Env) pane.Cell {
	switch z.Restriction {
	case model.RestrictionNone:
		return pane.Cell{Text: "none", Tone: theme.Dim}
	case model.RestrictionUnknown:
		return unknown
	default:
		return pane.Cell{Text: string(z.Restriction), Tone: theme.Warn}
	}
}

// retiring is how near a retirement date is when it begins to stand out.
const retiring = 365 * 24 * time.Hour

func retiredCell(z *model.Size, env pane.Env) pane.Cell {
	if z.RetiredOn.IsZero() {
		return nothing
	}
	cell := pane.Cell{Text: z.RetiredOn.Format(time.DateOnly)}
	switch left := z.RetiredOn.Sub(env.Now); {
	case left <= 0:
		cell = pane.Cell{Text: cell.Text + " gone", Tone: theme.Bad}
	case left < retiring:
		cell.Tone = theme.Warn
	}
	return cell
}
