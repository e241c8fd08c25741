package panes_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

func fleet() pane.Env {
	return pane.Env{Snap: modeltest.Fleet(), Now: modeltest.Now(), Zone: time.UTC}
}

var tones = map[theme.Tone]string{theme.Dim: " (dim)", theme.Good: " (good)", theme.Change: " (change)", theme.Warn: " (warn)",
	theme.Bad: " (bad)", theme.Money: " (money)", theme.Accent: " (accent)"}

// cells writes every cell of every row with its tone, and its value where that
// is not the cell's text.
func cells[R any, K cmp.Ordered](spec pane.Spec[R, K], env pane.Env) string {
	var b strings.Builder
	for _, r := range spec.Rows(env.Snap) {
		fmt.Fprintf(&b, "%s\n", spec.Label(r))
		for _, c := range spec.Columns {
			cell := c.Cell(r, env)
			fmt.Fprintf(&b, "  %-12s %s%s%s\n", c.ID, cell.Text, tones[cell.Tone], valueText(c, r, env, cell.Text))
		}
	}
	return b.String()
}

func valueText[R any](c pane.Column[R], r R, env pane.Env, text string) string {
	if c.Value == nil {
		return ""
	}
	switch v := c.Value(r, env); {
	case v.Kind == pane.KindUnknown:
		return " = unknown"
	case v.Kind == pane.KindNumber:
		return fmt.Sprintf(" = %.4g", v.Number)
	case v.Text != text:
		return fmt.Sprintf(" = %q", v.Text)
	}
	return ""
}

// pane checks one declaration.
func check[R any, K cmp.Ordered](t *testing.T, spec pane.Spec[R, K], zero R) {
	t.Run(spec.Name, func(t *testing.T) {
		env := fleet()
		t.Run("cells", func(t *testing.T) { golden.RequireEqual(t, []byte(cells(spec, env))) })
		t.Run("declaration", func(t *testing.T) { declared(t, spec) })
		t.Run("keys", func(t *testing.T) {
			seen := map[K]bool{}
			for _, r := range spec.Rows(env.Snap) {
				if seen[spec.Key(r)] {
					t.Errorf("two rows are %v", spec.Key(r))
				}
				seen[spec.Key(r)] = true
			}
			if len(seen) == 0 {
				t.Error("the fleet has no row of this kind")
			}
		})
		t.Run("empty row", func(t *testing.T) { unknowns(t, spec, zero, env) })
	})
}

// declared checks what must hold for every declaration.
func declared[R any, K cmp.Ordered](t *testing.T, spec pane.Spec[R, K]) {
	if spec.Name == "" || spec.Title == "" || spec.Section == "" || !strings.HasSuffix(spec.Empty, ".") {
		t.Errorf("name %q, title %q, section %q, empty %q", spec.Name, spec.Title, spec.Section, spec.Empty)
	}
	ids, drops, sorted := map[string]bool{}, map[int]string{}, false
	for _, c := range spec.Columns {
		if ids[c.ID] || c.ID == "" || strings.ToLower(c.ID) != c.ID || strings.ContainsAny(c.ID, " :") {
			t.Errorf("column id %q is empty, taken, or not a filter's name", c.ID)
		}
		if c.Drop > 0 && drops[c.Drop] != "" && c.ID != "memory" {
			t.Errorf("columns %s and %s go at once", drops[c.Drop], c.ID)
		}
		if c.Cell == nil || c.Min < 3 || c.Max != 0 && c.Max < c.Min || len(c.Title) > max(c.Min, c.Max) {
			t.Errorf("column %s: cell %t, %d to %d cells, title %q", c.ID, c.Cell != nil, c.Min, c.Max, c.Title)
		}
		ids[c.ID], drops[c.Drop], sorted = true, c.ID, sorted || c.ID == spec.Sort
	}
	if !sorted {
		t.Errorf("sorted by %q, which is no column", spec.Sort)
	}
	var actions []string
	for _, a := range spec.Actions {
		if a.ID == "" || a.Title == "" || (a.Allowed == nil) != a.Rowless || slices.Contains(actions, a.ID) {
			t.Errorf("action %+v", a.ID)
		}
		actions = append(actions, a.ID)
	}
}

