package pane

import (
	"cmp"
	"reflect"
	"strings"
)

// record is a row in the eyes of a filter.
type record[R any, K cmp.Ordered] struct {
	spec *Spec[R, K]
	env  Env
	row  R
	all  string
}

func (r *record[R, K]) column(id string) int {
	for i := range r.spec.Columns {
		if r.spec.Columns[i].ID == id {
			return i
		}
	}
	return -1
}

// Text is what the column shows, and what it means where that reads otherwise:
// a cell may shorten.
func (r *record[R, K]) Text(id string) string {
	i := r.column(id)
	if i < 0 {
		return ""
	}
	text := r.spec.cell(i, r.row, r.env).Text
	if r.spec.Columns[i].Value != nil {
		if v := r.spec.Columns[i].Value(r.row, r.env); v.Kind == KindText && v.Text != text {
			if text == "" {
				return v.Text
			}
			return text + "\n" + v.Text
		}
	}
	return text
}

func (r *record[R, K]) Number(id string) (float64, bool) {
	i := r.column(id)
	if i < 0 {
		return 0, false
	}
	v := r.spec.value(i, r.row, r.env)
	return v.Number, v.Kind == KindNumber
}

func (r *record[R, K]) All() string { return r.all }

// write makes the texts of every row. Rows that are the same pointer as before
// keep theirs: earlier may be nil.
func (d *dataset[R, K]) write(s *Spec[R, K], env Env, earlier *dataset[R, K]) {
	d.basis = basisOf(env)
	d.texts = make([]string, len(d.rows))
	reuse := earlier != nil && earlier.texts != nil && earlier.basis == d.basis
	r := record[R, K]{spec: s, env: env}
	var b []byte
	next := 0 // where in earlier the same row is looked for
	for i, row := range d.rows {
		if reuse {
			if at := sameRow(earlier.rows, next, row); at >= 0 {
				d.texts[i], next = earlier.texts[at], at+1
				continue
			}
		}
		r.row = row
		b = r.join(b[:0])
		d.texts[i] = string(b)
	}
}

// join appends the row's texts, a line each.
func (r *record[R, K]) join(b []byte) []byte {
	if r.spec.Label != nil {
		b = append(b, r.spec.Label(r.row)...)
	}
	for i := range r.spec.Columns {
		text := r.spec.cell(i, r.row, r.env).Text
		if text == "" || text == "–" {
			continue
		}
		b = append(append(b, '\n'), text...)
		if f := r.spec.Columns[i].Value; f != nil {
			if v := f(r.row, r.env); v.Kind == KindText && !strings.EqualFold(v.Text, text) {
				b = append(append(b, '\n'), v.Text...)
			}
		}
	}
	return b
}

// sameRow finds a row in a list by being the same pointer, from i on and not
// far; -1 if it is not there. Rows that are no pointers are never the same.
func sameRow[R any](list []R, i int, row R) int {
	if reflect.TypeFor[R]().Kind() != reflect.Pointer {
		return -1
	}
	for end := min(i+32, len(list)); i < end; i++ {
		if any(list[i]) == any(row) {
			return i
		}
	}
	return -1
}
