package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

var _ backend.Journal = Journal{}

func operation(id string, phase model.Phase) model.Operation {
	return model.Operation{
		ID: model.OpID(id), Phase: phase, Asked: at(1), SendAt: at(1), Sent: at(1).Add(time.Second),
		Command: model.Command{
			Verb: model.VerbScale, Target: targetID("vision", "cpu"), Name: "cpu", Workspace: part("vision").Workspace,
			Scale: &model.Scale{Min: 1, Max: 4, IdleBeforeScaleDown: 2 * time.Minute}, Traffic: map[string]int{"blue": 100},
		},
	}
}

func TestJournalKeepsOperations(t *testing.T) {
	j := openNew(t).Journal()
	op := operation("a-1", model.PhaseSending)
	if err := j.Record(t.Context(), op); err != nil {
		t.Fatal(err)
	}
	op.Phase, op.Err = model.PhaseRefused, fmt.Errorf("scale: %w", &model.Refusal{Class: model.ErrDenied, Code: "AuthorizationFailed", Message: "no"})
	op.Detail = "see https://x.blob.core.windows.net/logs/a.txt?sv=2024&sig=SECRET%3D&se=1 and https://y/z?token=SECRET, or <SECRET-free>"
	op.Progress = op.Detail
	if err := j.Record(t.Context(), op); err != nil {
		t.Fatal(err)
	}
	list, err := j.Operations(t.Context(), 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	got := list[0]
	if !errors.Is(got.Err, model.ErrDenied) || got.Err.Error() != op.Err.Error() || got.Command.Scale.Max != 4 || got.Command.Traffic["blue"] != 100 || !got.Sent.Equal(op.Sent) {
		t.Errorf("read back %+v", got)
	}
	if want := "see https://x.blob.core.windows.net/logs/a.txt and https://y/z or <SECRET-free>"; got.Detail != want {
		t.Errorf("detail %q", got.Detail)
	}
	text, err := os.ReadFile(j.s.Path() + "-wal")
	if err != nil || strings.Contains(string(text), "SECRET%3D") || strings.Contains(string(text), "token=") {
		t.Errorf("a signature reached the disk (%v)", err)
	}
	if left, err := j.Unfinished(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("what is over is left: %v, %v", left, err)
	}
}

// TestOneProgramResumes leaves operations behind in many ways.
func TestOneProgramResumes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	gone, err := Open(t.Context(), options(t, path))
	if err != nil {
		t.Fatal(err)
	}
	for i, phase := range []model.Phase{model.PhaseGrace, model.PhaseSending, model.PhaseRunning, model.PhaseVerified} {
		op := operation(fmt.Sprint("op-", i), phase)
		op.Asked = at(float64(i))
		if err := gone.Journal().Record(t.Context(), op); err != nil {
			t.Fatal(err)
		}
	}
	a, b := openAt(t, path), openAt(t, path)
	if left, err := a.Journal().Unfinished(t.Context()); err != nil || len(left) != 0 {
		t.Fatalf("operations of a program that runs are taken over: %v, %v", left, err)
	}
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var got []model.Operation
	var wait sync.WaitGroup
	for _, s := range []*Store{a, b, a, b} {
		wait.Go(func() {
			left, err := s.Journal().Unfinished(t.Context())
			mu.Lock()
			defer mu.Unlock()
			if got = append(got, left...); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if len(got) != 3 || got[0].ID != "op-0" || got[2].ID != "op-2" {
		t.Errorf("resumed %v", got)
	}
}

// TestMain is also the child that TestKilledAtAnyMoment kills.
func TestMain(m *testing.M) {
	if path := os.Getenv("HISTORY_TEST_CHILD"); path != "" {
		if err := child(context.Background(), path); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child records and observes as fast as it can, and says on standard output
// what has been promised.
func child(ctx context.Context, path string) error {
	s, err := Open(ctx, Options{Path: path, Now: time.Now})
	if err != nil {
		return err
	}
	for i := 1; ; i++ {
		op := operation(fmt.Sprint(s.holder.name, "-", i), model.PhaseSending)
		if err := s.Journal().Record(ctx, op); err != nil {
			return err
		}
		fmt.Println("sent", op.ID)
		h := float64(i) / 60
		b := running("ana", int64(i%7)*100)
		x := Sighting{ID: targetID("vision", "ana"), Kind: "instance", Name: "ana", Part: part("vision"), Billing: b, At: at(h), Seen: at(h), Before: at(h - 1.0/60)}
		if err := s.Observe(ctx, Batch{Sightings: []Sighting{x}, Coverage: []Coverage{{part("vision"), model.Window{From: at(h - 1.0/60), To: at(h)}}}}); err != nil {
			return err
		}
		if err := s.Settle(ctx, at(h-1)); err != nil {
			return err
		}
	}
}

func TestKilledAtAnyMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	r := rand.New(rand.NewPCG(5, 5))
	promised := map[model.OpID]bool{}
	for range 8 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "HISTORY_TEST_CHILD="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines, last := bufio.NewScanner(out), 3+r.IntN(60)
		for n := 0; lines.Scan(); n++ {
			id, sent := strings.CutPrefix(lines.Text(), "sent ")
			if !sent {
				t.Fatal(lines.Text())
			}
			promised[model.OpID(id)] = true
			if n == last {
				if err := cmd.Process.Kill(); err != nil { // SIGKILL, while it goes on writing
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the child ended by itself")
		}
	}
	s := openAt(t, path)
	if s.SetAside() != "" {
		t.Error("the file was damaged")
	}
	var verdict string
	if err := s.file().db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity: %s, %v", verdict, err)
	}
	left, err := s.Journal().Unfinished(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range left {
		delete(promised, op.ID)
	}
	if len(promised) != 0 || len(left) < 30 {
		t.Errorf("%d intents were lost of %d", len(promised), len(left)+len(promised))
	}
	holdKilled(t, s)
}

// holdKilled holds the sums against the intervals after all the killing.
func holdKilled(t *testing.T, s *Store) {
	t.Helper()
	w := model.Window{From: at(-1), To: at(48)}
	l, err := s.Life(t.Context(), targetID("vision", "ana"), w)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Costs(t.Context(), Question{By: ByAll, Period: model.Daily, Window: w, Now: w.To, Slack: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	var sum model.Spend
	for _, c := range list {
		sum = sum.Plus(c.Spend)
	}
	if want := l.Spend(w); sum != want || sum.Units == 0 {
		t.Errorf("sums %+v\nintervals %+v", sum, want)
	}
}
