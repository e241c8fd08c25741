package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/model"
)

// manage finds what a command line names, fills the commands in, shows what
// will happen, does what may be done and reports per target.
func (o *options) manage(ctx context.Context, a act, names []string, fill func(*model.Snapshot, *model.Command) error) error {
	w, err := o.prepare(ctx, a, "find what to "+string(a.verb), model.SectionComputes, model.SectionJobs, model.SectionEndpoints,
		model.SectionSizes, model.SectionQuotas)
	if err != nil {
		return err
	}
	cmds, err := findThings(w.snap, a.verb, a.workspace, names)
	if err != nil {
		o.reportFailing(w.snap) // the name may be in a list that could not be read
		return err
	}
	for k := range cmds {
		if fill == nil {
			break
		}
		if err := fill(w.snap, &cmds[k]); err != nil {
			return err
		}
	}
	return o.carryOut(ctx, w, cmds, a)
}

// newManage is a subcommand that acts on what its arguments name.
func newManage(o *options, verb model.Verb, use, short string) (*cobra.Command, *act) {
	a := &act{verb: verb, format: "table", checked: true}
	cmd := &cobra.Command{Use: use, Short: short, ValidArgsFunction: cobra.NoFileCompletions}
	cmd.Flags().StringVarP(&a.workspace, "workspace", "w", "", "only in this `workspace`")
	a.register(cmd.Flags())
	return cmd, a
}

func newDelete(o *options) *cobra.Command {
	cmd, a := newManage(o, model.VerbDelete, "delete NAME…", "Delete compute instances, clusters and endpoints for good")
	cmd.Long = `Delete compute instances, compute clusters and endpoints for good.

An endpoint takes its deployments along. Attached compute is not deleted, but
detached: see amltop detach.`
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		if len(names) == 0 {
			return usagef("delete: name at least one compute instance, cluster or endpoint")
		}
		return o.manage(cmd.Context(), *a, names, nil)
	}
	return cmd
}

func newDetach(o *options) *cobra.Command {
	cmd, a := newManage(o, model.VerbDetach, "detach NAME…", "Take attached compute out of its workspace; what is attached stays")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		if len(names) == 0 {
			return usagef("detach: name at least one attached compute")
		}
		return o.manage(cmd.Context(), *a, names, nil)
	}
	return cmd
}

func newScale(o *options) *cobra.Command {
	cmd, a := newManage(o, model.VerbScale, "scale NAME", "Set a cluster's nodes, or the instances of a managed online deployment")
	cmd.Long = `Set a cluster's minimum, maximum and idle time before scale down, or the
instances of a managed online deployment. What is not given stays as it is.`
	cmd.Example = `  amltop scale gpu-train --min 0 --max 4 --idle 5m
  amltop scale churn-scoring/blue --instances 3`
	var minimum, maximum, instances int
	var idle time.Duration
	f := cmd.Flags()
	f.IntVar(&minimum, "min", 0, "cluster: nodes that never go away")
	f.IntVar(&maximum, "max", 0, "cluster: most nodes there can be")
	f.DurationVar(&idle, "idle", 0, "cluster: how long a node stays idle before it goes")
	f.IntVar(&instances, "instances", 0, "deployment: how many instances answer requests")
	cmd.Args = usage(cobra.ExactArgs(1))
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		given := cmd.Flags().Changed
		nodes := given("min") || given("max") || given("idle")
		if nodes == given("instances") {
			return usagef("scale: say either --min, --max or --idle of a cluster, or --instances of a deployment")
		}
		return o.manage(cmd.Context(), *a, names, func(s *model.Snapshot, c *model.Command) error {
			cl := s.Cluster(model.ComputeID(c.Target))
			if !nodes {
				c.Instances = instances
				if cl != nil {
					return usagef("scale: %s is a cluster; say --min, --max or --idle", c.Name)
				}
				return nil
			}
			if cl == nil {
				return usagef("scale: --min, --max and --idle are a cluster's, and %s is none", c.Name)
			}
			want := cl.Scale
			if given("min") {
				want.Min = minimum
			}
			if given("max") {
				want.Max = maximum
			}
			if given("idle") {
				want.IdleBeforeScaleDown = idle
			}
			c.Scale = &want
			return nil
		})
	}
	return cmd
}

func newIdle(o *options) *cobra.Command {
	cmd, a := newManage(o, model.VerbIdle, "idle NAME… DURATION|off", "Set the idle shutdown of compute instances")
	cmd.Long = fmt.Sprintf(`Set how long a compute instance may idle before the service stops it, from %s to
%s, or off. The setting is read back: the service is known to drop it.`, model.Ago(model.ShortestIdle), model.Ago(model.LongestIdle))
	cmd.Example = `  amltop idle ana-gpu 30m
  amltop idle ana-gpu ana-dev off`
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) < 2 {
			return usagef("idle: name a compute instance, then how long it may idle, such as 30m or 2h, or off")
		}
		names, text := args[:len(args)-1], args[len(args)-1]
		idle, err := model.ParseIdle(text)
		if err != nil {
			return usageError{err}
		}
		return o.manage(cmd.Context(), *a, names, func(_ *model.Snapshot, c *model.Command) error {
			c.Idle = idle
			return nil
		})
	}
	return cmd
}

func newSchedule(o *options) *cobra.Command {
	cmd, a := newManage(o, model.VerbSchedule, "schedule NAME SCHEDULE…|off", "Set the start and stop schedules of a compute instance, all of them")
	cmd.Long = fmt.Sprintf(`Set all the start and stop schedules of a compute instance, at most %d; off takes
them away. A schedule is one argument:

  [disabled] start|stop  CRON | every …  [TIME ZONE]

  stop 0 19 * * 1-5 Romance Standard Time
  start every week on Monday,Thursday at 07:30 W. Europe Standard Time
  stop every 2 days at 19:00

CRON has five fields: minute, hour, day, month, weekday. The time zone is a
Windows name, UTC if there is none; its daylight saving is ignored.`, model.MaxSchedules)
	cmd.Example = `  amltop schedule ana-gpu "stop 0 19 * * 1-5 Romance Standard Time"
  amltop schedule ana-gpu off`
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) < 2 {
			return usagef("schedule: name a compute instance, then its schedules, such as %q, or off", "stop 0 19 * * 1-5 UTC")
		}
		list, err := parseSchedules(args[1:])
		if err != nil {
			return usageError{err}
		}
		return o.manage(cmd.Context(), *a, args[:1], func(_ *model.Snapshot, c *model.Command) error {
			c.Schedules = list
			return nil
		})
	}
	return cmd
}

func parseSchedules(texts []string) ([]model.InstanceSchedule, error) {
	if len(texts) == 1 && strings.EqualFold(texts[0], "off") {
		return nil, nil
	}
	var list []model.InstanceSchedule
	for _, text := range texts {
		s, err := model.ParseSchedule(text)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, model.ValidateSchedules(list)
}
