package pane

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model/filter"
)

func (t *table[R, K]) SetFilter(text string, env Env) (tea.Cmd, error) {
	if text == t.query.text {
		return nil, nil
	}
	expr, err := filter.Parse(text, t.ids)
	if err != nil {
		return nil, fmt.Errorf("filter: %w", err)
	}
	t.query.text, t.query.expr = text, expr
	return t.ask(env), nil
}

func (t *table[R, K]) Filter() string { return t.query.text }

func (t *table[R, K]) Sort(column string, env Env) (tea.Cmd, error) {
	id, err := filter.Column(column, t.ids)
	if err != nil {
		return nil, fmt.Errorf("sort: %w", err)
	}
	for i, c := range t.spec.Columns {
		if c.ID != id {
			continue
		}
		desc := c.Desc
		if t.query.sort == i {
			desc = !t.query.desc
		}
		t.query.sort, t.query.desc = i, desc
	}
	return t.ask(env), nil
}

func (t *table[R, K]) SortNext(step int, env Env) tea.Cmd {
	n := len(t.spec.Columns)
	if n == 0 || step == 0 {
		return nil
	}
	next := t.query.sort + step
	if t.query.sort < 0 && step < 0 {
		next = n - 1
	}
	next = (next%n + n) % n
	t.query.sort, t.query.desc = next, t.spec.Columns[next].Desc
	return t.ask(env)
}

func (t *table[R, K]) Sorted() (column string, desc bool) {
	if t.query.sort < 0 {
		return "", t.query.desc
	}
	return t.ids[t.query.sort], t.query.desc
}

// ask derives for a new query; derivations for older ones give up.
func (t *table[R, K]) ask(env Env) tea.Cmd {
	t.query.gen++
	t.markAll = false
	t.latest.Store(t.query.gen)
	if t.data.version == 0 {
		return nil
	}
	return t.derive(env, false, false)
}
