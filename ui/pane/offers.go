package pane

import (
	"errors"
	"fmt"
	"slices"

	"github.com/amltop/amltop/model"
)

// ErrNoRow says that there is no row to act on.
var ErrNoRow = errors.New("no row is selected")

// offerMemo keeps the offers for many marked rows: they are asked for on each
// key, and change with marks, rows and snapshots only.
type offerMemo struct {
	snap   *model.Snapshot
	offers []Offer
}

func (t *table[R, K]) Selected(env Env) (Selection, bool) {
	if len(t.shown.order) == 0 {
		return Selection{}, false
	}
	return t.selection(t.row(t.cursor.pos)), true
}

func (t *table[R, K]) Visible(Env) []Selection {
	top := t.cursor.top
	end := min(top+t.body(), len(t.shown.order))
	list := make([]Selection, 0, max(end-top, 0))
	for pos := top; pos < end; pos++ {
		list = append(list, t.selection(t.row(pos)))
	}
	return list
}

func (t *table[R, K]) RowAt(y int) (id string, ok bool) {
	pos := t.cursor.top + y - 1
	if y < 1 || y >= t.height || pos >= len(t.shown.order) {
		return "", false
	}
	return idOf(t.spec.Key(t.row(pos))), true
}

// selection erases a row's type.
func (t *table[R, K]) selection(r R) Selection {
	s := Selection{Pane: t.spec.Name, ID: idOf(t.spec.Key(r)), Row: r}
	s.Name = s.ID
	if t.spec.Label != nil {
		s.Name = t.spec.Label(r)
	}
	if t.spec.ARMID != nil {
		s.ARMID = t.spec.ARMID(r)
	}
	if t.spec.Where != nil {
		s.Workspace = t.spec.Where(r)
	}
	if t.spec.Open != nil {
		s.Drill = t.spec.Open(r)
	}
	return s
}

func (t *table[R, K]) Offers(env Env) []Offer {
	if len(t.marks) > 1 && t.memo.offers != nil && t.memo.snap == env.Snap {
		return t.memo.offers
	}
	rows := t.inPlace(t.markedRows())
	if len(rows) == 0 && len(t.shown.order) > 0 {
		rows = []int32{t.shown.order[t.cursor.pos]}
	}
	offers := make([]Offer, 0, len(t.spec.Actions))
	for i := range t.spec.Actions {
		a := &t.spec.Actions[i]
		if a.Mutates && env.Snap != nil && env.Snap.ReadOnly {
			continue
		}
		offers = append(offers, t.offer(a, rows, env))
	}
	t.memo = offerMemo{snap: env.Snap, offers: offers}
	return offers
}

// offer asks each row whether it allows the action.
func (t *table[R, K]) offer(a *Action[R], rows []int32, env Env) Offer {
	o := Offer{ID: a.ID, Title: a.Title, Mutates: a.Mutates, Form: a.Command == nil}
	if a.Rowless {
		return o
	}
	if len(rows) == 0 {
		o.Err = ErrNoRow
		return o
	}
	if len(rows) > 1 && !a.Bulk {
		o.Err = fmt.Errorf("one at a time: %d rows are marked", len(rows))
		return o
	}
	for _, row := range rows {
		r := t.shown.rows[row]
		if a.Allowed != nil {
			if err := a.Allowed(r, env); err != nil {
				o.Refused = append(o.Refused, Refused{Name: t.selection(r).Name, Err: err})
				continue
			}
		}
		o.Rows = append(o.Rows, t.selection(r))
		if a.Command != nil {
			o.Commands = append(o.Commands, a.Command(r, env))
		}
	}
	if len(o.Rows) == 0 {
		o.Err = o.Refused[0].Err
	}
	return o
}

func (t *table[R, K]) Records(env Env) (header []string, rows [][]string) {
	header = slices.Clone(t.ids)
	rows = make([][]string, 0, len(t.shown.order))
	for pos := range t.shown.order {
		r := t.row(pos)
		texts := make([]string, len(t.ids))
		for i := range t.ids {
			texts[i] = t.spec.cell(i, r, env).Text
		}
		rows = append(rows, texts)
	}
	return header, rows
}
