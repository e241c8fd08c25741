package theme

import (
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// luminance is the relative luminance of a colour, by WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// shownAs is a colour of the 256 as terminals show it.
func shownAs(index string) color.Color {
	var n ansi.IndexedColor
	for _, d := range index {
		n = n*10 + ansi.IndexedColor(d-'0')
	}
	return n
}

// TestTextReads holds every colour of text against the backgrounds people
// have: pure, and the softer ones of popular schemes.
func TestTextReads(t *testing.T) {
	for name, c := range map[string]struct {
		p       palette
		grounds []string
	}{
		"dark":  {dark, []string{"#000000", "#1e1e1e", "#282a36"}},
		"light": {light, []string{"#ffffff", "#fafafa", "#fdf6e3"}},
	} {
		for _, fore := range append(c.p.tones[1:], c.p.faint, c.p.text, c.p.markFore) {
			for _, ground := range c.grounds {
				if got := contrast(shownAs(fore), lipgloss.Color(ground)); got < 4.5 {
					t.Errorf("%s: colour %s on %s has a contrast of %.1f", name, fore, ground, got)
				}
			}
		}
		if got := contrast(shownAs(c.p.barFore), shownAs(c.p.barBack)); got < 4.5 {
			t.Errorf("%s: the top line has a contrast of %.1f", name, got)
		}
	}
}

// styled renders a word in every style of a theme.
func styled(th *Theme) map[string]string {
	list := map[string]string{
		"header": th.Header.Render("x"), "tab on": th.TabOn.Render("x"), "tab off": th.TabOff.Render("x"),
		"title": th.Title.Render("x"), "columns": th.Columns.Render("x"), "selected": th.Selected.Render("x"),
		"marked": th.Marked.Render("x"), "stale": th.Stale.Render("x"), "footer": th.Footer.Render("x"),
		"key": th.KeyHint.Render("x"), "border": th.Border.Render("x"), "dialog": th.Dialog.Render("x"),
		"error": th.Error.Render("x"), "input": th.Input.Render("x"),
	}
	for i := range th.Tones {
		list["tone "+string(rune('0'+i))] = th.Tone(Tone(i)).Render("x")
	}
	return list
}

func TestMonoHasNoColours(t *testing.T) {
	colour := regexp.MustCompile(`[;\[](3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`)
	for _, isDark := range []bool{true, false} {
		for name, text := range styled(New(isDark, true)) {
			if colour.MatchString(text) {
				t.Errorf("%s has a colour: %q", name, text)
			}
		}
		for _, name := range []string{"selected", "error", "title"} {
			if text := styled(New(isDark, true))[name]; text == "x" {
				t.Errorf("%s looks like any text", name)
			}
		}
	}
}

func TestTonesDiffer(t *testing.T) {
	for _, isDark := range []bool{true, false} {
		th, seen := New(isDark, false), map[string]Tone{}
		for tone := Plain; tone <= Accent; tone++ {
			open := PenOf(th.Tone(tone)).Open
			if other, twice := seen[open]; twice {
				t.Errorf("tones %d and %d look the same", tone, other)
			}
			seen[open] = tone
		}
	}
}

func TestPenDrawsLikeItsStyle(t *testing.T) {
	th := New(true, false)
	for tone := range th.Tones {
		var b strings.Builder
		th.Pens().Tones[tone].Write(&b, "text")
		want := th.Tone(Tone(tone)).Render("text")
		if Tone(tone) == Money {
			want = "text" // in tables amounts are plain
		}
		if b.String() != want {
			t.Errorf("tone %d: %q, want %q", tone, b.String(), want)
		}
	}
	if p := PenOf(lipgloss.NewStyle()); p != (Pen{}) {
		t.Errorf("a style that does nothing writes %+v", p)
	}
}
