package sim

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// TestRhythm finds the next times of recurrences from Wednesday 2026-11-25
// 12:00 UTC on, in zones whose labels say nothing of daylight saving.
func TestRhythm(t *testing.T) {
	begin := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		every model.Recurrence
		start string
		zone  string
		want  []string
	}{
		"daily":                {model.Recurrence{Frequency: "Day", Interval: 1, Hours: []int{19, 7}, Minutes: []int{30}}, "", "UTC", []string{"11-25 19:30", "11-26 07:30", "11-26 19:30"}},
		"every third day":      {model.Recurrence{Frequency: "Day", Interval: 3, Hours: []int{6}}, "", "UTC", []string{"11-28 06:00", "12-01 06:00"}},
		"in a zone":            {model.Recurrence{Frequency: "Day", Interval: 1, Hours: []int{19}}, "", "Romance Standard Time", []string{"11-25 18:00", "11-26 18:00"}},
		"weekly":               {model.Recurrence{Frequency: "Week", Interval: 1, Hours: []int{8}, WeekDays: []string{"Friday", "Monday"}}, "", "", []string{"11-27 08:00", "11-30 08:00", "12-04 08:00"}},
		"every second week":    {model.Recurrence{Frequency: "Week", Interval: 2, Hours: []int{8}, WeekDays: []string{"Monday"}}, "", "", []string{"12-07 08:00", "12-21 08:00"}},
		"monthly":              {model.Recurrence{Frequency: "Month", Interval: 1, Hours: []int{0}, MonthDays: []int{1, 31}}, "", "", []string{"12-01 00:00", "12-31 00:00", "01-01 00:00"}},
		"as it began":          {model.Recurrence{Frequency: "Day", Interval: 1}, "2026-11-20T05:45:00", "", []string{"11-26 05:45", "11-27 05:45"}},
		"a beginning to come":  {model.Recurrence{Frequency: "Hour", Interval: 6}, "2026-12-01T03:00:00", "UTC", []string{"12-01 03:00", "12-01 09:00"}},
		"every ninety minutes": {model.Recurrence{Frequency: "Minute", Interval: 90}, "", "UTC", []string{"11-25 13:30", "11-25 15:00"}},
	} {
		r, err := newRhythm(tt.every, tt.start, tt.zone, begin)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		at := begin
		for k, want := range tt.want {
			at = r.next(at)
			if got := at.Format("01-02 15:04"); got != want {
				t.Errorf("%s, time %d: %s, want %s", name, k+1, got, want)
			}
		}
	}
	for name, bad := range map[string]struct {
		every       model.Recurrence
		start, zone string
	}{
		"zone":     {model.Recurrence{Frequency: "Day", Interval: 1}, "", "Europe/Paris"},
		"begin":    {model.Recurrence{Frequency: "Day", Interval: 1}, "tomorrow", ""},
		"interval": {model.Recurrence{Frequency: "Day"}, "", ""},
	} {
		if _, err := newRhythm(bad.every, bad.start, bad.zone, begin); err == nil {
			t.Errorf("a bad %s is taken", name)
		}
	}
}

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
