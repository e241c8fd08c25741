package pane

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

func TestShape(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"plain", 8, "plain"},
		{"plain", 5, "plain"},
		{"plain", 4, "pla…"},
		{"plain", 1, "…"},
		{"plain", 0, ""},
		{"日本語", 6, "日本語"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"e\u0301cole", 5, "e\u0301cole"},
		{"e\u0301cole", 3, "e\u0301c…"},
		{"\x1b[31mred\x1b[m", 5, "red"},
		{"a\nb\tc", 5, "a b c"},
		{"a\u202eb", 5, "a b"},
		{"\u0301x", 5, "x"},
		{"👩‍💻 zoé", 6, "👩 zoé"},
		{"👍🏽!", 6, "👍!"},
	} {
		if got, _ := shape(c.text, c.width); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func FuzzShape(f *testing.F) {
	for _, text := range wild {
		f.Add(text, 7)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		width = max(width%50, 0)
		got, cells := shape(text, width)
		if cells > width || ansi.StringWidth(got) != cells {
			t.Errorf("%q in %d: %q takes %d cells, said to be %d", text, width, got, ansi.StringWidth(got), cells)
		}
		if wc := ansi.StringWidthWc(got); wc != cells {
			t.Errorf("%q in %d: %q takes %d cells where emoji are not joined, %d where they are", text, width, got, wc, cells)
		}
		if strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("%q in %d: %q can drive the terminal", text, width, got)
		}
		var b strings.Builder
		b.WriteString("   ")
		place(&b, text, width, Right)
		b.WriteString("  ")
		if n := ansi.StringWidth(b.String()); n != width+5 {
			t.Errorf("%q in %d: the line is %d cells, want %d", text, width, n, width+5)
		}
	})
}
