package pane

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
	all := true
	for pos := range t.shown.order {
		if _, marked := t.marks[t.spec.Key(t.row(pos))]; !marked {
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

// pruneMarks drops the marks of rows that are gone.
func (t *table[R, K]) pruneMarks() {
	for key := range t.marks {
		if t.shown.find(key, t.spec.Key) < 0 {
			delete(t.marks, key)
		}
	}
	t.countMarks()
}

// countMarks adds up what the marked rows cost.
func (t *table[R, K]) countMarks() {
	t.marked = entry{}
	for key := range t.marks {
		t.marked.add(t.cost(key))
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

// markedRows are the indexes of the marked rows: those shown first, in their
// order, then those hidden.
func (t *table[R, K]) markedRows() []int32 {
	rows := make([]int32, 0, len(t.marks))
	var hidden []int32
	for key := range t.marks {
		row := t.shown.find(key, t.spec.Key)
		switch {
		case row < 0:
		case t.shown.where[row] < 0:
			hidden = append(hidden, int32(row))
		default:
			rows = append(rows, int32(row))
		}
	}
	sortByPlace(rows, t.shown.where)
	sortByPlace(hidden, t.shown.rank)
	return append(rows, hidden...)
}
