package backendtest

import (
	"testing"

	"github.com/amltop/amltop/model"
)

// usage holds that metrics tell of what runs a job, and that what runs none has
// no figures, which is not zero.
func usage(t *testing.T, b *bench) {
	used, err := b.Cloud.Usage(t.Context(), b.vision(t))
	if err != nil {
		t.Fatal(err)
	}
	if u, ok := used["pool"]; ok && (u.CPU <= 0 || u.Busy.IsZero() || u.To.Before(u.From)) {
		t.Errorf("the cluster with a job: %+v", u)
	}
	if u, ok := used["up"]; ok {
		t.Errorf("the instance without a job: %+v", u)
	}
}

// snooze holds that the beginning of a schedule, by which a run is skipped, is
// written and read back.
func snooze(t *testing.T, b *bench) {
	up := b.instance(t, "up")
	stop := model.InstanceSchedule{Action: model.ScheduleStop, Status: model.ScheduleEnabled, Cron: "0 19 * * *", TimeZone: "Romance Standard Time"}
	c := model.Command{Verb: model.VerbSchedule, Target: string(up.ID), ARMID: up.ARMID, Name: up.Name, Workspace: up.Workspace}
	for _, start := range []string{"", "2026-11-26T19:00:00"} {
		stop.StartTime = start
		c.Schedules = []model.InstanceSchedule{stop}
		before, err := b.Cloud.State(t.Context(), c)
		if err != nil || before.Reached {
			t.Fatalf("beginning %q is there before it was written: %+v, %v", start, before, err)
		}
		if _, err := b.Cloud.Begin(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if after, err := b.Cloud.State(t.Context(), c); err != nil || !after.Reached {
			t.Errorf("beginning %q: %+v, %v", start, after, err)
		}
	}
	if got := b.instance(t, "up").Schedules; len(got) != 1 || got[0].StartTime != stop.StartTime {
		t.Errorf("read back %+v", got)
	}
}
