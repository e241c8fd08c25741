package pane

import (
	"cmp"
	"slices"
)

func (t *table[R, K]) Mark() {
	if len(t.shown.order) == 0 {
		return
	}
	key := t.cursor.key
	if _, marked := t.marks[key]; marked {
		delete(t.marks, key)
		t.marked.sub(t.cost(key))
	} else {
		t.marks[key] = struct{}{}
		t.marked.add(t.cost(key))
	}
	t.memo = offerMemo{}
	t.moveTo(t.cursor.pos + 1)
}

func (t *table[R, K]) MarkAll() {
	if t.Deriving() { // the rows in sight are not those the filter means
		t.markAll = !t.markAll
		return
	}
	all := true
	for pos := range t.shown.order {
		if !t.isMarked(pos) {
			all = false
			break
		}
	}
	for pos := range t.shown.order {
		if key := t.spec.Key(t.row(pos)); all {
			delete(t.marks, key)
		} else {
			t.marks[key] = struct{}{}
		}
	}
	t.countMarks()
}

func (t *table[R, K]) ClearMarks() bool {
	had := len(t.marks) > 0
	clear(t.marks)
	t.countMarks()
	return had
}

// Marks counts the marked rows, those the filter hides among them: marks are
// collected over several filters.
func (t *table[R, K]) Marks() int { return len(t.marks) }

// RangeMarker is a pane whose rows can be marked from one to another.
type RangeMarker interface {
	// MarkRange marks every row between the selected one and the nearest mark
	// above it, or below it if there is none above. It reports whether there
	// was one.
	MarkRange() bool
}

// MarkRange implements [RangeMarker].
func (t *table[R, K]) MarkRange() bool {
	from, to := -1, t.cursor.pos
	for pos := to; pos >= 0 && pos < len(t.shown.order) && from < 0; pos-- {
		if t.isMarked(pos) {
			from = pos
		}
	}
	for pos := to + 1; pos < len(t.shown.order) && from < 0; pos++ {
		if t.isMarked(pos) {
			from = pos
		}
	}
	if from < 0 {
		return false
	}
	for pos := min(from, to); pos <= max(from, to); pos++ {
		t.marks[t.spec.Key(t.row(pos))] = struct{}{}
	}
	t.countMarks()
	return true
}

func (t *table[R, K]) isMarked(pos int) bool {
	_, marked := t.marks[t.spec.Key(t.row(pos))]
	return marked
}

// pruneMarks drops the marks of rows that are gone.
func (t *table[R, K]) pruneMarks() {
	if len(t.marks) == 0 {
		return
	}
	rows := t.markedRows()
	if len(rows) < len(t.marks) {
		clear(t.marks)
		for _, row := range rows {
			t.marks[t.spec.Key(t.shown.rows[row])] = struct{}{}
		}
	}
	t.count(rows)
}

// countMarks adds up what the marked rows cost.
func (t *table[R, K]) countMarks() { t.count(t.markedRows()) }

func (t *table[R, K]) count(rows []int32) {
	t.marked = purse{}
	for _, row := range rows {
		t.marked.add(t.shown.ledger[row])
	}
	t.memo = offerMemo{}
}

// cost is what the row with an identity costs.
func (t *table[R, K]) cost(key K) entry {
	row := t.shown.find(key, t.spec.Key)
	if row < 0 || row >= len(t.shown.ledger) {
		return entry{}
	}
	return t.shown.ledger[row]
}

// markedRows are the indexes of the marked rows, in no order. A few marks are
// looked up each; for many, one pass over the rows is cheaper.
func (t *table[R, K]) markedRows() []int32 {
	rows := make([]int32, 0, len(t.marks))
	if len(t.marks) < len(t.shown.rows)/32 {
		for key := range t.marks {
			if row := t.shown.find(key, t.spec.Key); row >= 0 {
				rows = append(rows, int32(row))
			}
		}
		return rows
	}
	for i, r := range t.shown.rows {
		if len(t.marks) == 0 {
			break
		}
		if _, marked := t.marks[t.spec.Key(r)]; marked {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// inPlace puts rows in the order they are shown in; those the filter hides
// come last.
func (t *table[R, K]) inPlace(rows []int32) []int32 {
	slices.SortFunc(rows, func(a, b int32) int {
		// A hidden row is at -1: as an unsigned number, beyond all others.
		return cmp.Or(cmp.Compare(uint32(t.shown.where[a]), uint32(t.shown.where[b])), cmp.Compare(a, b))
	})
	return rows
}
