package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/panes"
)

// listing is a kind of thing "ls" lists: the pane whose columns, filter and
// order it uses, what has to be loaded for it, and its row in JSON.
type listing struct {
	kind     string
	aliases  []string
	pane     func() pane.Pane
	sections []model.SectionKey
	row      func(view, any) any
}

// listings are the kinds, in the order of the help.
var listings = []listing{
	{"workspaces", []string{"workspace", "ws"}, panes.NewWorkspaces, []model.SectionKey{model.SectionComputes},
		rowOf(view.workspace)},
	{"clusters", []string{"cluster", "cc"}, panes.NewClusters, []model.SectionKey{model.SectionComputes, model.SectionJobs},
		rowOf(view.cluster)},
	{"instances", []string{"instance", "ci"}, panes.NewInstances, []model.SectionKey{model.SectionComputes, model.SectionJobs},
		rowOf(view.instance)},
	{"attached", nil, panes.NewAttached, []model.SectionKey{model.SectionComputes}, rowOf(view.attached)},
	{"endpoints", []string{"endpoint", "ep"}, panes.NewEndpoints, []model.SectionKey{model.SectionEndpoints},
		rowOf(view.endpoint)},
	{"deployments", []string{"deployment", "dp"}, panes.NewDeployments, []model.SectionKey{model.SectionEndpoints},
		rowOf(view.deployment)},
	{"jobs", []string{"job"}, panes.NewJobs, []model.SectionKey{model.SectionJobs, model.SectionComputes}, rowOf(view.job)},
	{"sizes", []string{"size", "vm"}, panes.NewSizes, []model.SectionKey{model.SectionSizes}, rowOf(view.size)},
	{"quota", []string{"quotas"}, panes.NewQuota, []model.SectionKey{model.SectionQuotas}, rowOf(view.quota)},
}

// rowOf gives a row maker the type of its rows back.
func rowOf[R any](make func(view, *R) any) func(view, any) any {
	return func(v view, row any) any { return make(v, row.(*R)) }
}

func newLs(o *options) *cobra.Command {
	var (
		filter string
		format = formatName("table")
		sort   string
		strict bool
		region string
	)
	cmd := &cobra.Command{
		Use:   "ls KIND",
		Short: "List workspaces, compute targets, deployments, jobs, sizes, quota or budgets",
		Long: `List everything of one kind: ` + kindNames() + `.

The filter is that of "/" in the dashboard: owner:ana, state:Running, idle>1h,
price>5, gpu>0, !dev, several terms at once.`,
		Example: `  amltop ls instances --filter 'state:Running idle>2h'
  amltop ls clusters -o json
  amltop ls sizes --filter 'gpu>=4' -o csv`,
		ValidArgs: kinds(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("ls: say what to list, one of %s", kindNames())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == budgetsKind || args[0] == "budget" {
				return o.listBudgets(cmd.Context(), listOptions{filter, sort, format, strict, region})
			}
			l, err := listingOf(args[0])
			if err != nil {
				return err
			}
			if region != "" && l.kind != "sizes" {
				return usagef("--location belongs to ls sizes; elsewhere use --filter location:%s", region)
			}
			return o.list(cmd.Context(), l, listOptions{filter, sort, format, strict, region})
		},
	}
	f := cmd.Flags()
	f.StringVar(&filter, "filter", "", "only rows that match this `expression`")
	f.StringVar(&sort, "sort", "", "`column` to sort by; -column the other way round")
	f.VarP(&flagValue[*formatName]{&format, "table", "table|json|csv"}, "output", "o", "how to print the rows")
	f.StringVar(&region, "location", "", "sizes: `region` of the prices, or all (default: the region most workspaces are in)")
	f.BoolVar(&strict, "strict", false, "exit with 1 when any list could not be read, instead of only saying so")
	_ = cmd.RegisterFlagCompletionFunc("output", fixed("table", "json", "csv"))
	return cmd
}

func kinds() []string {
	names := make([]string, 0, len(listings))
	for _, l := range listings {
		names = append(names, l.kind)
	}
	return append(names, budgetsKind)
}

// budgetsKind is the kind that has no pane: it is the configuration's.
const budgetsKind = "budgets"

func kindNames() string { return strings.Join(kinds(), ", ") }

func listingOf(name string) (listing, error) {
	for _, l := range listings {
		if l.kind == name {
			return l, nil
		}
		for _, alias := range l.aliases {
			if alias == name {
				return l, nil
			}
		}
	}
	return listing{}, usagef("%q is not one of %s", name, kindNames())
}

