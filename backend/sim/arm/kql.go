package arm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// kql runs a query while it reads it. It knows the part of the Kusto language
// that inventories need: where, project, order by, sort by, limit, take, count
// and summarize count() by. Everything else is refused, never ignored.
type kql struct {
	tokens []token
	table  graphTable
	depth  int // of parentheses
}

// runQuery applies a query to the table of all resources.
func runQuery(query string, all graphTable) (graphTable, error) {
	tokens, err := tokenize(query)
	if err != nil {
		return all, err
	}
	q := &kql{tokens: tokens, table: all}
	if q.peek().kind == tokenWord {
		if first := q.pop(); !strings.EqualFold(first.text, "resources") {
			return all, &syntaxError{first}
		}
	} else {
		return all, &syntaxError{q.peek()}
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
	case word.is("project"):
		return q.project()
	case word.is("order"), word.is("sort"):
		return q.order()
	case word.is("limit"), word.is("take"):
		return q.limit()
	case word.is("summarize"):
		return q.summarize()
	case word.is("count"):
		q.table = graphTable{
			columns: []graphColumn{{name: "Count", source: "Count", kind: columnNumber}},
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

func (q *kql) project() error {
	var columns []graphColumn
	for {
		first, name := q.peek(), ""
		if len(q.tokens) > 1 && q.tokens[1].is("=") && first.kind == tokenWord {
			name = first.text
			q.pop()
			q.pop()
		}
		column, err := q.column()
		if err != nil {
			return err
		}
		if name != "" {
			column.name = name
		}
		if slices.ContainsFunc(columns, func(c graphColumn) bool { return c.name == column.name }) {
			return &syntaxError{first}
		}
		columns = append(columns, column)
		if !q.peek().is(",") {
			break
		}
		q.pop()
	}
	q.table.columns = columns
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
	q.table.rows = slices.Clone(q.table.rows)
	slices.SortStableFunc(q.table.rows, func(a, b *graphRow) int {
		for _, k := range keys {
			if d := k.sign * k.compare(a.cells[k.source], b.cells[k.source]); d != 0 {
				return d
			}
		}
		return 0
	})
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

// summarize counts the rows by columns, in order of first appearance.
func (q *kql) summarize() error {
	for _, word := range []string{"count", "(", ")", "by"} {
		if err := q.expect(word); err != nil {
			return err
		}
	}
	var by []graphColumn
	for {
		column, err := q.scalar()
		if err != nil {
			return err
		}
		by = append(by, column)
		if !q.peek().is(",") {
			break
		}
		q.pop()
	}
	counts := map[string]int{}
	found := map[string]*graphRow{}
	var rows []*graphRow
	for _, r := range q.table.rows {
		var key strings.Builder
		cells := map[string]string{}
		for _, c := range by {
			cells[c.source] = r.cells[c.source]
			key.WriteString(strconv.Quote(r.cells[c.source]))
		}
		if found[key.String()] == nil {
			found[key.String()] = &graphRow{cells: cells}
			rows = append(rows, found[key.String()])
		}
		counts[key.String()]++
	}
	for key, r := range found {
		r.cells["count_"] = strconv.Itoa(counts[key])
	}
	q.table = graphTable{append(by, graphColumn{name: "count_", source: "count_", kind: columnNumber}), rows}
	return nil
}

// column reads the name of a column there is.
func (q *kql) column() (graphColumn, error) {
	t := q.pop()
	for _, c := range q.table.columns {
		if t.kind == tokenWord && c.name == t.text {
			return c, nil
		}
	}
	return graphColumn{}, &syntaxError{t}
}

// scalar reads the name of a column that can be compared.
func (q *kql) scalar() (graphColumn, error) {
	t := q.peek()
	c, err := q.column()
	if err == nil && c.kind == columnDynamic {
		err = &syntaxError{t}
	}
	return c, err
}

func (c graphColumn) compare(a, b string) int {
	if c.kind == columnNumber {
		x, _ := strconv.Atoi(a) // numbers are this file's own
		y, _ := strconv.Atoi(b)
		return cmp.Compare(x, y)
	}
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}
