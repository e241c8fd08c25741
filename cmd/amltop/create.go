package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/amltop/amltop/model"
)

func newCreate(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "create instance|cluster NAME",
		Short: "Create a compute instance or a compute cluster, and wait until it is there",
		Example: `  amltop create instance ana-gpu --workspace vision --size Standard_NC6s_v3 --idle 1h
  amltop create cluster gpu-train --workspace vision --size Standard_NC6s_v3 --max 4 --low-priority`,
		Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			return usagef("create: say what, instance or cluster")
		},
	}
	cmd.AddCommand(newCreateInstance(o), newCreateCluster(o))
	return cmd
}

// creation is what both kinds of create are told.
type creation struct {
	act
	spec model.ComputeSpec
	size string
}

func newCreation(kind string) *creation {
	return &creation{act: act{verb: model.VerbCreate, format: "table", checked: true}, spec: model.ComputeSpec{Kind: kind}}
}

func (c *creation) register(f *pflag.FlagSet) {
	f.StringVarP(&c.workspace, "workspace", "w", "", "`workspace` to create it in")
	f.StringVarP(&c.size, "size", "s", "", "VM `size`, such as Standard_DS3_v2")
	f.StringVar(&c.spec.Description, "description", "", "what it is for")
	c.act.register(f)
}

func newCreateInstance(o *options) *cobra.Command {
	c := newCreation(model.TypeInstance)
	var idle, keyFile string
	var schedules []string
	cmd := &cobra.Command{
		Use: "instance NAME", Short: "Create a compute instance", Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if idle != "" {
				if c.spec.Idle, err = model.ParseIdle(idle); err != nil {
					return usageError{err}
				}
			}
			if c.spec.Schedules, err = parseSchedules(schedules); err != nil {
				return usageError{err}
			}
			if keyFile != "" {
				key, err := o.readFile(keyFile)
				if err != nil {
					return err
				}
				c.spec.SSHKey = strings.TrimSpace(string(key))
			}
			return o.create(cmd.Context(), c, args[0])
		},
	}
	f := cmd.Flags()
	c.register(f)
	f.StringVar(&idle, "idle", "", "stop it after so long idle, such as 1h; off (the service's default) never does")
	f.StringArrayVar(&schedules, "schedule", nil, "start or stop `schedule`, as amltop schedule takes it; several may be given")
	f.StringVar(&keyFile, "ssh-key", "", "`file` of a public key that public SSH is opened for; without it SSH is off")
	f.StringVar(&c.spec.Assigned.ObjectID, "assign-to", "", "`object id` of the user it is for, if not yourself")
	f.StringVar(&c.spec.Assigned.TenantID, "assign-tenant", "", "`tenant id` of that user")
	return cmd
}

func newCreateCluster(o *options) *cobra.Command {
	c := newCreation(model.TypeCluster)
	var low bool
	cmd := &cobra.Command{
		Use: "cluster NAME", Short: "Create a compute cluster", Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.spec.Priority = model.Dedicated
			if low {
				c.spec.Priority = model.LowPriority
			}
			return o.create(cmd.Context(), c, args[0])
		},
	}
	f := cmd.Flags()
	c.register(f)
	f.StringVar(&c.spec.Location, "location", "", "`region` of its nodes, if not the workspace's")
	f.IntVar(&c.spec.Scale.Min, "min", 0, "nodes that never go away")
	f.IntVar(&c.spec.Scale.Max, "max", 1, "most nodes there can be")
	f.DurationVar(&c.spec.Scale.IdleBeforeScaleDown, "idle", 2*time.Minute, "how long a node stays idle before it goes")
	f.BoolVar(&low, "low-priority", false, "take low-priority nodes, which Azure may take away any time")
	return cmd
}

// create completes the specification and carries it out.
func (o *options) create(ctx context.Context, c *creation, name string) error {
	if c.workspace == "" {
		return usagef("create: name the workspace with --workspace")
	}
	c.spec.Name, c.spec.VMSize = name, model.SizeName(c.size)
	if err := c.spec.Validate(); err != nil {
		return usageError{err}
	}
	w, err := o.prepare(ctx, c.act, "find workspace "+c.workspace, model.SectionComputes, model.SectionSizes, model.SectionQuotas)
	if err != nil {
		return err
	}
	ws, err := findWorkspace(w.snap, c.workspace)
	if err != nil {
		return usageError{err}
	}
	return o.carryOut(ctx, w, []model.Command{model.CreateCommand(ws, c.spec)}, c.act)
}
