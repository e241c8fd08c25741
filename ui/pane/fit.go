package pane

import "github.com/charmbracelet/x/ansi"

// gutter is the room in front of a row: cursor bar, mark, a blank.
const gutter = 3

// measure is what a column needs to know of itself to be fitted.
type measure struct {
	min, max, grow, drop int
	align                Align
}

// slot is a column with its place on the screen.
type slot struct {
	column, width int
	align         Align
}

func measureOf[R any](c Column[R]) measure {
	m := measure{min: c.Min, max: c.Max, grow: c.Grow, drop: c.Drop, align: c.Align}
	if m.min <= 0 {
		m.min = max(ansi.StringWidth(c.Title), 1)
	}
	m.max = max(m.max, m.min)
	return m
}

// gap is the room between columns.
func gap(width int) int {
	if width < 80 {
		return 1
	}
	return 2
}

// fit chooses the columns for a width, and how wide each is. It depends on
// nothing but the declaration and the width, so columns never jump. Columns go
// by their drop order until the rest fits; the rest shares what is to spare by
// Grow, and what the growing leave goes to those that could be wider. Scrolled
// to the right, nothing is dropped: columns begin skip after the first, which
// stays.
func fit(columns []measure, width, skip int) []slot {
	room := width - gutter
	if room <= 0 || len(columns) == 0 {
		return nil
	}
	list := make([]slot, 0, len(columns))
	for i, m := range columns {
		if i == 0 || i > skip {
			list = append(list, slot{column: i, width: m.min, align: m.align})
		}
	}
	if skip == 0 {
		list = drop(list, columns, room, gap(width))
	}
	list = clip(list, room, gap(width))
	spread(list, columns, room-breadth(list, gap(width)))
	return list
}

// breadth is the width of slots and the gaps between them.
func breadth(list []slot, gap int) int {
	n := gap * max(len(list)-1, 0)
	for _, s := range list {
		n += s.width
	}
	return n
}

// drop takes columns away, highest Drop first and the rightmost of equals,
// until the rest fits or none may go.
func drop(list []slot, columns []measure, room, gap int) []slot {
	for breadth(list, gap) > room {
		worst := -1
		for i, s := range list {
			if d := columns[s.column].drop; d > 0 && i > 0 && (worst < 0 || d >= columns[list[worst].column].drop) {
				worst = i
			}
		}
		if worst < 0 {
			return list
		}
		list = append(list[:worst], list[worst+1:]...)
	}
	return list
}

// clip keeps the slots that fit, and cuts the second if not even that one does.
func clip(list []slot, room, gap int) []slot {
	if list[0].width > room {
		list[0].width = room
	}
	used := list[0].width
	for i := 1; i < len(list); i++ {
		left := room - used - gap
		if list[i].width > left {
			if i == 1 && left > 0 {
				list[i].width = left
				return list[:2]
			}
			return list[:i]
		}
		used += gap + list[i].width
	}
	return list
}

// spread gives spare room to the columns that grow, by their shares, then to
// the others, up to the widest each may be.
func spread(list []slot, columns []measure, spare int) {
	for spare > 0 {
		shares := 0
		for _, s := range list {
			if s.width < columns[s.column].max {
				shares += columns[s.column].grow
			}
		}
		if shares == 0 {
			break
		}
		given := 0
		for i := range list {
			m := columns[list[i].column]
			part := min(spare*m.grow/shares, m.max-list[i].width)
			list[i].width += part
			given += part
		}
		if given == 0 { // less than a cell for each share: one by one
			for i := range list {
				m := columns[list[i].column]
				if m.grow > 0 && list[i].width < m.max && given < spare {
					list[i].width++
					given++
				}
			}
		}
		spare -= given
	}
	for i := range list {
		part := min(max(spare, 0), columns[list[i].column].max-list[i].width)
		list[i].width += part
		spare -= part
	}
}

// maxSkip is how far one can scroll to the right: until the last column is in
// sight. It is 0 if all are from the start.
func maxSkip(columns []measure, width int) int {
	if width-gutter <= 0 || len(fit(columns, width, 0)) == len(columns) {
		return 0
	}
	for skip := 1; skip < len(columns)-1; skip++ {
		list := fit(columns, width, skip)
		if list[len(list)-1].column == len(columns)-1 {
			return skip
		}
	}
	return max(len(columns)-2, 0)
}
