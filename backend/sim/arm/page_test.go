package arm

import (
	"strconv"
	"testing"
)

func TestAPageBeginsAfterTheLastItemSeen(t *testing.T) {
	name := func(i int) string { return "n" + strconv.Itoa(i) }
	for _, tt := range []struct {
		n, at int
		last  string
		want  int
	}{
		{10, 4, "n3", 4},     // nothing changed
		{10, 4, "n2", 3},     // one before it went away
		{10, 4, "n7", 8},     // some came before it
		{10, 4, "gone", 4},   // it went away itself: by position
		{10, 99, "gone", 10}, // and so did everything after
		{0, 4, "n3", 0},
		{10, -1, "gone", 0},
	} {
		if got := resume(tt.n, tt.at, tt.last, name); got != tt.want {
			t.Errorf("%+v: %d", tt, got)
		}
	}
}

func FuzzReadToken(f *testing.F) {
	f.Add(writeToken(50, "ana gpu"))
	f.Add("!!")
	f.Fuzz(func(t *testing.T, token string) {
		at, last, ok := readToken(token)
		if !ok {
			return
		}
		if a, l, again := readToken(writeToken(at, last)); !again || a != at || l != last {
			t.Errorf("%q: %d %q, then %d %q", token, at, last, a, l)
		}
	})
}
