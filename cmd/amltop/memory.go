package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
)

// memory is the history of a run, and the journal of its operations. It is
// opened beside everything else: the first rows do not wait for a file. What
// goes wrong with it is said, and stops nothing else.
type memory struct {
	opened chan struct{} // closed when opening is over

	// What follows is written before that, or by the owner alone.
	store *history.Store   // nil: none
	now   func() time.Time // the time on the wall
	owner sync.WaitGroup

	mu       sync.Mutex
	notes    []string
	recorder *history.Recorder // nil: nothing is written down
}

// openMemory begins to open the history of a cloud.
func openMemory(ctx context.Context, s settings, sys system, origin model.Origin) *memory {
	m := &memory{opened: make(chan struct{}), now: sys.now}
	m.owner.Go(func() {
		defer close(m.opened)
		if err := m.open(ctx, s, sys, origin); err != nil && ctx.Err() == nil {
			m.note(err.Error() + "; this run goes on without history and journal")
		}
	})
	return m
}

func (m *memory) open(ctx context.Context, s settings, sys system, origin model.Origin) error {
	path := s.historyPath(sys, origin)
	if s.fleeting(origin) {
		path = history.InMemory
	}
	store, err := history.Open(ctx, history.Options{
		Path: path, Now: sys.now, Zone: s.zone(sys.zone), Keep: s.History.Keep.duration(), MaxBytes: int64(s.History.MaxSize),
	})
	if err != nil {
		return err
	}
	m.store = store
	if aside := store.SetAside(); aside != "" {
		m.note("the history file was damaged: it is kept as " + aside + ", and a new one is begun")
	}
	return nil
}

// stateDir is the folder state is kept in; "" if there is no telling.
func (s settings) stateDir(sys system) string {
	if s.State.Dir != "" {
		return s.State.Dir
	}
	home := sys.env("HOME")
	if runtime.GOOS == "windows" {
		home = sys.env("USERPROFILE")
	}
	return history.Place(runtime.GOOS, home, sys.env)
}

// historyPath is the file of a cloud's history; "" if no state folder is known.
func (s settings) historyPath(sys system, origin model.Origin) string {
	dir := s.stateDir(sys)
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, history.FileName(origin))
}

// fleeting reports whether history ends with the run: the clock of a simulator
// in this process begins anew every time. Who names a folder wants it kept.
func (s settings) fleeting(origin model.Origin) bool {
	return origin.Carrier == model.CarrierSim && s.State.Dir == ""
}

// note keeps something the user should know.
func (m *memory) note(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes = append(m.notes, text)
}

// Notes are what the user should know.
func (m *memory) Notes() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	notes := append([]string(nil), m.notes...)
	if m.recorder != nil && m.recorder.Err() != nil {
		notes = append(notes, "history is not written: "+m.recorder.Err().Error())
	}
	return notes
}

// wait waits until the history is open. The store is nil if there is none.
func (m *memory) wait(ctx context.Context) (*history.Store, error) {
	select {
	case <-m.opened:
		return m.store, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Record writes an operation down. Without a history it is only on the screen,
// which was said.
func (m *memory) Record(ctx context.Context, op model.Operation) error {
	store, err := m.wait(ctx)
	if store == nil {
		return err
	}
	return store.Journal().Record(ctx, op)
}

// Unfinished takes over what an earlier run left without an end.
func (m *memory) Unfinished(ctx context.Context) ([]model.Operation, error) {
	store, err := m.wait(ctx)
	if store == nil {
		return nil, err
	}
	return store.Journal().Unfinished(ctx)
}

// follow has a session's snapshots written down, until ctx ends, and tells the
// session what is known of the time before it.
func (m *memory) follow(ctx context.Context, session *backend.Session) {
	m.owner.Go(func() {
		store, _ := m.wait(ctx)
		if store == nil {
			return
		}
		recorder := store.Follow(ctx, session, history.RecorderOptions{Now: m.now})
		m.mu.Lock()
		defer m.mu.Unlock()
		m.recorder = recorder
	})
}

// close ends everything, with what was seen written down. ctx, and the session
// that is followed, have to be over.
func (m *memory) close() error {
	m.owner.Wait()
	var errs []error
	if m.recorder != nil {
		errs = append(errs, m.recorder.Close())
	}
	if m.store != nil {
		errs = append(errs, m.store.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	return nil
}

// journalled are the options of a command line that acts: what it does is
// written down like what is done on the screen, and if it is killed, the next
// dashboard takes it up. done says what went wrong with that and closes the
// journal.
func (o *options) journalled(ctx context.Context, w work) (bo backend.Options, done func()) {
	bo = w.bo
	origin := w.cloud.Origin()
	if w.settings.fleeting(origin) {
		return bo, func() {} // the simulator ends with this command
	}
	past := openMemory(ctx, w.settings, o.sys, origin)
	bo.Journal, bo.Memory = past, past
	return bo, func() {
		err := past.close()
		for _, note := range past.Notes() {
			fmt.Fprintln(o.sys.stderr, "amltop: "+note)
		}
		if err != nil {
			fmt.Fprintf(o.sys.stderr, "amltop: %s\n", err)
		}
	}
}
