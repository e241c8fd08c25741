package pane

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// item is a row on its way through a sort: the value boiled down to a number
// that compares alike, so that most comparisons touch nothing else.
type item struct {
	lead uint64
	row  int32
	rank int32 // settles ties, in both directions: orders are total and stable
}

// sortRows returns every row in the order of a column: numbers, then texts
// without regard to case, then rows whose value is unknown, in either
// direction; without a column, as they come. hint is an order likely to be
// near, or nil.
func (d *dataset[R, K]) sortRows(s *Spec[R, K], by ordering, env Env, hint []int32) []int32 {
	if by.column < 0 {
		return identity(len(d.rows))
	}
	var numbers, texts, unknown []item
	if len(hint) != len(d.rows) {
		hint = d.byKey
	}
	var words []string // by row, in lower case
	numbers = make([]item, 0, len(d.rows))
	for i := range d.rows {
		row := int32(i)
		if hint != nil {
			row = hint[i]
		}
		it := item{row: row, rank: d.rankOf(row)}
		v := s.value(by.column, d.rows[row], env)
		switch {
		case v.Kind == KindNumber && !math.IsNaN(v.Number):
			it.lead = orderedBits(v.Number)
			numbers = append(numbers, it)
		case v.Kind == KindText && v.Text != "":
			if words == nil {
				words = make([]string, len(d.rows))
			}
			words[row] = strings.ToLower(v.Text)
			if v.Rank > 0 {
				words[row] = string('0'+rune(v.Rank)) + words[row]
			}
			texts = append(texts, it)
		default:
			unknown = append(unknown, it)
		}
	}
	sortItems(numbers, nil, by.desc)
	lead(texts, words)
	sortItems(texts, words, by.desc)
	sortItems(unknown, nil, false)
	order := make([]int32, 0, len(d.rows))
	for _, part := range [][]item{numbers, texts, unknown} {
		for _, it := range part {
			order = append(order, it.row)
		}
	}
	return order
}

// sortItems sorts by lead, then by words, then by rank.
func sortItems(items []item, words []string, desc bool) {
	slices.SortFunc(items, func(a, b item) int {
		c := cmp.Compare(a.lead, b.lead)
		if c == 0 && words != nil {
			c = strings.Compare(words[a.row], words[b.row])
		}
		if desc {
			c = -c
		}
		if c == 0 {
			c = cmp.Compare(a.rank, b.rank)
		}
		return c
	})
}

// lead sets each item's lead to the eight bytes of its word after what all
// words begin with: names of one fleet differ late.
func lead(items []item, words []string) {
	if len(items) == 0 {
		return
	}
	prefix := words[items[0].row]
	for _, it := range items {
		w := words[it.row]
		n := 0
		for n < len(prefix) && n < len(w) && prefix[n] == w[n] {
			n++
		}
		prefix = prefix[:n]
	}
	for i := range items {
		var eight [8]byte
		copy(eight[:], words[items[i].row][len(prefix):])
		items[i].lead = binary.BigEndian.Uint64(eight[:])
	}
}

// orderedBits maps numbers to integers that compare alike.
func orderedBits(f float64) uint64 {
	bits := math.Float64bits(f + 0) // -0 is 0
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}
