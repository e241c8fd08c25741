package history

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

func TestDamagedFileIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	if s.SetAside() == "" {
		t.Fatal("a damaged file was not said to be set aside")
	}
	if text, err := os.ReadFile(s.SetAside()); err != nil || !strings.HasPrefix(string(text), "this is no database") {
		t.Errorf("what was set aside is not the file: %v", err)
	}
	(&story{t: t, s: s}).see(0, running("ana", 1))
}

// scribble overwrites all of a file but its first page, as a failing disk
// would, behind the back of the program that has it open.
func scribble(t *testing.T, s *Store) {
	t.Helper()
	if _, err := s.file().db.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(s.Path(), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(bytes.Repeat([]byte("scribble"), int(info.Size()-4096)/8), 4096); err != nil {
		t.Fatal(err)
	}
	for _, db := range []*sql.DB{s.file().db, s.file().read, s.file().safe} { // what is in memory is still sound
		_, _ = db.ExecContext(t.Context(), "PRAGMA shrink_memory") // may find out itself
	}
}

// TestDamageWhileRunning damages the file under a recorder and a journal of
// two programs: all of them go on with one new file.
func TestDamageWhileRunning(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	s, other := openAt(t, path), openAt(t, path)
	f := newFleet(20, 20)
	r := f.recorder(s)
	r.offer(t, f.poll(at(0)))
	if err := other.Remember(t.Context(), "sort", "cost"); err != nil {
		t.Fatal(err)
	}
	scribble(t, s)
	f.turn(7, model.StateStopped, at(0.05))
	r.Offer(f.poll(at(0.1)))
	r.take()
	r.write(t.Context())
	if err := r.Err(); !errors.Is(err, ErrSetAside) || s.SetAside() == "" {
		t.Fatalf("damage was found as %v, file set aside as %q", err, s.SetAside())
	}
	r.write(t.Context())
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the other program finds out at its first try
		if err := other.Journal().Record(t.Context(), operation("a", "verified")); err != nil {
			t.Fatal(err)
		}
	}
	left, err := filepath.Glob(path + ".damaged-*[0-9]")
	if err != nil || len(left) != 1 || other.SetAside() != "" {
		t.Errorf("set aside: %v, %q, %v", left, other.SetAside(), err)
	}
	for _, s := range []*Store{s, other} {
		w := model.Window{From: at(0), To: at(0.1)}
		l, err := s.Life(t.Context(), string(f.instances[7].ID), w)
		if err != nil || l.Name != f.instances[7].Name {
			t.Errorf("the new file has %+v, %v", l, err)
		}
		if ops, err := s.Journal().Operations(t.Context(), 9); err != nil || len(ops) != 1 {
			t.Errorf("%d operations, %v", len(ops), err)
		}
	}
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	s := openAt(t, path)
	if _, err := s.file().db.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), options(t, path))
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "update amltop") {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(path + ".damaged*"); len(left) > 0 {
		t.Errorf("the file was set aside: %v", left)
	}
}

func TestFilesAreNobodyElses(t *testing.T) {
	s := openNew(t)
	(&story{t: t, s: s}).see(0, running("ana", 1))
	entries, err := os.ReadDir(filepath.Dir(s.Path()))
	if err != nil || len(entries) < 3 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", e.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Dir(s.Path())); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
}

func TestNoPlaceIsAnError(t *testing.T) {
	for _, path := range []string{"", "/proc/nowhere/history.db"} {
		if _, err := Open(t.Context(), options(t, path)); err == nil || !strings.Contains(err.Error(), "no history") {
			t.Errorf("%q: %v", path, err)
		}
	}
}
