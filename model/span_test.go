package model_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90s": 90 * time.Second, "30m": 30 * time.Minute, "1h 30m": 90 * time.Minute, "1H30M": 90 * time.Minute,
		"2d": 48 * time.Hour, "1d12h": 36 * time.Hour, "0s": 0,
	} {
		if got, err := model.ParseDuration(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "soon", "-5m", "d", "-1d", "1d-5m", "30", "99999d", "1.5d"} {
		if got, err := model.ParseDuration(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestDurationsReadAsTheyAreWritten(t *testing.T) {
	for _, d := range []time.Duration{15 * time.Minute, 90 * time.Second, time.Hour, 25 * time.Hour, 72 * time.Hour} {
		if got, err := model.ParseDuration(model.Ago(d)); err != nil || got != d {
			t.Errorf("%s: %v, %v", model.Ago(d), got, err)
		}
	}
}

func TestParseIdle(t *testing.T) {
	for text, want := range map[string]time.Duration{"off": 0, " Never ": 0, "30m": 30 * time.Minute, "3d": 72 * time.Hour} {
		if got, err := model.ParseIdle(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "0s", "5m", "4d", "30m30s", "x"} {
		if got, err := model.ParseIdle(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestShortSchedules(t *testing.T) {
	for text, want := range map[string]string{
		"stop daily 19:00": "stop every day at 19:00 UTC", "stop daily at 19:00 Romance Standard Time": "stop every day at 19:00 Romance Standard Time",
		"start weekdays 07:30 UTC": "start every week on Monday,Tuesday,Wednesday,Thursday,Friday at 07:30 UTC",
	} {
		if got, err := model.ParseSchedule(text); err != nil || got.String() != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if s, err := model.ParseSchedule("stop daily 25:00"); err == nil {
		t.Errorf("25 o'clock is %v", s)
	}
}
