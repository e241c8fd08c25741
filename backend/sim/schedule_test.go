package sim

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/amltop/amltop/model"
)

// TestSchedulesAreReplaced holds that what was planned for earlier schedules
// does not happen, and that there cannot be five.
func TestSchedulesAreReplaced(t *testing.T) {
	w, i := box(t, "state = \"Running\"\nbusy = \"48h\"\n")
	soon := Schedule{Action: model.ScheduleStop, Status: model.ScheduleEnabled, Recurrence: model.Recurrence{Frequency: "Hour", Interval: 1}}
	if err := w.SetSchedules(i, []Schedule{soon}); err != nil {
		t.Fatal(err)
	}
	if err := w.SetSchedules(i, nil); err != nil {
		t.Fatal(err)
	}
	w.after(3 * time.Hour)
	if i.State != string(model.StateRunning) {
		t.Errorf("a schedule that was taken away left it %s", i.State)
	}
	if err := w.SetSchedules(i, []Schedule{soon, soon, soon, soon, soon}); err == nil || len(i.Schedules) != 0 {
		t.Errorf("five schedules: %v", err)
	}
	if err := w.SetSchedules(i, []Schedule{soon}); err != nil {
		t.Fatal(err)
	}
	w.after(90 * time.Minute)
	if i.State != string(model.StateStopped) || i.Last.Trigger != triggerSchedule {
		t.Errorf("after its schedule it is %s, last operation %+v", i.State, i.Last)
	}
}

// TestCronAgreesWithAWitness holds the model's cron against a library that many
// use, over random expressions and moments.
func TestCronAgreesWithAWitness(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 5))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 3_000 {
		text := pick("0", "*", "*/10", "7,37", "50/3", "10-20") + " " + pick("*", "19", "8-18/3", "0,12") + " " +
			pick("*", "?", "1", "*/9", "28-31", "15,30") + " " + pick("*", "2", "jan-jun", "*/5", "12") + " " + pick("*", "1-5", "SAT", "0", "*/2", "mon,thu")
		witness, err := parser.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		own, err := model.InstanceSchedule{Cron: text}.Timetable(begin)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		at := begin.Add(time.Duration(rng.Int64N(int64(700 * 24 * time.Hour))))
		if got, want := own.Next(at), witness.Next(at); !got.Equal(want) && want.Sub(at) < 5*365*24*time.Hour {
			t.Fatalf("%s after %v: %v, the witness says %v", text, at, got, want)
		}
	}
}
