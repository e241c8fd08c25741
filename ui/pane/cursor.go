package pane

import (
	"cmp"
	"fmt"
	"reflect"
)

// cursor is on a row by its identity; its position follows from that.
type cursor[K cmp.Ordered] struct {
	key   K
	on    bool // key is set
	moved bool // by the user
	pos   int  // in the order shown
	top   int  // first position in sight
}

// follow puts the cursor where its row went. If the row is gone it goes to the
// nearest one left. If all rows are gone it remembers, in case they come back.
func (t *table[R, K]) follow(before *listing[R, K], env Env) {
	c, n := &t.cursor, len(t.shown.order)
	if n == 0 {
		c.pos, c.top = 0, 0
		return
	}
	offset := c.pos - c.top
	switch pos := t.whereTo(before, env); {
	case c.top == 0:
		c.pos = pos
	default:
		c.pos, c.top = pos, pos-offset
	}
	c.key, c.on = t.spec.Key(t.row(c.pos)), true
	c.top = scrollTo(c.top, c.pos, t.body(), n)
}

// whereTo is the new position of the cursor.
func (t *table[R, K]) whereTo(before *listing[R, K], env Env) int {
	c, n := &t.cursor, len(t.shown.order)
	if !c.on || (!c.moved && (t.spec.Feed || t.loading(env))) {
		return 0
	}
	if pos := t.shown.position(c.key, t.spec.Key); pos >= 0 {
		return pos
	}
	const far = 2048 // rows looked at in search of a neighbour
	for i := c.pos + 1; i < len(before.order) && i < c.pos+far; i++ {
		if pos := t.shown.position(t.spec.Key(before.rows[before.order[i]]), t.spec.Key); pos >= 0 {
			return pos
		}
	}
	for i := min(c.pos, len(before.order)) - 1; i >= 0 && i > c.pos-far; i-- {
		if pos := t.shown.position(t.spec.Key(before.rows[before.order[i]]), t.spec.Key); pos >= 0 {
			return pos
		}
	}
	return min(c.pos, n-1)
}

// loading reports whether the first answers of the section are still coming
// in. Until they are there, a cursor nobody moved stays on the first row.
func (t *table[R, K]) loading(env Env) bool {
	if env.Snap == nil {
		return false
	}
	for _, part := range env.Snap.Parts[t.spec.Section] {
		if part.AsOf.IsZero() && part.Err == nil {
			return true
		}
	}
	return false
}

// scrollTo is the first position in sight that keeps pos in sight, as near to
// top as can be.
func scrollTo(top, pos, body, n int) int {
	top = min(top, pos)
	top = max(top, pos-body+1)
	return max(min(top, n-body), 0)
}

func (t *table[R, K]) Move(motion string) bool {
	body := t.body()
	pos := t.cursor.pos
	switch motion {
	case "up":
		pos--
	case "down":
		pos++
	case "pgup":
		pos -= body
	case "pgdown":
		pos += body
	case "halfup":
		pos -= max(body/2, 1)
	case "halfdown":
		pos += max(body/2, 1)
	case "home":
		pos = 0
	case "end":
		pos = len(t.shown.order) - 1
	case "left":
		t.skip = max(t.skip-1, 0)
		return true
	case "right":
		t.skip = min(t.skip+1, maxSkip(t.measures, t.width))
		return true
	default:
		return false
	}
	t.moveTo(pos)
	return true
}

// moveTo puts the cursor on the row at a position, or the nearest there is.
func (t *table[R, K]) moveTo(pos int) {
	n := len(t.shown.order)
	if n == 0 {
		return
	}
	c := &t.cursor
	c.pos = max(min(pos, n-1), 0)
	c.key, c.on, c.moved = t.spec.Key(t.row(c.pos)), true, true
	c.top = scrollTo(c.top, c.pos, t.body(), n)
}

func (t *table[R, K]) Select(id string) bool {
	pos := -1
	if k, ok := keyOf[K](id); ok {
		pos = t.shown.position(k, t.spec.Key)
	} else {
		for i := range t.shown.order {
			if idOf(t.spec.Key(t.row(i))) == id {
				pos = i
				break
			}
		}
	}
	if pos < 0 {
		return false
	}
	t.moveTo(pos)
	return true
}

// idOf writes an identity as text.
func idOf[K cmp.Ordered](k K) string {
	if v := reflect.ValueOf(k); v.Kind() == reflect.String {
		return v.String()
	}
	return fmt.Sprint(k)
}

// keyOf reads an identity that is text; ok is false for identities that are
// numbers.
func keyOf[K cmp.Ordered](id string) (k K, ok bool) {
	v := reflect.ValueOf(&k).Elem()
	if v.Kind() != reflect.String {
		return k, false
	}
	v.SetString(id)
	return k, true
}
