package arm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// kql runs a query while it reads it. It knows the part of the Kusto language
// that inventories need: where, extend, project, project-away, order by, sort
// by, distinct, limit, take, top, count and summarize count() by. Everything
// else is refused, never ignored.
type kql struct {
	tokens []token
	table  graphTable
	depth  int // of parentheses
}

// unknownTable is a query of a table there is none of.
type unknownTable struct{ name string }

func (e *unknownTable) Error() string { return "no table " + e.name }

// runQuery applies a query to the table that it names.
func runQuery(query string, table func(name string) (graphTable, bool)) (all graphTable, err error) {
	tokens, err := tokenize(query)
	if err != nil {
		return all, err
	}
	q := &kql{tokens: tokens}
	first := q.pop()
	if first.kind != tokenWord {
		return all, &syntaxError{first}
	}
	var known bool
	if q.table, known = table(first.text); !known {
		return all, &unknownTable{first.text}
	}
	for q.peek().kind != tokenEnd {
		if err := q.expect("|"); err != nil {
			return all, err
		}
		if err := q.stage(); err != nil {
			return all, err
		}
	}
	return q.table, nil
}

func (q *kql) peek() token { return q.tokens[0] }

// pop takes the next token; the end stays.
func (q *kql) pop() token {
	t := q.tokens[0]
	if t.kind != tokenEnd {
		q.tokens = q.tokens[1:]
	}
	return t
}

func (q *kql) expect(text string) error {
	if t := q.pop(); !t.is(text) {
		return &syntaxError{t}
	}
	return nil
}

// stage runs what stands between two bars.
func (q *kql) stage() error {
	switch word := q.pop(); {
	case word.is("where"):
		return q.where()
	case word.is("extend"):
		return q.extend()
	case word.is("project"):
		return q.project()
	case word.is("project-away"):
		return q.projectAway()
	case word.is("distinct"):
		return q.distinct()
	case word.is("top"):
		return q.top()
	case word.is("order"), word.is("sort"):
		return q.order()
	case word.is("limit"), word.is("take"):
		return q.limit()
	case word.is("summarize"):
		return q.summarize()
	case word.is("count"):
		q.table = graphTable{
			columns: []graphColumn{cellColumn("Count", columnNumber)},
			rows:    []*graphRow{{cells: map[string]string{"Count": strconv.Itoa(len(q.table.rows))}}},
		}
		return nil
	default:
		return &syntaxError{word}
	}
}

func (q *kql) where() error {
	holds, err := q.either()
	if err != nil {
		return err
	}
	var rows []*graphRow
	for _, r := range q.table.rows {
		if holds(r) {
			rows = append(rows, r)
		}
	}
	q.table.rows = rows
	return nil
}

// order sorts by columns; descending unless told, as the language has it.
// Letters are compared without case.
func (q *kql) order() error {
	if err := q.expect("by"); err != nil {
		return err
	}
	type key struct {
		graphColumn
		sign int
	}
	var keys []key
	for {
		column, err := q.scalar()
		if err != nil {
			return err
		}
		sign := -1
		if t := q.peek(); t.is("asc") || t.is("desc") {
			if q.pop(); t.is("asc") {
				sign = 1
			}
		}
		keys = append(keys, key{column, sign})
		if !q.peek().is(",") {
			break
		}
		q.pop()
	}
	// The values are taken once: a dynamic one has to be read out of a document.
	type keyed struct {
		row    *graphRow
		values []string
	}
	rows := make([]keyed, len(q.table.rows))
	for i, r := range q.table.rows {
		rows[i] = keyed{r, make([]string, len(keys))}
		for j, k := range keys {
			rows[i].values[j] = k.sortable(r)
		}
	}
	slices.SortStableFunc(rows, func(a, b keyed) int {
		for j, k := range keys {
			if d := k.sign * k.compare(a.values[j], b.values[j]); d != 0 {
				return d
			}
		}
		return 0
	})
	q.table.rows = make([]*graphRow, len(rows))
	for i, r := range rows {
		q.table.rows[i] = r.row
	}
	return nil
}

func (q *kql) limit() error {
	t := q.pop()
	n, err := strconv.Atoi(t.text)
	if err != nil || t.kind != tokenWord || n < 0 {
		return &syntaxError{t}
	}
	q.table.rows = q.table.rows[:min(n, len(q.table.rows))]
	return nil
}

// sortable is a column's value in a row, in a form that compare compares.
func (c graphColumn) sortable(r *graphRow) string {
	if c.kind == columnNumber {
		return c.value(r)
	}
	return strings.ToLower(c.value(r))
}

func (c graphColumn) compare(a, b string) int {
	if c.kind == columnNumber {
		x, _ := strconv.Atoi(a) // numbers are this file's own
		y, _ := strconv.Atoi(b)
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a, b)
}

// top is order and limit in one.
func (q *kql) top() error {
	n := q.tokens[:1]
	q.pop()
	if err := q.order(); err != nil {
		return err
	}
	rest := q.tokens
	q.tokens = n
	err := q.limit()
	q.tokens = rest
	return err
}
