package panes_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
)

// large is the pane of instances over 90,000 of them.
func large() (pane.Pane, pane.Env) {
	env := pane.Env{Snap: modeltest.Many(1000), Now: modeltest.Now(), Zone: time.UTC}
	p := panes.NewInstances()
	p.Resize(200, 50)
	if cmd := p.SetData(env); cmd != nil {
		p.Apply(cmd())
	}
	return p, env
}

func BenchmarkFilter(b *testing.B) {
	p, env := large()
	for i := 0; b.Loop(); i++ {
		cmd, err := p.SetFilter([]string{"t-7", "t-77", "owner-3"}[i%3], env)
		if err != nil {
			b.Fatal(err)
		}
		if cmd != nil {
			p.Apply(cmd())
		}
	}
}

func BenchmarkSort(b *testing.B) {
	p, env := large()
	for _, column := range []string{"price", "leash", "run", "idle", "name"} {
		b.Run(column, func(b *testing.B) {
			for b.Loop() {
				cmd, err := p.Sort(column, env)
				if err != nil {
					b.Fatal(err)
				}
				if cmd != nil {
					p.Apply(cmd())
				}
			}
		})
	}
}

// BenchmarkTick takes the time on with the most expensive live column sorted by.
func BenchmarkTick(b *testing.B) {
	p, env := large()
	if cmd, _ := p.Sort("run", env); cmd != nil {
		p.Apply(cmd())
	}
	for b.Loop() {
		env.Now = env.Now.Add(time.Second)
		if cmd := p.Tick(env); cmd != nil {
			p.Apply(cmd())
		}
	}
}
