package overview_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/overview"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

func fleet() pane.Env {
	return pane.Env{Snap: modeltest.Fleet(), Now: modeltest.Now(), Zone: time.UTC}
}

func TestOverviewTellsTheFleet(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			lines := overview.Render(size[0], size[1], fleet(), &theme.Theme{})
			golden.RequireEqual(t, []byte(ansi.Strip(strings.Join(lines, "\n"))+"\n"))
		})
	}
}

// TestRectangle holds for every size: exactly h lines of exactly w cells.
func TestRectangle(t *testing.T) {
	env := fleet()
	d := overview.NewDigest(env.Snap, env.Now, env.Zone)
	empty := overview.NewDigest(nil, env.Now, env.Zone)
	th := theme.New(true, false)
	for w := 0; w <= 310; w += 10 {
		for h := 0; h <= 70; h += 3 {
			for _, d := range []*overview.Digest{d, empty} {
				lines := d.Render(w, h, env, th)
				if len(lines) != h {
					t.Fatalf("%dx%d: %d lines", w, h, len(lines))
				}
				for i, l := range lines {
					if got := ansi.StringWidth(l); got != w {
						t.Fatalf("%dx%d: line %d is %d cells: %q", w, h, i, got, ansi.Strip(l))
					}
				}
			}
		}
	}
}

func TestCountdownAdvancesWithoutANewDigest(t *testing.T) {
	env := fleet()
	d := overview.NewDigest(env.Snap, env.Now, env.Zone)
	at := func(after time.Duration) string {
		env.Now = modeltest.Now().Add(after)
		return ansi.Strip(strings.Join(d.Render(120, 40, env, &theme.Theme{}), "\n"))
	}
	if first := at(0); !strings.Contains(first, "0 in 1m40s") || !strings.Contains(first, "today $276.69") {
		t.Errorf("at once:\n%s", first)
	}
	if later := at(40 * time.Second); !strings.Contains(later, "0 in 1m") || strings.Contains(later, "0 in 1m40s") || strings.Contains(later, "$276.69") {
		t.Errorf("after 40 s:\n%s", later)
	}
	if overdue := at(130 * time.Second); !strings.Contains(overdue, "due 30s ago, still 3 nodes") {
		t.Errorf("overdue:\n%s", overdue)
	}
}

func BenchmarkNewDigest(b *testing.B) {
	snap := modeltest.Many(1000)
	b.ReportAllocs()
	for b.Loop() {
		overview.NewDigest(snap, modeltest.Now(), time.UTC)
	}
}

func BenchmarkRender(b *testing.B) {
	env := pane.Env{Snap: modeltest.Many(1000), Now: modeltest.Now(), Zone: time.UTC}
	d := overview.NewDigest(env.Snap, env.Now, env.Zone)
	th := theme.New(true, false)
	b.ReportAllocs()
	for b.Loop() {
		d.Render(200, 60, env, th)
	}
}

func TestAnAccountWithoutWorkspacesIsTold(t *testing.T) {
	s := &model.Snapshot{
		Subscriptions: []*model.Subscription{{ID: "1", Name: "ml-research"}},
		Parts:         map[model.SectionKey]model.Parts{model.SectionWorkspaces: {"1": {Name: "ml-research", AsOf: modeltest.Now()}}},
	}
	env := pane.Env{Snap: s.Seal(), Now: modeltest.Now(), Zone: time.UTC}
	for _, size := range [][2]int{{0, 3}, {1, 2}, {18, 4}, {40, 10}, {120, 40}} {
		lines := overview.Render(size[0], size[1], env, theme.New(true, false))
		if len(lines) != size[1] {
			t.Fatalf("%v: %d lines", size, len(lines))
		}
		for _, l := range lines {
			if ansi.StringWidth(l) != size[0] {
				t.Fatalf("%v: %q", size, l)
			}
		}
	}
	text := strings.Join(overview.Render(120, 40, env, &theme.Theme{}), "\n")
	for _, want := range []string{"no Azure ML workspace", "1 subscription: ml-research", "Reader"} {
		if !strings.Contains(ansi.Strip(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
