package model

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestRhythm finds the next times of recurrences from Wednesday 2026-11-25
// 12:00 UTC on, in zones whose labels say nothing of daylight saving.
func TestRhythm(t *testing.T) {
	begin := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		every Recurrence
		start string
		zone  string
		want  []string
	}{
		"daily":                {Recurrence{Frequency: "Day", Interval: 1, Hours: []int{19, 7}, Minutes: []int{30}}, "", "UTC", []string{"11-25 19:30", "11-26 07:30", "11-26 19:30"}},
		"every third day":      {Recurrence{Frequency: "Day", Interval: 3, Hours: []int{6}}, "", "UTC", []string{"11-28 06:00", "12-01 06:00"}},
		"in a zone":            {Recurrence{Frequency: "Day", Interval: 1, Hours: []int{19}}, "", "Romance Standard Time", []string{"11-25 18:00", "11-26 18:00"}},
		"weekly":               {Recurrence{Frequency: "Week", Interval: 1, Hours: []int{8}, WeekDays: []string{"Friday", "Monday"}}, "", "", []string{"11-27 08:00", "11-30 08:00", "12-04 08:00"}},
		"every second week":    {Recurrence{Frequency: "Week", Interval: 2, Hours: []int{8}, WeekDays: []string{"Monday"}}, "", "", []string{"12-07 08:00", "12-21 08:00"}},
		"monthly":              {Recurrence{Frequency: "Month", Interval: 1, Hours: []int{0}, MonthDays: []int{1, 31}}, "", "", []string{"12-01 00:00", "12-31 00:00", "01-01 00:00"}},
		"as it began":          {Recurrence{Frequency: "Day", Interval: 1}, "2026-11-20T05:45:00", "", []string{"11-26 05:45", "11-27 05:45"}},
		"a beginning to come":  {Recurrence{Frequency: "Hour", Interval: 6}, "2026-12-01T03:00:00", "UTC", []string{"12-01 03:00", "12-01 09:00"}},
		"every ninety minutes": {Recurrence{Frequency: "Minute", Interval: 90}, "", "UTC", []string{"11-25 13:30", "11-25 15:00"}},
	} {
		r, err := InstanceSchedule{Recurrence: tt.every, StartTime: tt.start, TimeZone: tt.zone}.Timetable(begin)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		at := begin
		for k, want := range tt.want {
			at = r.Next(at)
			if got := at.Format("01-02 15:04"); got != want {
				t.Errorf("%s, time %d: %s, want %s", name, k+1, got, want)
			}
		}
	}
	for name, bad := range map[string]struct {
		every       Recurrence
		start, zone string
	}{
		"zone":     {Recurrence{Frequency: "Day", Interval: 1}, "", "Europe/Paris"},
		"begin":    {Recurrence{Frequency: "Day", Interval: 1}, "tomorrow", ""},
		"interval": {Recurrence{Frequency: "Day"}, "", ""},
	} {
		if _, err := (InstanceSchedule{Recurrence: bad.every, StartTime: bad.start, TimeZone: bad.zone}).Timetable(begin); err == nil {
			t.Errorf("a bad %s is taken", name)
		}
	}
}

// TestCron finds the next times of cron expressions from Wednesday 2026-11-25
// 12:00 UTC on.
func TestCron(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		cron, start, zone string
		want              []string
	}{
		"weekdays":            {"0 19 * * 1-5", "", "", []string{"11-25 19:00", "11-26 19:00", "11-27 19:00", "11-30 19:00"}},
		"names":               {"30 8 * dec Mon,THU", "", "", []string{"12-03 08:30", "12-07 08:30"}},
		"Sunday is seven":     {"0 0 * * 7", "", "", []string{"11-29 00:00", "12-06 00:00"}},
		"Friday to Sunday":    {"0 0 * * 5-7", "", "", []string{"11-27 00:00", "11-28 00:00", "11-29 00:00", "12-04 00:00"}},
		"day or weekday":      {"0 0 1 * 1", "", "", []string{"11-30 00:00", "12-01 00:00", "12-07 00:00"}},
		"steps":               {"*/20 12-14/2 * * *", "", "", []string{"11-25 12:20", "11-25 12:40", "11-25 14:00"}},
		"in a zone":           {"0 19 * * *", "", "Romance Standard Time", []string{"11-25 18:00", "11-26 18:00"}},
		"in whatever case":    {"0 19 * * *", "", "tokyo standard time", []string{"11-26 10:00"}},
		"a beginning to come": {"0 19 * * *", "2026-11-27T19:00:00", "UTC", []string{"11-27 19:00", "11-28 19:00"}},
		"leap day":            {"0 0 29 2 *", "", "", []string{"02-29 00:00"}},
	} {
		table, err := InstanceSchedule{Cron: tt.cron, StartTime: tt.start, TimeZone: tt.zone}.Timetable(now)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		at := now
		for k, want := range tt.want {
			at = table.Next(at)
			if got := at.Format("01-02 15:04"); got != want {
				t.Errorf("%s, time %d: %s, want %s", name, k+1, got, want)
			}
		}
	}
	never, err := InstanceSchedule{Cron: "0 0 31 2 *"}.Timetable(now)
	if err != nil || !never.Next(now).IsZero() || !never.Last(now).IsZero() {
		t.Errorf("31 February comes: %v, %v", never.Next(now), err)
	}
}

// TestLastIsBeforeNext holds, for random schedules and moments, that the newest
// run is not after the moment, that the next one is, and that none is between.
func TestLastIsBeforeNext(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	begin := time.Date(2025, 3, 1, 6, 30, 0, 0, time.UTC)
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	for range 2_000 {
		s := InstanceSchedule{TimeZone: pick("", "Romance Standard Time", "Nepal Standard Time", "Pacific Standard Time")}
		if rng.IntN(2) == 0 {
			s.Cron = pick("0", "30", "*/7", "5-50/15") + " " + pick("*", "19", "8-18/3") + " " + pick("*", "1", "28-31") + " " + pick("*", "2", "1-6") + " " + pick("*", "1-5", "sat")
		} else {
			s.Recurrence = Recurrence{Frequency: pick("Minute", "Hour", "Day", "Week", "Month"), Interval: 1 + rng.IntN(5)}
			if rng.IntN(2) == 0 {
				s.StartTime = "2025-06-10T03:20:00"
			}
		}
		table, err := s.Timetable(begin)
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		now := begin.Add(time.Duration(rng.Int64N(int64(600 * 24 * time.Hour))))
		last, next := table.Last(now), table.Next(now)
		switch {
		case next.IsZero() || !next.After(now):
			t.Fatalf("%v at %v: next %v", s, now, next)
		case last.IsZero():
			if first := table.Next(time.Time{}.AddDate(2024, 0, 0)); !first.After(now) && s.Cron == "" {
				t.Fatalf("%v at %v: no last run, and the first is %v", s, now, first)
			}
		case last.After(now) || !table.Next(last).Equal(next):
			t.Fatalf("%v at %v: last %v, then %v, next %v", s, now, last, table.Next(last), next)
		}
	}
}
