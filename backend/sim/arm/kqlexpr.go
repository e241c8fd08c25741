package arm

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// The parts of a query that make columns: extend, project, project-away,
// distinct and summarize, and the expressions in them.

// expression reads a column, a field within a dynamic one such as
// properties.sku or tags['team'], a string, or a function of these.
func (q *kql) expression() (graphColumn, error) {
	t := q.peek()
	if t.kind == tokenWord && len(q.tokens) > 1 && q.tokens[1].is("(") {
		return q.conversion()
	}
	if t.kind == tokenString {
		q.pop()
		return graphColumn{kind: columnText, value: func(*graphRow) string { return t.text }}, nil
	}
	column, err := q.column()
	if err != nil {
		return column, err
	}
	path := 0
	for q.peek().is(".") || q.peek().is("[") {
		at := q.pop()
		key := q.pop()
		switch {
		case column.kind != columnDynamic:
			return column, &syntaxError{at}
		case at.is(".") && key.kind != tokenWord, at.is("[") && key.kind != tokenString:
			return column, &syntaxError{key}
		case at.is("["):
			if err := q.expect("]"); err != nil {
				return column, err
			}
		}
		if path++; path > deepest {
			return column, &syntaxError{key}
		}
		column = column.within(key.text)
	}
	return column, nil
}

// within is a field of a dynamic column, by the name that the language gives it.
func (c graphColumn) within(key string) graphColumn {
	name, whole := key, c.value
	if c.name != "" {
		name = c.name + "_" + key
	}
	return graphColumn{name: name, kind: columnDynamic, value: func(r *graphRow) string {
		var fields map[string]json.RawMessage
		if json.Unmarshal([]byte(whole(r)), &fields) != nil {
			return "" // not an object: there is nothing in it
		}
		return string(fields[key])
	}}
}

// conversions are the functions of one expression.
var conversions = map[string]func(string) string{
	"tostring": func(s string) string { return s },
	"tolower":  strings.ToLower,
	"toupper":  strings.ToUpper,
}

// conversion reads tostring(x), tolower(x) and toupper(x).
func (q *kql) conversion() (graphColumn, error) {
	name := q.pop()
	convert, known := conversions[name.text]
	if q.depth++; !known || q.depth > deepest {
		return graphColumn{}, &syntaxError{name}
	}
	q.pop()
	inner, err := q.expression()
	if err != nil {
		return inner, err
	}
	q.depth--
	return graphColumn{name: inner.name, kind: columnText, value: func(r *graphRow) string { return convert(inner.plain(r)) }}, q.expect(")")
}

// plain is a value as text: a JSON string loses its quotes, null is nothing.
func (c graphColumn) plain(r *graphRow) string {
	value := c.value(r)
	if c.kind != columnDynamic {
		return value
	}
	var text string
	if json.Unmarshal([]byte(value), &text) == nil {
		return text
	}
	if value == "null" {
		return ""
	}
	return value
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

// scalar reads an expression that can be compared. Of a dynamic column the
// fields can, as the language has it; the whole cannot.
func (q *kql) scalar() (graphColumn, error) {
	t := q.peek()
	c, err := q.expression()
	switch {
	case err != nil:
	case c.kind == columnDynamic && c.source != "":
		err = &syntaxError{t}
	case c.kind == columnDynamic:
		field := c
		c.kind, c.value = columnText, field.plain
	}
	return c, err
}

// named reads an expression with the name that a query gives it, if it does.
func (q *kql) named() (graphColumn, token, error) {
	first, name := q.peek(), ""
	if len(q.tokens) > 1 && q.tokens[1].is("=") && first.kind == tokenWord {
		name = first.text
		q.pop()
		q.pop()
	}
	column, err := q.expression()
	switch {
	case name != "":
		column.name = name
	case column.name == "" && err == nil:
		column.name = "Column1"
	}
	return column, first, err
}

// list reads what stands between commas.
func (q *kql) list(one func() error) error {
	for {
		if err := one(); err != nil {
			return err
		}
		if !q.peek().is(",") {
			return nil
		}
		q.pop()
	}
}

func (q *kql) project() error {
	var columns []graphColumn
	err := q.list(func() error {
		column, first, err := q.named()
		if err == nil && slices.ContainsFunc(columns, func(c graphColumn) bool { return c.name == column.name }) {
			err = &syntaxError{first}
		}
		columns = append(columns, column)
		return err
	})
	if err == nil {
		q.table.columns = columns
	}
	return err
}

// extend adds columns, in place of those of the same name.
func (q *kql) extend() error {
	q.table.columns = slices.Clone(q.table.columns)
	return q.list(func() error {
		column, _, err := q.named()
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(q.table.columns, func(c graphColumn) bool { return c.name == column.name }); at >= 0 {
			q.table.columns[at] = column
		} else {
			q.table.columns = append(q.table.columns, column)
		}
		return nil
	})
}

func (q *kql) projectAway() error {
	columns := slices.Clone(q.table.columns)
	err := q.list(func() error {
		gone, err := q.column()
		columns = slices.DeleteFunc(columns, func(c graphColumn) bool { return c.name == gone.name })
		return err
	})
	q.table.columns = columns
	return err
}

// distinct keeps one row of those that are equal in some columns.
func (q *kql) distinct() error {
	by, err := q.groupBy()
	if err == nil {
		_, q.table = q.grouped(by)
	}
	return err
}

// summarize counts the rows by columns, in order of first appearance.
func (q *kql) summarize() error {
	name := "count_"
	if len(q.tokens) > 1 && q.tokens[1].is("=") && q.peek().kind == tokenWord {
		name = q.pop().text
		q.pop()
	}
	for _, word := range []string{"count", "(", ")", "by"} {
		if err := q.expect(word); err != nil {
			return err
		}
	}
	by, err := q.groupBy()
	if err != nil {
		return err
	}
	counts, t := q.grouped(by)
	for i, r := range t.rows {
		r.cells[name] = strconv.Itoa(counts[i])
	}
	t.columns = append(t.columns, cellColumn(name, columnNumber))
	q.table = t
	return nil
}

// groupBy reads the columns that rows are put together by.
func (q *kql) groupBy() (by []graphColumn, err error) {
	err = q.list(func() error {
		first, name := q.peek(), ""
		if len(q.tokens) > 1 && q.tokens[1].is("=") && first.kind == tokenWord {
			name = first.text
			q.pop()
			q.pop()
		}
		column, err := q.scalar()
		if name != "" {
			column.name = name
		}
		by = append(by, column)
		return err
	})
	return by, err
}

// grouped is a row for each combination of values, and how many there were.
func (q *kql) grouped(by []graphColumn) (counts []int, t graphTable) {
	found := map[string]int{}
	for _, r := range q.table.rows {
		var key strings.Builder
		cells := map[string]string{}
		for _, c := range by {
			cells[c.name] = c.value(r)
			key.WriteString(strconv.Quote(cells[c.name]))
		}
		i, seen := found[key.String()]
		if !seen {
			i = len(t.rows)
			found[key.String()] = i
			t.rows, counts = append(t.rows, &graphRow{cells: cells}), append(counts, 0)
		}
		counts[i]++
	}
	for _, c := range by {
		t.columns = append(t.columns, cellColumn(c.name, c.kind))
	}
	return counts, t
}
