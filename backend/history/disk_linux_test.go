package history

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of two megabytes, where that is allowed.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("amltop-test", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skip("a small file system to fill cannot be mounted here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestDiskRunsFull fills a real one, and makes room again.
func TestDiskRunsFull(t *testing.T) {
	dir := smallDisk(t)
	s := openAt(t, filepath.Join(dir, "history.db"))
	y := &story{t: t, s: s}
	y.see(0, running("ana", 1))
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fillUp(t, s); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("got %v", err)
	}
	var err error
	for i := 0; err == nil && i < 500; i++ { // smaller rows find room for longer
		err = s.Journal().Record(t.Context(), operation(fmt.Sprint(i), "sent"))
	}
	if err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("the journal says %v", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	y.see(1, running("ana", 2))
	if l, _ := y.life(0, 1); len(l.Intervals) != 1 {
		t.Errorf("%d intervals", len(l.Intervals))
	}
	if s.SetAside() != "" {
		t.Errorf("a full disk is no damage: %s", s.SetAside())
	}
}

// TestFileSystemIsReadOnly finds a folder in which nobody can write, not even root.
func TestFileSystemIsReadOnly(t *testing.T) {
	dir := smallDisk(t)
	path := filepath.Join(dir, "history.db")
	s, err := Open(t.Context(), options(t, path))
	if err != nil {
		t.Fatal(err)
	}
	(&story{t: t, s: s}).see(0, running("ana", 1))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("a file system cannot be made read-only here:", err)
	}
	if _, err := Open(t.Context(), options(t, path)); err == nil || !strings.Contains(err.Error(), "cannot be written") {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
