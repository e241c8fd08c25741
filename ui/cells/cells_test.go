package cells_test

import (
	"testing"

	"github.com/amltop/amltop/ui/cells"
)

func FuzzFit(f *testing.F) {
	for _, s := range []string{"", "plain", "機械学習", "e\u0301👩‍🚀", "\x1b[31mred\x1b[m and more", "a\tb"} {
		f.Add(s, 4)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = width % 200
		for _, c := range s {
			if c < ' ' || c >= 0x7f && c < 0xa0 || c == 0xfffd {
				t.Skip("control characters are neutralised where they enter")
			}
		}
		for _, fit := range []string{cells.Fit(s, width), cells.FitRight(s, width)} {
			if got := cells.Width(fit); got != max(0, width) {
				t.Errorf("%q is %d cells, not %d", fit, got, width)
			}
		}
		if got := cells.Width(cells.Cut(s, width)); got > max(0, width) {
			t.Errorf("cut to %d, it is %d", width, got)
		}
	})
}

func TestWrapAndBlock(t *testing.T) {
	for _, l := range cells.Wrap("a sentence with averyveryverylongwordthatfitsnowhere in it", 12) {
		if cells.Width(l) > 12 {
			t.Errorf("%q is too wide", l)
		}
	}
	block := cells.Block([]string{"one", "two", "three"}, 4, 2)
	if len(block) != 2 || block[0] != "one " || block[1] != "two " {
		t.Errorf("block %q", block)
	}
	if got := cells.Block(nil, 3, 1); got[0] != "   " {
		t.Errorf("empty block %q", got)
	}
}
