package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/model"
)

// system is everything a run touches outside the program. Tests bring their
// own.
type system struct {
	env            func(string) string
	now            func() time.Time // the wall clock
	zone           *time.Location
	stdin          io.Reader
	stdout, stderr io.Writer

	onAzure func() (yes, known bool) // whether this machine is one of Azure's; nil: not
}

// The exit codes.
const (
	exitDone   = 0 // done, and verified where there was something to verify
	exitFailed = 1 // refused or failed; which, was said
	exitUsage  = 2 // the command line or the configuration is wrong
)

// usageError is a mistake in the command line or the configuration: exit 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errReported ends a run with exit 1 when everything worth saying has been said.
var errReported = errors.New("reported")

// run is the program: it parses the command line, does what it says and
// returns the exit code.
func run(ctx context.Context, args []string, sys system) int {
	root := newRoot(sys)
	root.SetArgs(args)
	root.SetIn(sys.stdin)
	root.SetOut(sys.stdout)
	root.SetErr(sys.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	}
	fmt.Fprintf(sys.stderr, "amltop: %s\n", explain(err))
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// explain is an error with the way out, where the service's refusal has one.
// Trouble with signing in has a screen of its own: what was tried, what to do.
func explain(err error) string {
	var r *model.Refusal
	var signIn *model.SignInError
	switch {
	case errors.As(err, &signIn):
		return strings.Join(signIn.Explain(), "\n")
	case !errors.As(err, &r) || r.Next == "":
		return err.Error()
	default:
		return err.Error() + "\n" + r.Next
	}
}

// usage turns what an argument check says into a usage error.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// noCommand refuses words that are not a command, and names the nearest ones.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	near := cmd.SuggestionsFor(args[0])
	if len(near) == 0 {
		return usagef("unknown command %q; amltop --help lists them", args[0])
	}
	return usagef("unknown command %q; did you mean %s?", args[0], strings.Join(near, " or "))
}

// newRoot builds the command tree. The root itself is the dashboard.
func newRoot(sys system) *cobra.Command {
	opts := &options{sys: sys}
	root := &cobra.Command{
		Use:   "amltop",
		Short: "top for Azure Machine Learning compute",
		Long: `amltop shows every Azure ML compute target a team pays for, what it costs this
minute and whether anyone uses it, and stops, starts, scales and deploys by key.

It opens on Azure if somebody is signed in (az login and the like), and
otherwise on a simulated one (SIM on the screen).`,
		Example: `  amltop                                  # the dashboard
  amltop -c "instances /owner:ana"        # start in a pane, filtered
  amltop ls instances -o json             # for scripts
  amltop stop ana-gpu --yes               # stop, and verify that it stopped
  amltop idle ana-gpu 30m --yes           # stop by itself after half an hour idle
  amltop report --since 7d                # what happened, and what it cost
  amltop emulate --listen 127.0.0.1:7070  # the simulated Azure for any ARM client`,
		Args:          noCommand,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return dashboard(cmd.Context(), opts) },
	}
	root.SuggestionsMinimumDistance = 2
	root.Version = versionText()
	root.SetVersionTemplate("amltop {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	opts.register(root)
	root.AddCommand(
		newLs(opts),
		newAct(opts, "stop"), newAct(opts, "start"), newAct(opts, "restart"),
		newCreate(opts), newDelete(opts), newDetach(opts), newScale(opts), newIdle(opts), newSchedule(opts), newGuard(opts),
		newDeploy(opts), newReport(opts), newWhatIf(opts), newEmulate(opts), newConfig(opts), newInfo(opts), newVersion(sys),
	)
	return root
}
