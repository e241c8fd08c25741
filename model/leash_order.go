package model

import (
	"fmt"
	"strings"
	"time"
)

// LeashKind is what a leash order asks for.
type LeashKind string

// The kinds of leash order, by the words they begin with.
const (
	OrderIdle     LeashKind = "idle"   // an idle rule, held by the service
	OrderSchedule LeashKind = "stop"   // a stop schedule more, held by the service
	OrderStopIn   LeashKind = "in"     // one stop, held by amltop
	OrderSnooze   LeashKind = "snooze" // what would stop it next comes later
	OrderOff      LeashKind = "off"    // nothing stops it any more
)

// LeashOrder is what somebody wants to stop an instance, or no longer to.
type LeashOrder struct {
	Kind     LeashKind
	After    time.Duration    // of idle, stop in and snooze
	Schedule InstanceSchedule // of a schedule
}

// LeashUsage is how an order is written.
const LeashUsage = "idle 30m | stop daily 19:00 [time zone] | stop in 30m | snooze 2h | off"

// ParseLeash reads an order as people write it, see [LeashUsage].
func ParseLeash(text string) (LeashOrder, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return LeashOrder{}, fmt.Errorf("say %s", LeashUsage)
	}
	rest := strings.Join(words[1:], " ")
	switch word := Fold(words[0]); {
	case word == "idle":
		d, err := ParseIdle(rest)
		if err != nil {
			return LeashOrder{}, err
		}
		return LeashOrder{Kind: OrderIdle, After: d}, nil
	case word == "stop" && len(words) > 1 && Fold(words[1]) == "in":
		d, err := wait(strings.Join(words[2:], " "))
		return LeashOrder{Kind: OrderStopIn, After: d}, err
	case word == "stop":
		s, err := ParseSchedule(text)
		if err == nil {
			_, err = s.Timetable(time.Time{})
		}
		return LeashOrder{Kind: OrderSchedule, Schedule: s}, err
	case word == "snooze":
		d, err := wait(rest)
		return LeashOrder{Kind: OrderSnooze, After: d}, err
	case word == "off" && rest == "":
		return LeashOrder{Kind: OrderOff}, nil
	default:
		return LeashOrder{}, fmt.Errorf("leash %q: say %s", text, LeashUsage)
	}
}

// longestHeld is how far ahead amltop takes something upon itself.
const longestHeld = 7 * 24 * time.Hour

func wait(text string) (time.Duration, error) {
	d, err := ParseDuration(text)
	switch {
	case err != nil:
		return 0, err
	case d < time.Minute || d > longestHeld:
		return 0, fmt.Errorf("%s is not between 1m and %s", text, Ago(longestHeld))
	}
	return d, nil
}

// String writes an order the way [ParseLeash] reads it.
func (o LeashOrder) String() string {
	switch o.Kind {
	case OrderIdle:
		return "idle " + idleText(o.After)
	case OrderSchedule:
		return o.Schedule.String()
	case OrderStopIn:
		return "stop in " + Ago(o.After)
	case OrderSnooze:
		return "snooze " + Ago(o.After)
	default:
		return string(o.Kind)
	}
}
