package history

import (
	"fmt"
	"strings"
	"testing"
)

// fillUp writes until it no longer can.
func fillUp(t *testing.T, s *Store) error {
	t.Helper()
	for i := range 4000 {
		err := s.Observe(t.Context(), Batch{Sightings: []Sighting{{
			ID: fmt.Sprint("/x", i), Part: part(fmt.Sprint("w", i)), Billing: running(strings.Repeat("o", 900+i), 1), At: at(1), Seen: at(1),
		}}})
		if err != nil {
			return err
		}
	}
	return nil
}

// TestFullDiskIsSaid caps the file where it is.
func TestFullDiskIsSaid(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	y.see(0, running("ana", 1))
	if _, err := s.file().db.ExecContext(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	if err := fillUp(t, s); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("got %v", err)
	}
	if _, err := s.file().db.ExecContext(t.Context(), "PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	y.see(1, running("ana", 2)) // goes on once there is room
	if l, _ := y.life(0, 1); len(l.Intervals) != 1 {
		t.Errorf("%d intervals", len(l.Intervals))
	}
}
