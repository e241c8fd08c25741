package pane

import (
	"cmp"
	"strings"
	"unicode/utf8"
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
	text, meant := r.texts(i)
	if meant == "" {
		return text
	}
	return text + "\n" + meant
}

// texts are what a column shows, "" if that is nothing but a dash, and what
// it means, "" if that is the same.
func (r *record[R, K]) texts(column int) (text, meant string) {
	text = r.spec.cell(column, r.row, r.env).Text
	if dash(text) {
		text = ""
	}
	if f := r.spec.Columns[column].Value; f != nil {
		if v := f(r.row, r.env); v.Kind == KindText && !strings.EqualFold(v.Text, text) {
			meant = v.Text
		}
	}
	return text, meant
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

// write makes the texts of every row, in lower case.
func (d *dataset[R, K]) write(s *Spec[R, K], env Env) {
	texts := make([]string, len(d.rows))
	split(len(d.rows), func(_, from, to int) {
		r := record[R, K]{spec: s, env: env}
		var b []byte
		for i := from; i < to; i++ {
			r.row = d.rows[i]
			b = r.join(b[:0])
			texts[i] = lowerText(b)
		}
	})
	d.texts = texts
}

// text makes the text of one row.
func (d *dataset[R, K]) text(s *Spec[R, K], row int32, env Env) string {
	r := record[R, K]{spec: s, env: env, row: d.rows[row]}
	return lowerText(r.join(nil))
}

// lowerText is a text in lower case. It is written to in place if it can be.
func lowerText(b []byte) string {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return strings.ToLower(string(b))
		}
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// join appends the row's texts, a line each.
func (r *record[R, K]) join(b []byte) []byte {
	if r.spec.Label != nil {
		b = append(b, r.spec.Label(r.row)...)
	}
	for i := range r.spec.Columns {
		text, meant := r.texts(i)
		if text != "" {
			b = append(append(b, '\n'), text...)
		}
		if meant != "" {
			b = append(append(b, '\n'), meant...)
		}
	}
	return b
}
