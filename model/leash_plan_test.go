package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

func TestParseLeash(t *testing.T) {
	for text, want := range map[string]model.LeashOrder{
		"idle 30m":       {Kind: model.OrderIdle, After: 30 * time.Minute},
		"idle off":       {Kind: model.OrderIdle},
		"stop in 1h 30m": {Kind: model.OrderStopIn, After: 90 * time.Minute},
		"Snooze 2h":      {Kind: model.OrderSnooze, After: 2 * time.Hour},
		"off":            {Kind: model.OrderOff},
	} {
		got, err := model.ParseLeash(text)
		if err != nil || got.Kind != want.Kind || got.After != want.After {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	daily, err := model.ParseLeash("stop daily 19:00 Romance Standard Time")
	if err != nil || daily.Schedule.TimeZone != "Romance Standard Time" || daily.Schedule.Action != model.ScheduleStop {
		t.Errorf("%+v, %v", daily, err)
	}
	for text, says := range map[string]string{
		"": "say idle 30m", "loose": "say idle 30m", "idle 5m": "is not between 15m and 3d", "idle": "is not a time", "stop in": "is not a time",
		"stop in 10s": "is not between 1m and 7d", "snooze 8d": "is not between", "stop sometimes": "five cron fields", "off now": "say idle",
		"stop daily 19:00 Europe/Atlantis": "not a Windows time zone",
	} {
		if _, err := model.ParseLeash(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

// planned plans an order on an instance that was changed first. It is Friday
// 17:02 UTC.
func planned(t *testing.T, order string, change func(*model.Instance), held ...*model.Held) (model.LeashPlan, error) {
	t.Helper()
	i := modeltest.Instance("vision", "ana-dev", change)
	o, err := model.ParseLeash(order)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range held {
		h.Command.Target = string(i.ID)
	}
	s := &model.Snapshot{Instances: []*model.Instance{i}, Held: held}
	return model.PlanLeash(s.Seal(), i, o, modeltest.Now())
}

func scheduled(texts ...string) func(*model.Instance) {
	return func(i *model.Instance) {
		for _, text := range texts {
			s, err := model.ParseSchedule(text)
			if err != nil {
				i.Name = err.Error() // seen in what the plan says
			}
			i.Schedules = append(i.Schedules, s)
		}
	}
}

func TestPlansWriteToTheService(t *testing.T) {
	p, err := planned(t, "idle 30m", nil)
	if err != nil || len(p.Commands) != 1 || p.Commands[0].Idle != 30*time.Minute || len(p.Held) != 0 {
		t.Errorf("idle: %+v, %v", p, err)
	}
	p, err = planned(t, "stop daily 19:00", scheduled("start daily 07:00"))
	if err != nil || len(p.Commands) != 1 || len(p.Commands[0].Schedules) != 2 || !strings.Contains(p.Lines[0].Text, "2 of 4") {
		t.Errorf("schedule: %+v, %v", p, err)
	}
	p, err = planned(t, "off", func(i *model.Instance) {
		i.IdleShutdown = time.Hour
		scheduled("start daily 07:00", "stop daily 19:00")(i)
	})
	if err != nil || len(p.Commands) != 2 || p.Commands[0].Verb != model.VerbIdle || len(p.Commands[1].Schedules) != 1 {
		t.Errorf("off: %+v, %v", p, err)
	}
}

func TestPlansAreRefused(t *testing.T) {
	four := scheduled("start daily 07:00", "stop daily 19:00", "stop daily 20:00", "stop daily 21:00")
	for name, c := range map[string]struct {
		order  string
		change func(*model.Instance)
		says   string
	}{
		"no slot":      {"stop daily 22:00", four, "all 4 schedules are used"},
		"there":        {"stop daily 19:00", scheduled("stop daily 19:00 UTC"), "is set already"},
		"not running":  {"stop in 30m", func(i *model.Instance) { i.State = model.StateStopped }, "is Stopped"},
		"none to slip": {"snooze 2h", nil, "nothing would stop it"},
		"none to take": {"off", nil, "nothing would stop it"},
	} {
		if _, err := planned(t, c.order, c.change); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestStopInIsHeldByAmltop(t *testing.T) {
	p, err := planned(t, "stop in 30m", nil, &model.Held{ID: "h1", Command: model.Command{Verb: model.VerbStop}})
	if err != nil || len(p.Commands) != 0 || len(p.Held) != 1 || !p.Held[0].At.Equal(modeltest.Now().Add(30*time.Minute)) {
		t.Fatalf("%+v, %v", p, err)
	}
	if !slices.Equal(p.Release, []model.HeldID{"h1"}) || !strings.Contains(p.Lines[0].Text, "stop in 30m, only while amltop runs") {
		t.Errorf("%+v", p)
	}
}

// TestSnoozeSkipsARun holds that the service goes on by itself after a snooze:
// the run is skipped by the beginning, and the stop between is amltop's.
func TestSnoozeSkipsARun(t *testing.T) {
	now := modeltest.Now()
	for _, text := range []string{"stop 0 19 * * 1-5", "stop weekdays 20:00 Romance Standard Time", "stop every 3 days at 19:00"} {
		p, err := planned(t, "snooze 2h", func(i *model.Instance) { i.CreatedAt = now.AddDate(0, 0, -3); scheduled(text)(i) })
		if err != nil || len(p.Commands) != 1 || len(p.Held) != 1 {
			t.Fatalf("%s: %+v, %v", text, p, err)
		}
		want := now.Truncate(time.Hour).Add(4 * time.Hour) // 19:00 and two hours
		if !p.Held[0].At.Equal(want) {
			t.Errorf("%s: held until %v, want %v", text, p.Held[0].At, want)
		}
		table, err := p.Commands[0].Schedules[0].Timetable(now)
		if err != nil {
			t.Fatal(err)
		}
		was, err := model.ParseSchedule(text)
		if err != nil {
			t.Fatal(err)
		}
		before, err := was.Timetable(now.AddDate(0, 0, -3))
		if err != nil {
			t.Fatal(err)
		}
		at, want2 := table.Next(now), before.Next(want)
		for range 6 {
			if !at.Equal(want2) {
				t.Errorf("%s: after the snooze it runs at %v, before at %v", text, at, want2)
			}
			at, want2 = table.Next(at), before.Next(want2)
		}
	}
}

func TestSnoozeOfARuleKeepsARule(t *testing.T) {
	rule := func(i *model.Instance) { i.IdleShutdown = time.Hour }
	p, err := planned(t, "snooze 2h", rule)
	if err != nil || len(p.Commands) != 1 || p.Commands[0].Idle != 3*time.Hour || len(p.Held) != 1 || p.Held[0].Command.Idle != time.Hour {
		t.Fatalf("%+v, %v", p, err)
	}
	again, err := planned(t, "snooze 2h", func(i *model.Instance) { i.IdleShutdown = 3 * time.Hour },
		&model.Held{ID: "h1", Command: model.Command{Verb: model.VerbIdle, Idle: time.Hour}})
	if err != nil || again.Commands[0].Idle != 5*time.Hour || again.Held[0].Command.Idle != time.Hour || len(again.Release) != 1 {
		t.Errorf("a snooze on a snooze: %+v, %v", again, err)
	}
	held, err := planned(t, "snooze 2h", rule, &model.Held{ID: "h1", At: modeltest.Now().Add(time.Hour), Command: model.Command{Verb: model.VerbStop}})
	if err != nil || len(held.Commands) != 0 || !held.Held[0].At.Equal(modeltest.Now().Add(3*time.Hour)) {
		t.Errorf("of a held stop: %+v, %v", held, err)
	}
}
