package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/amltop/amltop/ui/cells"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

func keys(t *testing.T) *keymap.Map {
	t.Helper()
	m, err := keymap.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func rune1(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

var (
	enter     = tea.KeyPressMsg{Code: tea.KeyEnter}
	esc       = tea.KeyPressMsg{Code: tea.KeyEscape}
	tab       = tea.KeyPressMsg{Code: tea.KeyTab}
	backspace = tea.KeyPressMsg{Code: tea.KeyBackspace}
	left      = tea.KeyPressMsg{Code: tea.KeyLeft}
	ctrlC     = tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
)

type answer struct{ n int }

func TestConfirm(t *testing.T) {
	held := enter
	held.IsRepeat = true
	for name, tt := range map[string]struct {
		key  tea.KeyPressMsg
		want Result
		open bool
	}{
		"enter":      {enter, answer{1}, false},
		"y":          {rune1('y'), answer{1}, false},
		"again":      {rune1('Q'), answer{1}, false},
		"esc":        {esc, nil, false},
		"n":          {rune1('n'), nil, false},
		"ctrl-c":     {ctrlC, nil, false},
		"other":      {rune1('z'), nil, true},
		"held enter": {held, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			var s Stack
			s.Open(&Confirm{Title: "Sure?", Yes: "do it", Answer: answer{1}, Again: "Q"})
			if got := s.Key(keys(t), tt.key); got != tt.want {
				t.Errorf("result %v, want %v", got, tt.want)
			}
			if (s.Len() > 0) != tt.open {
				t.Errorf("%d dialogs open", s.Len())
			}
		})
	}
}

func TestTopEatsInput(t *testing.T) {
	var s Stack
	s.Open(&Confirm{Title: "one", Answer: answer{1}})
	s.Open(&Confirm{Title: "two", Answer: answer{2}})
	if got := s.Key(keys(t), enter); got != Result(answer{2}) {
		t.Errorf("result %v", got)
	}
	if got := s.Key(keys(t), enter); got != Result(answer{1}) {
		t.Errorf("result %v", got)
	}
	if got := s.Key(keys(t), enter); got != nil || s.Len() != 0 {
		t.Errorf("an empty stack answered %v", got)
	}
}

func TestADialogThatFollowsIsDeafAtFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Stack
		cmd := s.Follow(&Confirm{Answer: answer{1}})
		if got := s.Key(keys(t), enter); got != nil || s.Len() != 1 {
			t.Fatalf("answered %v at once", got)
		}
		s.Settle(SettledMsg{generation: -1})
		if got := s.Key(keys(t), enter); got != nil {
			t.Fatal("a stale timer ended the deafness")
		}
		s.Settle(cmd().(SettledMsg))
		if got := s.Key(keys(t), enter); got != Result(answer{1}) {
			t.Errorf("answered %v", got)
		}
	})
}

func TestTyped(t *testing.T) {
	var s Stack
	s.Open(&Typed{Word: "prod", Yes: "delete", Answer: answer{1}})
	m := keys(t)
	s.Paste("pro\r\n")
	if got := s.Key(m, enter); got != nil || s.Len() != 1 {
		t.Fatalf("half the word answered %v", got)
	}
	s.Key(m, rune1('d'))
	if got := s.Key(m, enter); got != Result(answer{1}) || s.Len() != 0 {
		t.Errorf("the word answered %v", got)
	}
}

