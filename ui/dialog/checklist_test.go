package dialog

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/theme"
)

func checklist(n int) *Checklist {
	d := &Checklist{Title: "Which?", Yes: "take", Answer: func(chosen []int) Result { return chosen }}
	for k := range n {
		d.Items = append(d.Items, Check{Label: "item " + strconv.Itoa(k), Note: strings.Repeat("why ", k), On: k == 1})
	}
	d.Resize(60, 12)
	return d
}

func TestChecklist(t *testing.T) {
	space := tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	d := checklist(3)
	d.Key("", space)
	d.Key("", rune1('j'))
	d.Key("", space)
	got := d.Key(keymap.Accept, enter)
	if chosen, _ := got.Result.([]int); !got.Close || !slices.Equal(chosen, []int{0, 1, 2}) {
		t.Errorf("%+v", got)
	}
	d.Key("", rune1('*'))
	if got := d.Key(keymap.Accept, enter); got.Close {
		t.Error("nothing chosen is an answer")
	}
	d.Key("", rune1('*'))
	d.Key("", rune1('k'))
	d.Key("", space)
	got = d.Key(keymap.Accept, enter)
	if chosen, _ := got.Result.([]int); !slices.Equal(chosen, []int{0, 2}) {
		t.Errorf("%+v", got)
	}
	if got := checklist(1).Key(keymap.Cancel, esc); !got.Close || got.Result != nil {
		t.Errorf("cancelled: %+v", got)
	}
}

// TestChecklistFits holds that however long the list, it is drawn in its room
// around the cursor, with the cursor's note in full.
func TestChecklistFits(t *testing.T) {
	th := theme.New(true, true)
	for _, height := range []int{4, 8, 20} {
		d := checklist(40)
		d.Sum = func(chosen []int) string { return strconv.Itoa(len(chosen)) + " chosen" }
		for range 30 {
			d.Key(keymap.NextItem, tea.KeyPressMsg{})
		}
		box := d.View(Canvas{Width: 60, Height: height, Theme: th, Keys: keys(t)})
		if len(box.Lines) > height || !strings.Contains(strings.Join(box.Lines, "\n"), "item 30") {
			t.Errorf("height %d:\n%s", height, strings.Join(box.Lines, "\n"))
		}
	}
}
