package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/backend/history"
	"github.com/amltop/amltop/model"
)

// reportFormat is how a report is written.
type reportFormat string

func (f *reportFormat) UnmarshalText(text []byte) error {
	return oneOf((*string)(f), string(text), "md", "csv", "json")
}

// reporting are the flags of report.
type reporting struct {
	since, filter string
	format        reportFormat
}

func newReport(o *options) *cobra.Command {
	r := reporting{format: "md"}
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Report what happened and what it cost since a moment, and what is broken now",
		Long: `Report what started, stopped, failed, grew, appeared and went since a moment;
what it cost by target, owner and workspace, beside what Azure billed; what
stands idle; leashes that should have stopped something; operations and what
they saved; budgets; and when nobody was watching.

What was is read from history (amltop info), which the dashboard writes.
Without it the report is of the present fleet and of the bill.

Exit code 1: a budget is over, or a leash is late; which, is said on standard
error.`,
		Example: `  amltop report                                   # of the last 24 hours, as Markdown
  amltop report --since 7d -o json
  amltop report --since 2026-11-01 --filter owner:ana -o csv`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.report(cmd.Context(), r) },
	}
	f := cmd.Flags()
	f.StringVar(&r.since, "since", "24h", "from `when` on: a stretch such as 24h or 7d, a day such as 2026-11-01, or visit, the last one")
	f.StringVar(&r.filter, "filter", "", "only targets that match this `expression`: name, kind, workspace, owner, size, tag, …")
	f.VarP(&flagValue[*reportFormat]{&r.format, "md", "md|csv|json"}, "output", "o", "how to write it")
	_ = cmd.RegisterFlagCompletionFunc("output", fixed("md", "csv", "json"))
	return cmd
}

// report loads what there is, asks history for what was, and writes it.
func (o *options) report(ctx context.Context, r reporting) error {
	s, err := o.settings()
	if err != nil {
		return err
	}
	lines, err := s.budgetLines()
	if err != nil {
		return usageError{err}
	}
	match, err := matcher(r.filter)
	if err != nil {
		return usageError{err}
	}
	if _, err := sinceWhen(r.since, o.sys.now(), s.zone(o.sys.zone)); err != nil && r.since != sinceVisit && !errors.Is(err, errFuture) {
		return usageError{fmt.Errorf("--since: %w", err)}
	}
	cloud, err := connect(ctx, s, o.sys)
	if err != nil {
		return err
	}
	snap, err := backend.Load(ctx, cloud, s.backendOptions(o.sys),
		model.SectionComputes, model.SectionEndpoints, model.SectionJobs, model.SectionActuals)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	o.reportNotes(snap)
	ask := model.ReportAsk{Snap: snap, Zone: s.zone(o.sys.zone), Filter: r.filter, Match: match, Budgets: lines}
	if err := o.askPast(ctx, s, r.since, &ask); err != nil {
		return err
	}
	rep := model.NewReport(ask)
	if err := o.write(rep, r.format); err != nil {
		return err
	}
	o.reportFailing(snap)
	broken := rep.Broken()
	for _, text := range broken {
		fmt.Fprintln(o.sys.stderr, "amltop: "+text)
	}
	if len(broken) > 0 {
		return errReported
	}
	return nil
}

// askPast puts into a question since when it is, and what history says of the
// time since. That there is no history is no error, and no file is made.
func (o *options) askPast(ctx context.Context, s settings, since string, ask *model.ReportAsk) error {
	now := ask.Snap.Clock.At(o.sys.now())
	ask.Window.To = now
	var store *history.Store
	path := s.historyPath(o.sys, ask.Snap.Origin)
	if _, err := os.Stat(path); err == nil && !s.fleeting(ask.Snap.Origin) {
		store, err = history.Open(ctx, history.Options{Path: path, Now: o.sys.now, Zone: ask.Zone, Keep: s.History.Keep.duration(), MaxBytes: int64(s.History.MaxSize)})
		if err != nil {
			fmt.Fprintf(o.sys.stderr, "amltop: %s; the report goes on without history\n", err)
		}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(o.sys.stderr, "amltop: no history: %s\n", err)
	}
	err := askHistory(ctx, store, since, ask)
	if store != nil {
		err = errors.Join(err, store.Close())
	}
	return err
}

// sinceVisit is the last visit, as the beginning of a report.
const sinceVisit = "visit"

// askHistory is askPast with the history there is; nil: none. The end of the
// window is known.
func askHistory(ctx context.Context, store *history.Store, since string, ask *model.ReportAsk) (err error) {
	switch {
	case since != sinceVisit:
		if ask.Window.From, err = sinceWhen(since, ask.Window.To, ask.Zone); err != nil {
			return usageError{fmt.Errorf("--since: %w", err)}
		}
	case store == nil:
		return usagef("--since visit: no visit is known, because there is no history (amltop info); say a time such as 24h")
	default:
		var kept visit
		if ask.Window.From, err = store.LastVisit(ctx, ask.Window.To, &kept); err != nil {
			return err
		}
		if ask.Window.From.IsZero() {
			return usagef("--since visit: no visit is known yet; say a time such as 24h")
		}
		ask.Visit = true
	}
	if store != nil {
		ask.Past, err = pastOf(ctx, store, ask.Window)
	}
	return err
}

// visit is what is kept of a visit: history knows the rest.
type visit struct{}
