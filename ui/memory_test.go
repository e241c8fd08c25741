package ui_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/ui/uitest"
)

// TestSortOrdersAreRemembered sorts a pane, and starts the program again with
// what it kept.
func TestSortOrdersAreRemembered(t *testing.T) {
	type order struct {
		Column string
		Desc   bool
	}
	var kept map[string]order
	uitest.Run(t, uitest.Setup{}, func(s *uitest.Script) {
		s.Press(":")
		s.Type("instances")
		s.Press("enter")
		s.Press(":")
		s.Type("sort name")
		s.Press("enter")
		s.Press(":")
		s.Type("sort name")
		s.Press("enter")
		s.Expect("sort name ▼")
		s.Pass(2 * time.Second)
		if found, err := s.Source.Recall(t.Context(), "ui.sorts", &kept); !found || err != nil {
			t.Fatalf("nothing is kept: %v", err)
		}
	})
	again := func(src *uitest.Source) {
		if err := src.Remember(t.Context(), "ui.sorts", kept); err != nil {
			t.Fatal(err)
		}
	}
	uitest.Run(t, uitest.Setup{Before: again}, func(s *uitest.Script) {
		s.Press(":")
		s.Type("instances")
		s.Press("enter")
		s.Expect("sort name ▼")
		s.Reject("no such column")
	})
	kept["instances"] = order{"a column of another version", true}
	uitest.Run(t, uitest.Setup{Before: again}, func(s *uitest.Script) {
		s.Press(":")
		s.Type("instances")
		s.Press("enter")
		s.Reject("another version", "sort name")
	})
}
