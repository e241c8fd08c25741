//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// These tests run the whole program as a process of its own on a terminal, and
// hold what only that shows: it starts, it draws, it ends, and it leaves the
// terminal as it was.

// asProgram makes this test binary be amltop.
const asProgram = "AMLTOP_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// Sequences of a terminal that enters and leaves the alternate screen.
const (
	enterScreen = "\x1b[?1049h"
	leaveScreen = "\x1b[?1049l"
	showCursor  = "\x1b[?25h"
)

// screen is amltop on a terminal.
type screen struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	out  bytes.Buffer
	more chan struct{} // told of every read
}

func startScreen(t *testing.T, env []string, args ...string) *screen {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	args = append([]string{"--backend", "sim"}, args...) // whoever is signed in on this machine
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(append(os.Environ(), asProgram+"=1", "TERM=xterm-256color", "XDG_CONFIG_HOME="+t.TempDir(), "XDG_STATE_HOME="+t.TempDir()), env...)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 45, Cols: 160})
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, tty: tty, cmd: cmd, more: make(chan struct{}, 1)}
	go s.read()
	t.Cleanup(func() { _ = tty.Close() })
	return s
}

func (s *screen) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.out.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			close(s.more)
			return
		}
	}
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.String()
}

// await reads until a text has been written to the terminal.
func (s *screen) await(text string) {
	s.t.Helper()
	for !strings.Contains(s.text(), text) {
		if _, ok := <-s.more; !ok && !strings.Contains(s.text(), text) {
			s.t.Fatalf("the program ended and never wrote %q; it wrote\n%q", text, s.text())
		}
	}
}

func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.tty, keys); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the program to end and returns its exit code.
func (s *screen) end() int {
	s.t.Helper()
	for range s.more { // until the terminal is closed
		continue
	}
	err := s.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	return s.cmd.ProcessState.ExitCode()
}

// restored holds that the terminal was left as it was found.
func (s *screen) restored() {
	s.t.Helper()
	out := s.text()
	if strings.LastIndex(out, leaveScreen) < strings.LastIndex(out, enterScreen) {
		s.t.Error("the alternate screen was not left")
	}
	if !strings.Contains(out[max(0, strings.LastIndex(out, leaveScreen)-200):], showCursor) {
		s.t.Error("the cursor was not shown again")
	}
	if strings.Contains(out, "goroutine ") {
		s.t.Errorf("a stack trace:\n%s", out)
	}
}

func TestScreenOpensOnTheSimulatorAndQuits(t *testing.T) {
	s := startScreen(t, nil, "--speed", "60", "-c", "instances")
	s.await(enterScreen)
	s.await("SIM")
	s.await("Running")
	s.press(":q\r")
	if code := s.end(); code != exitDone {
		t.Errorf("exit %d", code)
	}
	s.restored()
}

func TestScreenEndsOnTwoCtrlC(t *testing.T) {
	s := startScreen(t, nil)
	s.await("SIM")
	s.press("\x03")
	s.await("again")
	s.press("\x03")
	if code := s.end(); code != exitDone {
		t.Errorf("exit %d", code)
	}
	s.restored()
}

func TestScreenEndsOnSIGTERM(t *testing.T) {
	s := startScreen(t, nil)
	s.await("SIM")
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := s.end(); code != exitDone {
		t.Errorf("exit %d", code)
	}
	s.restored()
}

func TestScreenRefusesADumbTerminal(t *testing.T) {
	s := startScreen(t, []string{"TERM=dumb"})
	code := s.end()
	if out := s.text(); code != exitUsage || !strings.Contains(out, "TERM=dumb") || strings.Contains(out, "\x1b") {
		t.Errorf("exit %d: %q", code, out)
	}
}

// TestBudgetsOfTheConfigurationAreOnTheScreen looks for one on both pages that
// show them.
func TestBudgetsOfTheConfigurationAreOnTheScreen(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, []byte("[[budget]]\nname = \"moonshot\"\nmonth = \"7000\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"overview", "cost"} {
		s := startScreen(t, nil, "--config", config, "-c", page)
		s.await("moonshot")
		s.await("$7,000")
		s.press(":q\r")
		if code := s.end(); code != exitDone {
			t.Errorf("%s: exit %d", page, code)
		}
	}
}
