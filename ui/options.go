package ui

import (
	"context"
	"fmt"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// Options are the user's wishes, from the command line and the configuration.
type Options struct {
	Theme    string // "auto" or "", "dark", "light", "mono"
	NoColor  bool   // NO_COLOR is set, or asked for: mono whatever Theme says
	Start    string // command to begin with: "instances /owner:ana"
	ReadOnly bool
	Zone     *time.Location // where days begin; nil: UTC
	Mouse    bool           // take the mouse: clicks and wheel, at the price of the terminal's own selection
	Keys     map[string][]string
	Version  string
	ASCII    bool // charts in letters, for screen readers and fonts without blocks
	Budgets  []*model.BudgetLine
	Now      time.Time // the wall's time at the start; later times come with ticks

	Panes []pane.Pane // in the order of their digits from 1; nil: all there are

	// Export writes rows to a file of the user's and returns its path; nil: there
	// is no export. It is called from a command and may block.
	Export func(ctx context.Context, name string, header []string, rows [][]string) (path string, err error)
	// Browse opens an address in the user's browser; nil: the address is copied
	// instead. It is called from a command and may block.
	Browse func(ctx context.Context, url string) error
	// SignIn signs in with a code that show is called with, and returns when it
	// was entered in a browser; nil: nobody has to. It is called from a command
	// and may block.
	SignIn      func(ctx context.Context, show func(model.DeviceCode)) error
	SignInFirst bool // begin with it
}

// check names what is wrong with the options.
func (o Options) check() error {
	switch o.Theme {
	case "", "auto", "dark", "light", "mono":
		return nil
	}
	return fmt.Errorf("theme: %q is not one of auto, dark, light, mono", o.Theme)
}
