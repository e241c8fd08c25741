package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui"
	"github.com/amltop/amltop/ui/keymap"
)

// backendOptions are the settings the backend goes by.
func (s settings) backendOptions(sys system) backend.Options {
	return backend.Options{
		Now:      sys.now,
		Grace:    time.Duration(s.Operations.Grace),
		ReadOnly: s.ReadOnly,
		Cadence: backend.Cadence{
			Transition: time.Duration(s.Poll.Transition),
			Visible:    time.Duration(s.Poll.OnScreen),
			Computes:   time.Duration(s.Poll.Rest),
			Endpoints:  2 * time.Duration(s.Poll.Rest),
			Jobs:       2 * time.Duration(s.Poll.Rest),
			Share:      int(s.Poll.Share),
		},
		Narrow: model.Narrow{
			Subscriptions: patterns(s.Azure.Subscriptions),
			Workspaces:    patterns(s.Azure.Workspaces),
			Favourites:    patterns(s.Azure.Favourites),
		},
		Zone:      s.zone(sys.zone),
		Residue:   s.Cost.residue(),
		Currency:  string(s.Cost.Currency),
		Discounts: s.Cost.discounts(),
	}
}

// uiOptions are the settings the screen goes by.
func (s settings) uiOptions(sys system, signIn *azure.SignIn) (ui.Options, error) {
	budgets, err := s.budgetLines()
	if err != nil {
		return ui.Options{}, err
	}
	o := ui.Options{
		Budgets:  budgets,
		Theme:    string(s.UI.Theme),
		NoColor:  sys.env("NO_COLOR") != "",
		Start:    s.UI.Start,
		ReadOnly: s.ReadOnly,
		Zone:     s.zone(sys.zone),
		Mouse:    s.UI.Mouse,
		ASCII:    s.UI.ASCII,
		Keys:     s.Keys,
		Version:  versionText(),
		Now:      sys.now(),
		Export:   exporter(sys.now),
		Browse:   browse,
	}
	if signIn != nil {
		o.SignIn, o.SignInFirst = signIn.WithCode, s.Azure.SignIn == "device"
	}
	return o, nil
}

// checkKeys says what is wrong with the [keys] of a configuration.
func checkKeys(s settings) error {
	if _, err := keymap.New(s.Keys); err != nil {
		return fmt.Errorf("[keys]: %w", err)
	}
	return nil
}

// dashboard runs the program on the screen until the user leaves it.
func dashboard(ctx context.Context, o *options) error {
	s, err := o.settings()
	if err != nil {
		return err
	}
	if err := needScreen(o.sys); err != nil {
		return err
	}
	at, err := reach(ctx, s, o.sys)
	if err != nil {
		return err
	}
	uo, err := s.uiOptions(o.sys, at.signIn)
	if err != nil {
		return usageError{err}
	}
	defer tuneCollector(o.sys.env)()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	past := openMemory(ctx, s, o.sys, at.cloud.Origin())
	bo := s.backendOptions(o.sys)
	bo.Journal, bo.Memory, bo.Unfinished, bo.Notes, bo.Recorded = past, past, past.Unfinished, past.Notes, true
	session := backend.Open(ctx, at.cloud, bo)
	past.follow(ctx, session)
	end := func() error {
		cancel() // commands still waiting end with the session
		closed := session.Close()
		if err := past.close(); err != nil {
			fmt.Fprintf(o.sys.stderr, "amltop: %s\n", err)
		}
		return closed
	}
	src := reportingSource{source{session, past, o.sys.now, s.zone(o.sys.zone)}, uo.Budgets}
	app, err := ui.New(ctx, src, uo)
	if err != nil {
		return errors.Join(usageError{err}, end())
	}
	program := tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(o.sys.stdin), tea.WithOutput(o.sys.stdout), tea.WithFPS(int(s.UI.FPS)), tea.WithFilter(ui.Calm))
	_, err = program.Run()
	o.reportNotes(session.Latest())
	closed := end()
	if errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = nil // asked to end, by signal
	}
	if err != nil {
		return fmt.Errorf("dashboard: %w", err)
	}
	return closed
}

// needScreen says in a sentence why the dashboard cannot be drawn here.
func needScreen(sys system) error {
	const instead = "; amltop ls prints the same to a file or a pipe"
	switch {
	case !isTerminal(sys.stdout):
		return usagef("the dashboard needs a terminal, and standard output is not one%s", instead)
	case !isTerminal(sys.stdin):
		return usagef("the dashboard needs a keyboard, and standard input is not a terminal%s", instead)
	case sys.env("TERM") == "dumb":
		return usagef("the dashboard needs a terminal that can move the cursor, and TERM=dumb cannot%s", instead)
	}
	return nil
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(file.Fd())
}
