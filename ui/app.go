// Package ui is the program on the screen: an Elm-style bubbletea program over
// a [Source]. Update is a router, View changes nothing, and time arrives as a
// message.
package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
	"github.com/amltop/amltop/ui/theme"
)

// App is the program. It is used by pointer: bubbletea hands back the model it
// was given, and a copy would lose what happened to the original.
type App struct {
	ctx   context.Context // ends the commands; whoever runs the program cancels it
	src   Source
	opt   Options
	keys  *keymap.Map
	does  map[keymap.ID]handler
	theme *theme.Theme
	dark  bool
	ink   inks

	width, height int
	area          layout
	wall          time.Time
	snap          *model.Snapshot // never nil; empty until the first one comes
	blurred       bool

	pages    []*page
	at       int // index of the page on the screen
	trail    []place
	past     []place // views before this one
	seek     string  // row that is gone to as soon as it is there; "": none
	future   []place // views gone back from
	prompt   *prompt // nil: nothing is being typed
	dialogs  dialog.Stack
	readings []*reading     // texts open in dialogs
	help     *dialog.Viewer // the help, open or not
	scaling  *scaling       // the form for a deployment's instances, open or not
	said     []string       // command history, oldest first

	selected bool         // there is a row under the cursor, as of the last Update
	resource bool         // and it is one the service can be asked for
	offers   []pane.Offer // what can be done here, as of the last Update
	status   freshness    // of the page's section
	silent   silence      // nothing answers any more
	fleet    fleet        // the cost of everything
	summing  sources      // what a sum in the background is made of
	answers  [slots]remembered
	watching model.Focus

	notices   []notice // newest last
	noted     []string // notes of the session said already
	batches   []batch  // operations asked for in this session, newest last
	phases    map[model.OpID]model.Phase
	late      map[model.OpID]bool // those already called stuck
	signing   *signing            // nil: nobody is signing in
	dismissed bool                // the newest notice is off the screen
	looking   looking             // since when, and what was before
	quitting  time.Time           // until then a second interrupt quits
	readOnly  bool

	sorts       sorts // as remembered
	recollected bool  // what the run before remembered is here
}

// New builds the program. ctx ends what it has asked of the source; cancel it
// when the program is over.
func New(ctx context.Context, src Source, o Options) (*App, error) {
	keys, err := keymap.New(o.Keys)
	if err = errors.Join(o.check(), err); err != nil {
		return nil, fmt.Errorf("screen options: %w", err)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Panes == nil {
		o.Panes = panes.All()
	}
	a := &App{
		ctx: ctx, src: src, opt: o, keys: keys, does: handlers(),
		dark: o.Theme != "light", wall: o.Now, readOnly: o.ReadOnly,
		snap:   (&model.Snapshot{}).Seal(),
		phases: make(map[model.OpID]model.Phase),
	}
	a.pages = pagesOf(
		&overviewPane{ascii: o.ASCII, budgets: o.Budgets, others: a.paneNamed},
		o.Panes, newCostPane(o.ASCII, o.Budgets, a.paneNamed))
	a.paint()
	if o.Start != "" {
		if err := a.checkCommand(o.Start); err != nil {
			return nil, fmt.Errorf("start command: %w", err)
		}
	}
	return a, nil
}

// KeysMarkdown is the document docs/keys.md, from the table of keys.
func KeysMarkdown() (string, error) {
	m, err := keymap.New(nil)
	if err != nil {
		return "", err
	}
	return m.Markdown(), nil
}

// Init asks for the terminal's background, the first snapshot and the time.
func (a *App) Init() tea.Cmd {
	first := tea.Tick(time.Millisecond, func(t time.Time) tea.Msg { return tickMsg{t} })
	cmds := []tea.Cmd{a.waitSnapshot(), a.recall()}
	if a.opt.Theme == "" || a.opt.Theme == "auto" {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	if a.opt.Start != "" {
		cmds = append(cmds, a.runCommand(a.opt.Start))
	}
	if a.opt.SignInFirst {
		cmds = append(cmds, a.signIn())
	}
	return tea.Batch(append(cmds, first)...)
}

// paint builds the theme for what is known of the terminal.
func (a *App) paint() {
	a.theme = theme.New(a.dark, a.opt.NoColor || a.opt.Theme == "mono")
	a.ink = inksOf(a.theme)
}

// now is the backend's time.
func (a *App) now() time.Time { return a.snap.Clock.At(a.wall) }

// env is what panes read besides their rows.
func (a *App) env() pane.Env {
	return pane.Env{Snap: a.snap, Now: a.now(), Zone: a.opt.Zone, Silent: a.silent.err != nil, Since: a.looking.report}
}

// page is the page on the screen.
func (a *App) page() *page { return a.pages[a.at] }

// barred reports whether mutating actions are gone.
func (a *App) barred() bool { return a.readOnly || a.snap.ReadOnly }