// listOptions are what the flags of ls say.
type listOptions struct {
	filter, sort string
	format       formatName
	strict       bool
	region       string
}

// list loads what a kind needs and prints its rows. Lists that could not be
// read are named on standard error; one workspace that refuses does not make
// the others' rows worthless, so only --strict makes them a failure.
func (o *options) list(ctx context.Context, l listing, lo listOptions) error {
	s, err := o.settings()
	if err != nil {
		return err
	}
	cloud, err := connect(ctx, s, o.sys)
	if err != nil {
		return err
	}
	snap, err := backend.Load(ctx, cloud, s.backendOptions(o.sys), l.sections...)
	if err != nil {
		return fmt.Errorf("list %s: %w", l.kind, err)
	}
	o.reportNotes(snap)
	if from := snap.Origin; from.Carrier == model.CarrierAzure && len(snap.Subscriptions) == 0 && l.kind != "sizes" {
		fmt.Fprintln(o.sys.stderr, "amltop: "+strings.Join(from.NoSubscription(), "\n"))
	}
	if l.kind == "sizes" {
		if snap, err = sizesIn(snap, lo.region); err != nil {
			return err
		}
	}
	env := pane.Env{Snap: snap, Now: snap.Clock.At(o.sys.now()), Zone: s.zone(o.sys.zone)}
	p := l.pane()
	if err := fill(p, env, lo.filter, lo.sort); err != nil {
		return usageError{err}
	}
	if err := o.print(p, l, env, lo.format); err != nil {
		return err
	}
	if o.reportFailing(snap) && lo.strict {
		return errReported
	}
	return nil
}

// fill brings a pane to show the filtered rows of a snapshot, all in sight.
func fill(p pane.Pane, env pane.Env, filter, sort string) error {
	settle := func(cmd tea.Cmd) {
		if cmd != nil {
			p.Apply(cmd())
		}
	}
	settle(p.SetData(env))
	if column, desc := strings.CutPrefix(sort, "-"); column != "" {
		for range 2 { // the second time turns the order round
			cmd, err := p.Sort(column, env)
			if err != nil {
				return fmt.Errorf("--sort: %w", err)
			}
			settle(cmd)
			if _, is := p.Sorted(); is == desc {
				break
			}
		}
	}
	cmd, err := p.SetFilter(filter, env)
	if err != nil {
		return fmt.Errorf("--filter: %w", err)
	}
	settle(cmd)
	shown, _ := p.Counts()
	p.Resize(1000, shown+1)
	return nil
}

func (o *options) print(p pane.Pane, l listing, env pane.Env, format formatName) error {
	switch format {
	case "json":
		v := view{snap: env.Snap, now: env.Now}
		rows := make([]any, 0)
		for _, sel := range p.Visible(env) {
			rows = append(rows, l.row(v, sel.Row))
		}
		return printJSON(o.sys.stdout, rows)
	default:
		header, rows := p.Records(env)
		return o.printRecords(format, header, rows)
	}
}

// printRecords prints text by column as CSV or as an aligned table.
func (o *options) printRecords(format formatName, header []string, rows [][]string) error {
	if format != "csv" {
		return printTable(o.sys.stdout, header, rows)
	}
	w := csv.NewWriter(o.sys.stdout)
	if err := errors.Join(w.Write(header), w.WriteAll(rows)); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// printJSON writes one array.
func printJSON(w io.Writer, rows []any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(rows); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// reportFailing names every list that could not be read, and says whether
// there was one.
func (o *options) reportFailing(snap *model.Snapshot) bool {
	failed := false
	for _, key := range sectionOrder {
		for _, part := range snap.Parts[key].Failing() {
			failed = true
			fmt.Fprintf(o.sys.stderr, "amltop: %s of %s: %s\n", key, part.Name, part.Err)
			if no, ok := errors.AsType[*model.Refusal](part.Err); ok && no.Next != "" {
				fmt.Fprintln(o.sys.stderr, "  "+no.Next)
			}
		}
	}
	return failed
}

// reportNotes says what is odd about how the session was set up.
func (o *options) reportNotes(snap *model.Snapshot) {
	if snap == nil {
		return
	}
	for _, note := range snap.Notes {
		fmt.Fprintln(o.sys.stderr, "amltop: "+note)
	}
}

var sectionOrder = []model.SectionKey{
	model.SectionSubscriptions, model.SectionWorkspaces, model.SectionComputes,
	model.SectionEndpoints, model.SectionJobs, model.SectionSizes, model.SectionQuotas, model.SectionActuals,
}
