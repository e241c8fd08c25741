package panes

import (
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// The marks of what cannot be said and of what does not apply.
const (
	unknownMark = "?"
	nothingMark = "–"
)

var (
	unknown = pane.Cell{Text: unknownMark, Tone: theme.Warn}
	nothing = pane.Cell{Text: nothingMark, Tone: theme.Dim}
)

func text(s string) pane.Value {
	if s == "" {
		return pane.Value{}
	}
	return pane.Value{Kind: pane.KindText, Text: s}
}

func number(f float64) pane.Value { return pane.Value{Kind: pane.KindNumber, Number: f} }

func amount(m model.Money) pane.Value { return number(float64(m) / float64(model.Unit)) }

// word makes a column of plain text. Empty text is shown as "–" and sorts as
// unknown.
func word[R any](c pane.Column[R], get func(R, pane.Env) string) pane.Column[R] {
	c.Cell = func(r R, env pane.Env) pane.Cell {
		s := get(r, env)
		if s == "" {
			return nothing
		}
		return pane.Cell{Text: s}
	}
	c.Value = func(r R, env pane.Env) pane.Value { return text(get(r, env)) }
	return c
}

// whole makes a column of whole numbers; false means not known.
func whole[R any](c pane.Column[R], get func(R, pane.Env) (int, bool)) pane.Column[R] {
	c.Align, c.Desc = pane.Right, true
	c.Cell = func(r R, env pane.Env) pane.Cell {
		n, ok := get(r, env)
		switch {
		case !ok:
			return unknown
		case n == 0:
			return pane.Cell{Text: "0", Tone: theme.Dim}
		default:
			return pane.Cell{Text: strconv.Itoa(n)}
		}
	}
	c.Value = func(r R, env pane.Env) pane.Value {
		n, ok := get(r, env)
		if !ok {
			return pane.Value{}
		}
		return number(float64(n))
	}
	return c
}

// some makes a column of counts that many rows do not have: 0 is shown as "–".
func some[R any](c pane.Column[R], get func(R) int) pane.Column[R] {
	c = whole(c, func(r R, _ pane.Env) (int, bool) { return get(r), get(r) > 0 })
	c.Cell = func(r R, _ pane.Env) pane.Cell {
		if n := get(r); n > 0 {
			return pane.Cell{Text: strconv.Itoa(n)}
		}
		return nothing
	}
	return c
}

// money is an amount as a column shows it.
type money struct {
	Amount   model.Money
	Currency string
	Known    bool // false: "?"
	None     bool // nothing is billed: "–"
	Quiet    bool // not for a VM in use
	Price    bool // of a single VM: cents are too coarse
}

// cost makes a column of amounts.
func cost[R any](c pane.Column[R], get func(R, pane.Env) money) pane.Column[R] {
	c.Align, c.Desc = pane.Right, true
	c.Cell = func(r R, env pane.Env) pane.Cell {
		m := get(r, env)
		switch {
		case m.None:
			return nothing
		case !m.Known:
			return unknown
		case m.Price:
			return pane.Cell{Text: m.Amount.RateIn(m.Currency), Tone: theme.Money}
		case m.Quiet:
			return pane.Cell{Text: m.Amount.In(m.Currency), Tone: theme.Dim}
		default:
			return pane.Cell{Text: m.Amount.In(m.Currency), Tone: theme.Money}
		}
	}
	c.Value = func(r R, env pane.Env) pane.Value {
		m := get(r, env)
		if m.None || !m.Known {
			return pane.Value{}
		}
		return amount(m.Amount)
	}
	return c
}

// lasting makes a column of durations up to now; false means it does not apply.
func lasting[R any](c pane.Column[R], get func(R, pane.Env) (time.Duration, bool)) pane.Column[R] {
	c.Align, c.Desc = pane.Right, true
	c.Cell = func(r R, env pane.Env) pane.Cell {
		d, ok := get(r, env)
		if !ok {
			return nothing
		}
		return pane.Cell{Text: model.Ago(d)}
	}
	c.Value = func(r R, env pane.Env) pane.Value {
		d, ok := get(r, env)
		if !ok {
			return pane.Value{}
		}
		return number(d.Seconds())
	}
	return c
}

// since makes a column of ages; a zero time does not apply.
func since[R any](c pane.Column[R], get func(R) time.Time) pane.Column[R] {
	c.Align = pane.Right
	c.Cell = func(r R, env pane.Env) pane.Cell {
		at := get(r)
		if at.IsZero() {
			return nothing
		}
		return pane.Cell{Text: model.Ago(env.Now.Sub(at)), Tone: theme.Dim}
	}
	c.Value = func(r R, env pane.Env) pane.Value {
		at := get(r)
		if at.IsZero() {
			return pane.Value{}
		}
		return number(env.Now.Sub(at).Seconds())
	}
	return c
}

// yesNo makes a column of marks: "yes", or "–".
func yesNo[R any](c pane.Column[R], get func(R) bool) pane.Column[R] {
	return word(c, func(r R, _ pane.Env) string {
		if get(r) {
			return "yes"
		}
		return ""
	})
}

// moment is a time as a value.
func moment(at time.Time) pane.Value {
	if at.IsZero() {
		return pane.Value{}
	}
	return number(float64(at.UnixMilli()) / 1000)
}
