package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// whatIf are the flags of whatif.
type whatIf struct {
	workspace string
	fits      string
	format    formatName
}

func newWhatIf(o *options) *cobra.Command {
	w := whatIf{format: "table"}
	cmd := &cobra.Command{
		Use:   "whatif NAME",
		Short: "What a target would cost with other VM sizes of its region",
		Long: `Lists the VM sizes that an instance, a cluster or a managed online deployment
(ENDPOINT/NAME) could have instead, with what a month of its own hours would
cost more or less, what saves most first. Which hours those are is said on
standard error.`,
		Example: "  amltop whatif ana-gpu\n  amltop whatif gpu-train --fits any -o json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("whatif: name one instance, cluster or deployment")
			}
			return nil
		},
		RunE:              func(cmd *cobra.Command, args []string) error { return o.whatIf(cmd.Context(), w, args[0]) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f := cmd.Flags()
	f.StringVarP(&w.workspace, "workspace", "w", "", "only in this `workspace`")
	f.StringVar(&w.fits, "fits", "more", "which sizes: same cores and GPUs, more (or the same), less, or any")
	f.VarP(&flagValue[*formatName]{&w.format, "table", "table|json|csv"}, "output", "o", "how to print them")
	return cmd
}

func (o *options) whatIf(ctx context.Context, w whatIf, name string) error {
	fits := map[string]model.Fit{"same": model.FitSame, "more": model.FitMore, "less": model.FitLess, "any": ""}
	fit, known := fits[w.fits]
	if !known {
		return usagef("--fits: %q is not one of same, more, less, any", w.fits)
	}
	s, err := o.settings()
	if err != nil {
		return err
	}
	cloud, err := connect(ctx, s, o.sys)
	if err != nil {
		return err
	}
	snap, err := backend.Load(ctx, cloud, s.backendOptions(o.sys), model.SectionComputes, model.SectionEndpoints, model.SectionQuotas)
	if err != nil {
		return fmt.Errorf("whatif: %w", err)
	}
	row, err := sized(snap, name, w.workspace)
	if err != nil {
		o.reportFailing(snap)
		return err
	}
	what, err := model.WhatIfOf(snap, row, snap.Clock.At(o.sys.now()), s.zone(o.sys.zone))
	if err != nil {
		return err
	}
	fmt.Fprintf(o.sys.stderr, "amltop: %s is %s at %s; %s\namltop: %s\n", what.Name, what.VMSize.Short(), what.Price.Rate(), what.Hours, what.How)
	return o.printWhatIf(what, what.Fitting(fit), w.format)
}

// sized finds the one target with a VM size that a name means.
func sized(s *model.Snapshot, name, workspace string) (any, error) {
	var found []any
	var names, all []string
	for p := range s.Spenders() {
		all = append(all, p.Name)
		if model.Fold(p.Name) != model.Fold(name) || workspace != "" && model.Fold(p.Text("workspace")) != model.Fold(workspace) {
			continue
		}
		names = append(names, p.Kind+" in "+p.Text("workspace"))
		switch p.Kind {
		case "instance":
			found = append(found, s.Instance(model.ComputeID(p.ID)))
		case "cluster":
			found = append(found, s.Cluster(model.ComputeID(p.ID)))
		default:
			found = append(found, s.Deployment(model.DeploymentID(p.ID)))
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		text := "no instance, cluster or deployment is called " + strconv.Quote(name)
		if near := nearestOf(name, all); len(near) > 0 {
			text += "; there is " + strings.Join(near, ", ")
		}
		return nil, fmt.Errorf("%s", text)
	default:
		return nil, usagef("%q is several: %s; say --workspace", name, strings.Join(names, ", "))
	}
}

// sizeOptionRow is a size in JSON.
type sizeOptionRow struct {
	Name        string   `json:"name"`
	Fit         string   `json:"fit"`
	VCPUs       int      `json:"vcpus"`
	GPUs        int      `json:"gpus"`
	GPUModel    *string  `json:"gpu_model"`
	MemoryGB    float64  `json:"memory_gb"`
	Price       *string  `json:"price_per_hour"`
	LowPriority *string  `json:"low_priority_price_per_hour"`
	Hourly      *string  `json:"difference_per_hour"`
	Monthly     *string  `json:"difference_per_month"`
	Currency    string   `json:"currency"`
	Hours       *int64   `json:"vm_seconds_per_month"` // that the difference is for
	HoursSince  *stamp   `json:"observed_since"`
	QuotaLeft   *int64   `json:"quota_left"` // null: no limit, or not known
	Restriction *string  `json:"restriction"`
	RetiredOn   *stamp   `json:"retired_on"`
	Types       []string `json:"compute_types"`
}

func (o *options) printWhatIf(w *model.WhatIf, list []model.SizeOption, format formatName) error {
	if format == "json" {
		rows := make([]any, 0, len(list))
		for _, x := range list {
			rows = append(rows, sizeOptionOf(w, x))
		}
		return printJSON(o.sys.stdout, rows)
	}
	rows := make([][]string, 0, len(list))
	for _, x := range list {
		z, low := x.Size, "–"
		if x.Low.Known() {
			low = x.Low.Rate()
		}
		rows = append(rows, []string{
			z.Name.Short(), string(x.Fit), strconv.Itoa(z.VCPUs), fmt.Sprintf("%g", z.MemoryGiB()), dashed(z.GPUs > 0, z.GPUText()), x.Price.Rate(),
			x.Monthly(), low, x.QuotaText(), dashed(z.Restriction != "", string(z.Restriction)), dashed(x.Retired || !z.RetiredOn.IsZero(), x.Retires()),
		})
	}
	return o.printRecords(format, []string{"size", "fit", "vcpu", "gib", "gpu", "price", "difference", "low priority", "quota left", "restriction", "retirement"}, rows)
}

func sizeOptionOf(w *model.WhatIf, x model.SizeOption) sizeOptionRow {
	z := x.Size
	row := sizeOptionRow{
		Name: string(z.Name), Fit: string(x.Fit), VCPUs: z.VCPUs, GPUs: z.GPUs, GPUModel: text(z.GPUModel), MemoryGB: z.MemoryGiB(),
		Price: hourly(x.Price), LowPriority: hourly(x.Low), Hourly: amount(x.Hourly, x.HourlyKnown), Monthly: amount(x.Difference, x.Known),
		Currency: x.Price.CurrencyCode(), Hours: seconds(w.Hours.Monthly, w.Hours.Billed > 0), HoursSince: at(w.Hours.Since),
		Restriction: text(string(z.Restriction)), RetiredOn: at(z.RetiredOn), Types: append([]string{}, z.ComputeTypes...),
	}
	if x.QuotaKnown && x.Limited {
		left := max(0, x.Quota)
		row.QuotaLeft = &left
	}
	return row
}