func TestPicker(t *testing.T) {
	items := []Item{
		{Label: "A1", Note: "8 cores", Off: true, Result: "a"}, {Label: "B2", Note: "4 cores", Result: "b"}, {Label: "C3 gpu", Note: "4 cores", Result: "c"},
	}
	m := keys(t)
	var s Stack
	s.Open(NewPicker("size", "choose", items, ""))
	if got := s.Key(m, enter); got != Result("b") {
		t.Errorf("enter chose %v", got)
	}
	s.Open(NewPicker("size", "choose", items, "C3 gpu"))
	if got := s.Key(m, enter); got != Result("c") {
		t.Errorf("the current choice was %v", got)
	}
	p := NewPicker("size", "choose", items, "")
	s.Open(p)
	s.Paste("gpu 4")
	if got := s.Key(m, enter); got != Result("c") {
		t.Errorf("typing chose %v", got)
	}
	s.Open(NewPicker("size", "choose", items, ""))
	s.Paste("cgu")
	if got := s.Key(m, enter); got != Result("c") {
		t.Errorf("letters in order chose %v", got)
	}
	p = NewPicker("size", "choose", items, "")
	s.Open(p)
	s.Paste("8 cores")
	if got := s.Key(m, enter); got != nil || s.Len() != 1 {
		t.Errorf("what is off was chosen: %v", got)
	}
	s.Paste("zzz")
	if got := s.Key(m, enter); got != nil {
		t.Errorf("nothing was chosen as %v", got)
	}
}

func TestForm(t *testing.T) {
	m := keys(t)
	judge := func(v Values) Judged {
		j := Judged{}
		if v["kind"] == "b" {
			j.Hidden = []string{"extra"}
		}
		if v["name"] == "" {
			j.Errors = []string{"name: say it"}
			return j
		}
		j.Result = v["kind"] + v["name"] + v["extra"]
		return j
	}
	f := NewForm("form", "go", []Field{
		Choice("kind", "kind", "a", []Option{{Value: "a"}, {Value: "x", Off: true}, {Value: "b"}}),
		Text("name", "name", "", "what to call it"),
		Text("extra", "extra", "!", ""),
	}, judge)
	var s Stack
	s.Open(f)
	s.Key(m, enter) // kind -> name
	s.Key(m, enter) // name -> extra
	if got := s.Key(m, enter); got != nil || s.Len() != 1 {
		t.Fatalf("a form with errors handed back %v", got)
	}
	if view := f.View(Canvas{Width: 60, Height: 20, Theme: theme.New(true, true), Keys: m}); !strings.Contains(ansi.Strip(strings.Join(view.Lines, "\n")), "name: say it") {
		t.Error("the error is not shown")
	}
	shiftTab := tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	s.Key(m, shiftTab)
	s.Paste("zed")
	s.Key(m, shiftTab)
	s.Key(m, left) // round to b, past what is off
	s.Key(m, tab)
	if got := s.Key(m, enter); got != Result("bzed!") {
		t.Errorf("the form handed back %v", got)
	}
}

func TestViewerKeepsItsPlace(t *testing.T) {
	lines := make([]string, 100)
	for i := range lines {
		lines[i] = fmt.Sprintf("line %d", i)
	}
	v := NewViewer("text", lines)
	v.Resize(40, 13)
	m := keys(t)
	var s Stack
	s.width, s.height = 40, 13
	s.Open(v)
	for range 5 {
		s.Key(m, rune1('j'))
	}
	v.SetLines("text", lines)
	if v.top != 5 {
		t.Errorf("the place is %d", v.top)
	}
	s.Key(m, rune1('/'))
	s.Paste("line 42")
	s.Key(m, enter)
	if v.top != 42 {
		t.Errorf("the match is at %d", v.top)
	}
	s.Key(m, rune1('G'))
	if v.top != 90 {
		t.Errorf("the end is %d", v.top)
	}
	v.SetLines("text", lines[:3])
	if v.top != 0 {
		t.Errorf("past the end: %d", v.top)
	}
	if got := s.Key(m, rune1('y')); got != Result(Asked{keymap.Wire}) {
		t.Errorf("asked %v", got)
	}
	s.Key(m, rune1('q'))
	if s.Len() != 0 {
		t.Error("q did not close it")
	}
}

