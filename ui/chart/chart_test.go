package chart_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/chart"
	"github.com/amltop/amltop/ui/theme"
)

func rising(n int) chart.Chart {
	c := chart.Chart{Bars: make([]chart.Bar, n)}
	for i := range c.Bars {
		c.Bars[i] = chart.Bar{Total: model.Money(i) * model.Unit, Part: model.Money(i/2) * model.Unit, Gap: i == 0, Label: "12h"}
	}
	return c
}

// TestLinesFit holds for every size: exactly h lines of exactly w cells.
func TestLinesFit(t *testing.T) {
	for _, n := range []int{0, 1, 7, 48, 400} {
		for _, ascii := range []bool{false, true} {
			c := rising(n)
			c.ASCII = ascii
			for w := 0; w <= 130; w += 13 {
				for h := 0; h <= 20; h++ {
					lines := c.Lines(w, h, theme.New(true, false))
					if len(lines) != h {
						t.Fatalf("%d bars, %d×%d: %d lines", n, w, h, len(lines))
					}
					for _, l := range lines {
						if got := ansi.StringWidth(l); got != w {
							t.Fatalf("%d bars, %d×%d: %d cells: %q", n, w, h, got, l)
						}
					}
				}
			}
		}
	}
}

func TestBarsTellWhatIsWhat(t *testing.T) {
	c := chart.Chart{Bars: []chart.Bar{
		{Total: 8 * model.Unit, Part: 8 * model.Unit, Label: "a"}, {Total: 4 * model.Unit, Label: "b"}, {Gap: true, Label: "c"}, {Total: 1},
	}}
	lines := c.Lines(20, 3, &theme.Theme{})
	got := strings.Join(lines, "\n")
	if want := " $8.00 ▒▒           "; lines[0] != want {
		t.Errorf("the highest bar is not idle to its top: %q, want %q\n%s", lines[0], want, got)
	}
	for _, piece := range []string{"▒", "█", "·", "▁", "a ", "b ", "c"} {
		if !strings.Contains(got, piece) {
			t.Errorf("no %q in\n%s", piece, got)
		}
	}
	if legend := c.Legend("idle"); legend != "▒ idle  · not all observed" {
		t.Errorf("legend %q", legend)
	}
	c.ASCII = true
	if text := strings.Join(c.Lines(20, 3, &theme.Theme{}), "") + c.Legend("idle") + c.Spark(4) + c.Meter(1, 3, 7); ansi.Strip(text) != text || strings.IndexFunc(text, func(r rune) bool { return r > 126 }) >= 0 {
		t.Errorf("not plain letters: %q", text)
	}
}

func TestSparkAndMeter(t *testing.T) {
	c := chart.Chart{Bars: []chart.Bar{{Total: 9}, {Total: 1}, {Total: 4}, {}, {Gap: true}, {Total: 8}}}
	if got := c.Spark(5); got != "▁▄▁·█" && got != "▁▄▁·▇" {
		t.Errorf("spark %q", got)
	}
	if got := (chart.Chart{}).Spark(5); got != "" {
		t.Errorf("spark of nothing is %q", got)
	}
	for _, tt := range []struct {
		amount, limit model.Money
		want          string
	}{{0, 10, "    "}, {5, 10, "██  "}, {10, 10, "████"}, {30, 10, "████"}, {1, 1000, "▏   "}, {5, 0, "    "}} {
		if got := (chart.Chart{}).Meter(tt.amount, tt.limit, 4); got != tt.want {
			t.Errorf("%d of %d: %q, want %q", tt.amount, tt.limit, got, tt.want)
		}
	}
}
