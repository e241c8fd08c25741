package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// act is one "stop", "start" or "restart" from the command line.
type act struct {
	verb      model.Verb
	workspace string
	idle      bool
	dryRun    bool
	yes       bool
	checked   bool // what is known to be refused is not sent
	format    formatName
	timeout   time.Duration
}

// register declares the flags that everything which acts has.
func (a *act) register(f *pflag.FlagSet) {
	f.BoolVar(&a.dryRun, "dry-run", false, "say what would be done, and send nothing")
	f.BoolVarP(&a.yes, "yes", "y", false, "do not ask")
	f.DurationVar(&a.timeout, "timeout", time.Hour, "how long to wait for the end; what has not ended by then counts as failed")
	f.VarP(&flagValue[*formatName]{&a.format, "table", "table|json|csv"}, "output", "o", "how to print the results")
}

func newAct(o *options, verb string) *cobra.Command {
	a := act{verb: model.Verb(verb), format: "table"}
	title := strings.ToUpper(verb[:1]) + verb[1:]
	cmd := &cobra.Command{
		Use:   verb + " NAME…",
		Short: title + " compute instances, and verify the state they end in",
		RunE: func(cmd *cobra.Command, names []string) error {
			if len(names) == 0 && !a.idle {
				return usagef("%s: name at least one compute instance", verb)
			}
			return o.act(cmd.Context(), a, names)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f := cmd.Flags()
	f.StringVarP(&a.workspace, "workspace", "w", "", "only in this `workspace`")
	a.register(f)
	if verb == "stop" {
		f.BoolVar(&a.idle, "idle", false, fmt.Sprintf("every running instance nothing has used for %s", model.Ago(model.LongIdle)))
	}
	return cmd
}

// outcomeRow is one target's result in JSON.
type outcomeRow struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Outcome string  `json:"outcome"` // verified, refused, failed, undone, dry-run
	State   *string `json:"state"`
	Detail  *string `json:"detail"`
}

// act finds the named instances, shows what will happen, asks, does it and
// reports per target.
func (o *options) act(ctx context.Context, a act, names []string) error {
	w, err := o.prepare(ctx, a, "find compute instances", model.SectionComputes, model.SectionJobs)
	if err != nil {
		return err
	}
	snap := w.snap
	now := snap.Clock.At(o.sys.now())
	targets, err := a.targets(snap, names, now)
	if err != nil {
		o.reportFailing(snap) // the name may be in a list that could not be read
		return err
	}
	cmds := make([]model.Command, 0, len(targets))
	for _, i := range targets {
		cmds = append(cmds, model.Command{Verb: a.verb, Target: string(i.ID), ARMID: i.ARMID, Name: i.Name, Workspace: i.Workspace})
	}
	return o.carryOut(ctx, w, cmds, a)
}

// work is what a command that changes something is carried out with.
type work struct {
	settings settings
	cloud    backend.Cloud
	bo       backend.Options
	snap     *model.Snapshot
}

// prepare reads what commands are judged by; doing says what for.
func (o *options) prepare(ctx context.Context, a act, doing string, sections ...model.SectionKey) (work, error) {
	s, err := o.settings()
	if err != nil {
		return work{}, err
	}
	if s.ReadOnly && !a.dryRun {
		return work{}, usagef("%s: read-only mode takes every action away; drop --read-only or read_only", a.verb)
	}
	cloud, err := connect(ctx, s, o.sys)
	if err != nil {
		return work{}, err
	}
	w := work{settings: s, cloud: cloud, bo: s.backendOptions(o.sys)}
	if w.snap, err = backend.Load(ctx, cloud, w.bo, sections...); err != nil {
		return work{}, fmt.Errorf("%s: %w", doing, err)
	}
	o.reportNotes(w.snap)
	return w, nil
}

// carryOut previews, asks, executes and reports commands.
func (o *options) carryOut(ctx context.Context, w work, cmds []model.Command, a act) error {
	cloud, snap := w.cloud, w.snap
	if len(cmds) == 0 {
		fmt.Fprintf(o.sys.stderr, "amltop: nothing to %s\n", a.verb)
		return o.printOutcomes(nil, a.format)
	}
	var refused []outcomeRow
	if a.checked && !a.dryRun {
		if cmds, refused = allowed(snap, cmds); len(cmds) == 0 {
			return o.printOutcomes(refused, a.format)
		}
	}
	preview := model.PreviewOf(snap, cmds, snap.Clock.At(o.sys.now()), w.bo.Zone)
	fmt.Fprintln(o.sys.stderr, preview.Title)
	for _, line := range preview.Lines {
		fmt.Fprintln(o.sys.stderr, "  "+line.String())
	}
	if a.dryRun {
		return o.printOutcomes(dryRun(snap, cmds), a.format)
	}
	if !a.yes {
		if err := o.ask(preview.Title); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	bo, written := o.journalled(ctx, w)
	defer written()
	phase := map[string]model.Phase{}
	ops := backend.Run(ctx, cloud, bo, cmds, func(op model.Operation) {
		if phase[op.Command.Target] != op.Phase && !op.Phase.Final() {
			phase[op.Command.Target] = op.Phase
			fmt.Fprintf(o.sys.stderr, "%s: %s\n", op.Command.Name, op.Label(snap.Clock.At(o.sys.now()), snap.Clock))
		}
	})
	return o.printOutcomes(append(refused, outcomes(ops)...), a.format)
}

// allowed parts commands from those that are refused by what is known.
func allowed(snap *model.Snapshot, cmds []model.Command) (ok []model.Command, refused []outcomeRow) {
	for _, c := range cmds {
		if err := model.Check(snap, c); err != nil {
			refused = append(refused, outcomeRow{ID: c.ARMID, Name: c.Name, Outcome: "refused", Detail: text(withNext(err))})
			continue
		}
		ok = append(ok, c)
	}
	return ok, refused
}

// withNext is a refusal with the next step, where there is one.
func withNext(err error) string {
	var r *model.Refusal
	if errors.As(err, &r) && r.Next != "" {
		return err.Error() + " Next: " + r.Next
	}
	return err.Error()
}

// dryRun says for each command whether it would be allowed.
func dryRun(snap *model.Snapshot, cmds []model.Command) []outcomeRow {
	rows := make([]outcomeRow, 0, len(cmds))
	for _, c := range cmds {
		row := outcomeRow{ID: c.ARMID, Name: c.Name, Outcome: "dry-run", Detail: text("would " + string(c.Verb) + " it")}
		if err := model.Check(snap, c); err != nil {
			row.Outcome, row.Detail = "refused", text(withNext(err))
		}
		rows = append(rows, row)
	}
	return rows
}

func outcomes(ops []model.Operation) []outcomeRow {
	rows := make([]outcomeRow, 0, len(ops))
	for _, op := range ops {
		outcome, detail := op.Phase, op.Detail
		if !outcome.Final() { // nobody waited for the end, so nothing is verified
			outcome, detail = model.PhaseFailed, fmt.Sprintf("not followed to its end (%s): %v", op.Phase, op.Err)
		}
		if op.Next != "" {
			detail += " Next: " + op.Next
		}
		rows = append(rows, outcomeRow{
			ID: op.Command.ARMID, Name: op.Command.Name, Outcome: string(outcome), State: text(op.State), Detail: text(detail),
		})
	}
	return rows
}

// printOutcomes prints the results; anything but verified, undone or a dry run
// makes the exit code 1.
func (o *options) printOutcomes(rows []outcomeRow, format formatName) error {
	var err error
	if format == "json" {
		list := make([]any, 0, len(rows))
		for _, r := range rows {
			list = append(list, r)
		}
		err = printJSON(o.sys.stdout, list)
	} else {
		records := make([][]string, 0, len(rows))
		for _, r := range rows {
			records = append(records, []string{r.Name, r.Outcome, orDash(r.State), orDash(r.Detail)})
		}
		err = o.printRecords(format, []string{"name", "outcome", "state", "detail"}, records)
	}
	if err != nil {
		return err
	}
	bad := func(r outcomeRow) bool { return r.Outcome == "refused" || r.Outcome == "failed" }
	if slices.ContainsFunc(rows, bad) {
		return errReported
	}
	return nil
}

func orDash(s *string) string {
	if s == nil {
		return "–"
	}
	return *s
}

// ask wants a yes from a person.
func (o *options) ask(question string) error {
	if !isTerminal(o.sys.stdin) {
		return usagef("nobody to ask on standard input; add --yes to go ahead, --dry-run to see what would happen")
	}
	fmt.Fprintf(o.sys.stderr, "%s [y/N] ", question)
	answer, err := bufio.NewReader(o.sys.stdin).ReadString('\n')
	if err != nil && answer == "" {
		return fmt.Errorf("read the answer: %w", err)
	}
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return fmt.Errorf("nothing was sent")
	}
	return nil
}

// nearestOf are the names most like one that was not found.
func nearestOf(name string, all []string) []string {
	type near struct {
		name     string
		distance int
	}
	var found []near
	for _, other := range all {
		d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(other))
		if d <= max(3, len(name)/2) && !slices.ContainsFunc(found, func(n near) bool { return n.name == other }) {
			found = append(found, near{other, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int { return a.distance - b.distance })
	names := make([]string, 0, 3)
	for _, n := range found[:min(3, len(found))] {
		names = append(names, n.name)
	}
	return names
}