// unknowns checks that a row of which nothing is known says so, and that no
// cell is empty or drives the terminal.
func unknowns[R any, K cmp.Ordered](t *testing.T, spec pane.Spec[R, K], zero R, env pane.Env) {
	for _, snap := range []*model.Snapshot{env.Snap, {}} {
		env.Snap = snap
		for _, c := range spec.Columns {
			cell := c.Cell(zero, env)
			if cell.Text == "" || strings.ContainsFunc(cell.Text, unicode.IsControl) {
				t.Errorf("column %s of nothing: %q", c.ID, cell.Text)
			}
			if c.Title == "$/H" && strings.HasPrefix(cell.Text, "$") {
				t.Errorf("column %s of nothing: %q is an amount", c.ID, cell.Text)
			}
			if c.Value != nil {
				c.Value(zero, env)
			}
		}
		for _, a := range spec.Actions {
			if a.Rowless {
				continue
			}
			if err := a.Allowed(zero, env); err != nil && err.Error() == "" {
				t.Errorf("action %s is refused without a reason", a.ID)
			}
		}
	}
}

func TestPanes(t *testing.T) {
	check(t, panes.Workspaces(), &model.Workspace{})
	check(t, panes.Clusters(), &model.Cluster{})
	check(t, panes.Instances(), &model.Instance{})
	check(t, panes.Deployments(), &model.Deployment{Traffic: -1})
	check(t, panes.Jobs(), &model.Job{})
	check(t, panes.Attached(), &model.Attached{})
	check(t, panes.Sizes(), &model.Size{})
	check(t, panes.Quota(), &model.Quota{})
	check(t, panes.Activity(), &panes.Event{Change: &model.Change{}})
	check(t, panes.Endpoints(), &model.Endpoint{})
	check(t, panes.Nodes(), &model.Node{})
}

func TestRegistry(t *testing.T) {
	var names []string
	for _, p := range panes.All() {
		names = append(names, p.Name())
	}
	want := []string{"workspaces", "clusters", "instances", "deployments", "jobs", "attached", "sizes", "quota", "activity", "endpoints", "nodes"}
	if !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	if panes.Digits != 9 || names[panes.Digits-1] != "activity" {
		t.Errorf("digit %d is %s", panes.Digits, names[panes.Digits-1])
	}
}

// TestDrillsLeadSomewhere follows enter from every row to a pane with rows.
func TestDrillsLeadSomewhere(t *testing.T) {
	env := fleet()
	byName := map[string]pane.Pane{}
	for _, p := range panes.All() {
		p.Resize(200, 50)
		p.SetData(env)
		byName[p.Name()] = p
	}
	for _, c := range []struct{ from, id, to, row string }{
		{"workspaces", string(modeltest.WorkspaceID("vision")), "instances", "ana-gpu"},
		{"clusters", string(modeltest.ComputeID("vision", "gpu-train")), "nodes", "tvm-1_1-2025"},
		{"endpoints", string(modeltest.EndpointID("fraud-prod", "fraud")), "deployments", "blue"},
		{"quota", "q2", "sizes", "NC24s_v3"},
	} {
		from := byName[c.from]
		if !from.Select(c.id) {
			t.Errorf("%s: no row %s", c.from, c.id)
			continue
		}
		sel, _ := from.Selected(env)
		to := byName[c.to]
		if sel.Drill.Pane != c.to {
			t.Errorf("%s leads to %+v, want %s", c.from, sel.Drill, c.to)
			continue
		}
		if _, err := to.SetFilter(sel.Drill.Filter, env); err != nil {
			t.Errorf("%s: filter %q: %v", c.from, sel.Drill.Filter, err)
		}
		var names []string
		for _, v := range to.Visible(env) {
			names = append(names, v.Name)
		}
		if !slices.Contains(names, c.row) {
			t.Errorf("%s: %q shows %v, want %s among them", c.from, sel.Drill.Filter, names, c.row)
		}
	}
}

func TestReadOnlyHidesNothingButRefuses(t *testing.T) {
	env := fleet()
	env.Snap.ReadOnly = true
	p := panes.NewInstances()
	p.Resize(120, 20)
	p.SetData(env)
	for _, o := range p.Offers(env) {
		if o.Mutates && o.Err == nil {
			t.Errorf("%s is offered in read-only mode", o.ID)
		}
	}
}