func TestLine(t *testing.T) {
	l := NewLine("héllo wörld")
	for _, step := range []struct {
		key  tea.KeyPressMsg
		want string
	}{
		{backspace, "héllo wörl"},
		{tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl}, "héllo "},
		{tea.KeyPressMsg{Code: 'a', Mod: tea.ModCtrl}, "héllo "},
		{rune1('機'), "機héllo "},
		{tea.KeyPressMsg{Code: tea.KeyDelete}, "機éllo "},
		{tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, "機 éllo "},
		{tea.KeyPressMsg{Code: 'k', Mod: tea.ModCtrl}, "機 "},
		{tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}, ""},
		{backspace, ""},
	} {
		l.Key(step.key)
		if l.String() != step.want {
			t.Errorf("after %s: %q, want %q", step.key, l.String(), step.want)
		}
	}
	l.Set("機械学習機械学習")
	for width := range 20 {
		text, at := l.View(width)
		if cells.Width(text) != width || at < 0 || at > max(0, width) {
			t.Errorf("in %d cells: %q, cursor %d", width, text, at)
		}
	}
}

func TestOneLine(t *testing.T) {
	if got := OneLine("a\nb\tc\x1b[31m\u009bd\re\r\nf\r\n"); got != "a b c[31md e f" {
		t.Errorf("%q", got)
	}
}

// Every dialog stays within its canvas, at any size.
func TestBoxesFit(t *testing.T) {
	th, m := theme.New(true, false), keys(t)
	long := strings.Repeat("a long sentence that goes on ", 20)
	judge := func(Values) Judged { return Judged{Errors: []string{long}, Notes: []string{long}} }
	for name, make := range map[string]func() Dialog{
		"confirm": func() Dialog {
			return &Confirm{Title: long, Lines: []string{long, "機械学習 " + long}, Yes: "do it"}
		},
		"typed":  func() Dialog { return &Typed{Title: "delete?", Lines: []string{long}, Word: "word", Yes: "delete"} },
		"picker": func() Dialog { return NewPicker("pick", "choose", []Item{{Label: long, Note: long}, {Label: "b"}}, "") },
		"form": func() Dialog {
			return NewForm("form", "go", []Field{Text("a", long, long, ""), Text("b", "b", "", long)}, judge)
		},
		"viewer": func() Dialog { return NewViewer(long, []string{long, "機械学習", "", long}) },
	} {
		for w := 1; w < 130; w += 7 {
			for h := 1; h < 40; h += 3 {
				d := make()
				d.Resize(w, h)
				box := d.View(Canvas{Width: w, Height: h, Theme: th, Keys: m})
				for _, l := range box.Lines {
					if got := cells.Width(l); got > max(w, frameWidth+1) || got != cells.Width(box.Lines[0]) {
						t.Fatalf("%s at %d×%d: a line of %d cells: %q", name, w, h, got, ansi.Strip(l))
					}
				}
				if len(box.Lines) > max(h, frameHeight+1) {
					t.Fatalf("%s at %d×%d: %d lines", name, w, h, len(box.Lines))
				}
			}
		}
	}
}

func TestWrappedLinesHang(t *testing.T) {
	for _, tt := range []struct {
		line  string
		width int
		want  []string
	}{
		{"  esc     clear the marks, then the filter", 24, []string{"  esc     clear the", "          marks, then", "          the filter"}},
		{`  "id": "one two three"`, 14, []string{`  "id": "one`, `    two three"`}},
		{"plain words go on", 8, []string{"plain", "  words", "  go on"}},
		{"  a very long label indeed  value", 12, []string{"  a very", "    long", "    label", "    indeed", "    value"}},
		{"abcdef", 1, []string{"a", "b", "c", "d", "e", "f"}},
	} {
		got := hung(tt.line, tt.width)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d: %q, want %q", tt.line, tt.width, got, tt.want)
		}
		for _, row := range hung(tt.line, tt.width) {
			if cells.Width(row) > tt.width {
				t.Errorf("%q is wider than %d", row, tt.width)
			}
		}
	}
}
