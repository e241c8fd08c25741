package pane

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// bench is a pane of a hundred thousand rows on a screen of 200 by 50.
func bench(b *testing.B, n int) (Pane, *boxes, Env) {
	b.Helper()
	rows := newBoxes(n)
	slices.SortFunc(rows.rows, func(a, b *box) int { return cmp.Compare(a.Owner, b.Owner) }) // not by identity
	p, env := New(rows.spec()), envAt(noon)
	p.Resize(200, 50)
	if cmd := p.SetData(env); cmd != nil {
		p.Apply(cmd())
	}
	return p, rows, env
}

func apply(b *testing.B, p Pane, cmd tea.Cmd, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
	if cmd != nil {
		p.Apply(cmd())
	}
}

func BenchmarkKeyDownAndView(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, _, env := bench(b, n)
			b.ReportAllocs()
			for b.Loop() {
				p.Move("down")
				p.View(200, 50, env, themes[0])
			}
		})
	}
}

func BenchmarkFilterKeystroke(b *testing.B) {
	for _, texts := range [][2]string{{"9", "99"}, {"owner:an", "owner:ana"}, {"price>3", "price>4"}, {"box.*5", "box.*55"}, {"zzz", "zzzz"}} {
		b.Run(texts[1], func(b *testing.B) {
			p, _, env := bench(b, 100_000)
			cmd, err := p.SetFilter(texts[0], env)
			apply(b, p, cmd, err)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				cmd, err := p.SetFilter(texts[(i+1)%2], env)
				apply(b, p, cmd, err)
			}
		})
	}
}

func BenchmarkFirstFilterKeystroke(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		p, _, env := bench(b, 100_000)
		b.StartTimer()
		cmd, err := p.SetFilter("9", env)
		apply(b, p, cmd, err)
	}
}

func BenchmarkSort(b *testing.B) {
	for _, columns := range [][2]string{{"price", "up"}, {"name", "owner"}} {
		b.Run(columns[0]+"-"+columns[1], func(b *testing.B) {
			p, _, env := bench(b, 100_000)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				cmd, err := p.Sort(columns[i%2], env)
				apply(b, p, cmd, err)
			}
		})
	}
}

func BenchmarkSetDataSameSlice(b *testing.B) {
	p, _, env := bench(b, 100_000)
	for b.Loop() {
		p.SetData(env)
	}
}

// BenchmarkSetDataOneRowChanged is what a poll of one target costs.
func BenchmarkSetDataOneRowChanged(b *testing.B) {
	for _, filter := range []string{"", "9"} {
		b.Run("filter="+filter, func(b *testing.B) {
			p, rows, env := bench(b, 100_000)
			cmd, err := p.SetFilter(filter, env)
			apply(b, p, cmd, err)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				rows.rows = slices.Clone(rows.rows)
				fresh := *rows.rows[i%100_000]
				rows.rows[i%100_000] = &fresh
				apply(b, p, p.SetData(env), nil)
			}
		})
	}
}

// BenchmarkSetDataAllRowsNew is what the first snapshot costs.
func BenchmarkSetDataAllRowsNew(b *testing.B) {
	p, rows, env := bench(b, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		for i, r := range rows.rows {
			fresh := *r
			if i == 0 {
				rows.rows = slices.Clone(rows.rows)
			}
			rows.rows[i] = &fresh
		}
		b.StartTimer()
		apply(b, p, p.SetData(env), nil)
	}
}

func BenchmarkTickLiveSort(b *testing.B) {
	p, _, env := bench(b, 100_000)
	cmd, err := p.Sort("up", env)
	apply(b, p, cmd, err)
	for b.Loop() {
		env.Now = env.Now.Add(time.Millisecond)
		apply(b, p, p.Tick(env), nil)
	}
}

func BenchmarkSetData5000Inline(b *testing.B) {
	p, rows, env := bench(b, inline)
	for b.Loop() {
		rows.rows = slices.Clone(rows.rows)
		apply(b, p, p.SetData(env), nil)
	}
}

// BenchmarkEverythingMarked is the worst a user can do to a snapshot: all rows
// marked, one changed, the actions asked for.
func BenchmarkEverythingMarked(b *testing.B) {
	p, rows, env := bench(b, 100_000)
	p.MarkAll()
	for i := 0; b.Loop(); i++ {
		rows.rows = slices.Clone(rows.rows)
		fresh := *rows.rows[i%100_000]
		rows.rows[i%100_000] = &fresh
		apply(b, p, p.SetData(env), nil)
		p.Offers(env)
	}
}
