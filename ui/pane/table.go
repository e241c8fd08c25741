package pane

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
)

// table is the one implementation of [Pane]. Only the event loop touches it;
// derivations in the background work on copies.
type table[R any, K cmp.Ordered] struct {
	spec     Spec[R, K]
	ids      []string  // of the columns, in order
	measures []measure // of the columns, in order

	data  dataset[R, K] // the newest rows
	query query         // what is to be shown of them
	shown listing[R, K] // what is shown: of the newest rows, or of those before

	gen     uint64         // of the newest derivation asked for
	applied uint64         // of the one that made shown
	latest  *atomic.Uint64 // generation of the newest query; derivations for older ones give up

	width, height int
	skip          int // columns scrolled past, right of the first
	cursor        cursor[K]
	marks         map[K]struct{}
	markAll       bool  // asked for while the rows shown were not yet those asked for
	marked        purse // cost of the marked rows
	ticks         int
	memo          offerMemo
}

// query is what a user chose to see.
type query struct {
	gen  uint64
	text string // the filter as typed
	expr filter.Expr
	sort int // index of the column; -1: as the rows come
	desc bool
}

// New makes a pane of a declaration.
func New[R any, K cmp.Ordered](spec Spec[R, K]) Pane {
	t := &table[R, K]{
		spec:   spec,
		query:  query{sort: -1},
		latest: new(atomic.Uint64),
		marks:  make(map[K]struct{}),
	}
	for i, c := range spec.Columns {
		t.ids = append(t.ids, c.ID)
		t.measures = append(t.measures, measureOf(c))
		if c.ID == spec.Sort {
			t.query.sort, t.query.desc = i, c.Desc
		}
	}
	return t
}

func (t *table[R, K]) Name() string              { return t.spec.Name }
func (t *table[R, K]) Title() string             { return t.spec.Title }
func (t *table[R, K]) Section() model.SectionKey { return t.spec.Section }

func (t *table[R, K]) Counts() (shown, total int) {
	return len(t.shown.order), len(t.shown.rows)
}

func (t *table[R, K]) Columns() []ColumnInfo {
	slots := fit(t.measures, t.width, t.skip)
	list := make([]ColumnInfo, len(t.spec.Columns))
	for i, c := range t.spec.Columns {
		inSight := slices.ContainsFunc(slots, func(s slot) bool { return s.column == i })
		list[i] = ColumnInfo{ID: c.ID, Title: c.Title, Shown: inSight || t.width == 0}
	}
	return list
}

func (t *table[R, K]) Resize(width, height int) {
	t.width, t.height = max(width, 0), max(height, 0)
	t.skip = min(t.skip, maxSkip(t.measures, t.width))
	t.cursor.top = scrollTo(t.cursor.top, t.cursor.pos, t.body(), len(t.shown.order))
}

// body is how many rows are in sight.
func (t *table[R, K]) body() int { return max(t.height-1, 1) }

// row is the row shown at a position.
func (t *table[R, K]) row(pos int) R { return t.shown.rows[t.shown.order[pos]] }

// cell is what a column shows of a row.
func (s *Spec[R, K]) cell(column int, r R, env Env) Cell {
	if f := s.Columns[column].Cell; f != nil {
		return f(r, env)
	}
	return Cell{}
}

// value is a column's typed value of a row. A column that declares none is
// worth its text; a dash stands for unknown.
func (s *Spec[R, K]) value(column int, r R, env Env) Value {
	if f := s.Columns[column].Value; f != nil {
		return f(r, env)
	}
	text := s.cell(column, r, env).Text
	if dash(text) {
		return Value{}
	}
	return Value{Kind: KindText, Text: text}
}

// dash reports whether a text only says that there is nothing to say.
func dash(text string) bool {
	switch strings.TrimSpace(text) {
	case "", "–", "-", "?":
		return true
	default:
		return false
	}
}
