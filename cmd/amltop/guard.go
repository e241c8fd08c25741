package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/guard"
)

// watchdog is one run of "amltop guard".
type watchdog struct {
	o       *options
	policy  guard.Policy
	apply   bool
	every   time.Duration // 0: once
	timeout time.Duration
}

func newGuard(o *options) *cobra.Command {
	w := &watchdog{o: o}
	var dryRun, once bool
	var policy string
	cmd := &cobra.Command{
		Use:   "guard",
		Short: "Stop what a policy says nobody uses; without --apply only say so",
		Long: `Judge every running compute instance by a policy and say, or with --apply do,
what it asks for. The policy is [guard] of the configuration or of --policy FILE;
without a rule there, one stops what is certainly idle for more than 2h.

Each decision is a line of JSON on standard output, with its reason, the
evidence, what it saves and how it ended. Stopping is verified, as everywhere.
Exit code 1: a stop failed, a list could not be had, or a leash is late: an idle
rule or a schedule of Azure's that should have stopped an instance and did not.
docs/guard.md has a systemd timer, a cron line and a container.`,
		Example: `  amltop guard                            # what would be stopped, and why
  amltop guard --apply --once             # for cron
  amltop guard --apply --every 5m         # until a signal ends it`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case w.apply && dryRun:
				return usagef("guard: --apply and --dry-run are opposites")
			case once && w.every > 0:
				return usagef("guard: --once and --every are opposites")
			case cmd.Flags().Changed("every") && w.every < time.Minute:
				return usagef("guard: --every %s is less than 1m", w.every)
			}
			return w.run(cmd.Context(), policy)
		},
	}
	f := cmd.Flags()
	f.StringVar(&policy, "policy", "", "policy `file`, instead of [guard] in the configuration; - is standard input")
	f.BoolVar(&w.apply, "apply", false, "stop what the policy says, and verify it")
	f.BoolVar(&dryRun, "dry-run", false, "say what would be done, and send nothing (the default)")
	f.BoolVar(&once, "once", false, "look once and end (the default)")
	f.DurationVar(&w.every, "every", 0, "look again and again, with this pause; a signal ends it")
	f.DurationVar(&w.timeout, "timeout", 30*time.Minute, "how long a look, with its stops, may take")
	return cmd
}

// run looks once or again and again. It fails if the last look found a promise
// broken.
func (w *watchdog) run(ctx context.Context, policy string) error {
	s, err := w.o.settings()
	if err != nil {
		return err
	}
	if w.apply && s.ReadOnly {
		return usagef("guard: read-only mode takes --apply away; drop --read-only or read_only")
	}
	if w.policy, err = w.o.policy(s, policy); err != nil {
		return err
	}
	reach := connect
	if w.apply {
		reach = connectToAct
	}
	cloud, err := reach(ctx, s, w.o.sys)
	if err != nil {
		return err
	}
	for {
		kept := w.look(ctx, work{settings: s, cloud: cloud, bo: s.backendOptions(w.o.sys)})
		if w.every > 0 && ctx.Err() == nil {
			select {
			case <-time.After(w.every):
				continue
			case <-ctx.Done():
			}
		}
		if !kept {
			return errReported
		}
		return nil
	}
}

// policy reads the policy file, if one is named, else that of the configuration.
func (o *options) policy(s settings, path string) (guard.Policy, error) {
	g := s.Guard
	if path != "" {
		text, err := o.readFile(path)
		if err != nil {
			return guard.Policy{}, err
		}
		if g, err = readPolicy(string(text)); err != nil {
			return guard.Policy{}, usageError{fmt.Errorf("%s: %w", path, err)}
		}
	}
	if len(g.Rule) == 0 {
		fmt.Fprintln(o.sys.stderr, "amltop: no [[guard.rule]]: the built-in one stops what is certainly idle for more than 2h")
	}
	return g.policy(), nil
}

// look judges the fleet once, acts if it may, and reports whether every promise
// was kept. What cannot be read now may be next time: nothing ends it.
func (w *watchdog) look(ctx context.Context, on work) bool {
	ctx, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	snap, err := backend.Load(ctx, on.cloud, on.bo, model.SectionComputes, model.SectionJobs)
	if snap == nil || err != nil {
		w.print(guardFailure{Time: stamp(w.o.sys.now()), Event: "error", Error: fmt.Sprint(err)})
		return false
	}
	now := snap.Clock.At(w.o.sys.now())
	unread := w.unreadable(snap, now)
	list := guard.Judge(snap, w.policy, now)
	outcome := w.carryOut(ctx, on, list)
	sum := guardSummary{Time: stamp(now), Event: "pass", Backend: string(snap.Origin.Carrier), DryRun: !w.apply, Unreadable: unread}
	for _, d := range list {
		line := w.decision(snap, d, now, outcome[string(d.Instance.ID)])
		sum.count(d, line)
		w.print(line)
	}
	sum.SavingPerHour, sum.Currency = sum.saving.Decimal(), currencyOf(list)
	w.print(sum)
	return sum.Failed+sum.Broken == 0
}

// carryOut stops what is to be stopped, journalled, and returns how that went by target.
func (w *watchdog) carryOut(ctx context.Context, on work, list []guard.Decision) map[string]outcomeRow {
	var cmds []model.Command
	for _, d := range list {
		if i := d.Instance; d.Action == guard.ActStop && w.apply {
			cmds = append(cmds, model.Command{Verb: model.VerbStop, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace})
		}
	}
	if len(cmds) == 0 {
		return nil
	}
	bo, done := w.o.journalled(ctx, on)
	defer done()
	ended := map[string]outcomeRow{}
	for k, row := range outcomes(backend.Run(ctx, on.cloud, bo, cmds, nil)) {
		ended[cmds[k].Target] = row
	}
	return ended
}

// unreadable says which lists could not be had: what is in them is not guarded.
func (w *watchdog) unreadable(snap *model.Snapshot, now time.Time) int {
	n := 0
	for _, key := range []model.SectionKey{model.SectionSubscriptions, model.SectionWorkspaces, model.SectionComputes, model.SectionJobs} {
		for _, part := range snap.Parts[key].Failing() {
			n++
			w.print(guardFailure{Time: stamp(now), Event: "unreadable", What: string(key), Name: part.Name, Error: part.Err.Error()})
		}
	}
	return n
}

// print writes a line of JSON. Nobody reads on where it cannot be written, and
// the stops go on all the same.
func (w *watchdog) print(line any) {
	enc := json.NewEncoder(w.o.sys.stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line); err != nil {
		fmt.Fprintf(w.o.sys.stderr, "amltop: write a line: %s\n", err)
	}
}

func currencyOf(list []guard.Decision) *string {
	k := slices.IndexFunc(list, func(d guard.Decision) bool { return d.Saving > 0 })
	if k < 0 {
		return nil
	}
	return text(list[k].Instance.Price.CurrencyCode())
}
