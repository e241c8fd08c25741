package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Ago writes a duration in at most two units, the way tables show ages: "5s",
// "3m 20s", "3h 12m", "45d 2h".
func Ago(d time.Duration) string {
	if d < 0 {
		d = 0
	}
	s := int64(d / time.Second)
	switch {
	case s < 60:
		return strconv.FormatInt(s, 10) + "s"
	case s < 600:
		return two(s/60, "m", s%60, "s")
	case s < 3600:
		return strconv.FormatInt(s/60, 10) + "m"
	case s < 2*86400:
		return two(s/3600, "h", s%3600/60, "m")
	default:
		return two(s/86400, "d", s%86400/3600, "h")
	}
}

func two(a int64, au string, b int64, bu string) string {
	text := strconv.FormatInt(a, 10) + au
	if b == 0 {
		return text
	}
	if b < 10 {
		return text + "0" + strconv.FormatInt(b, 10) + bu
	}
	return text + strconv.FormatInt(b, 10) + bu
}

// Due says for how long something has been due: "due now", "due 5m ago".
func Due(since time.Duration) string {
	if since < time.Second {
		return "due now"
	}
	return "due " + Ago(since) + " ago"
}

// ParseDuration reads a duration as [Ago] writes it and as people type it:
// "90s", "2m", "1h30m", "1h 30m", "2d", "1d12h".
func ParseDuration(text string) (time.Duration, error) {
	rest := strings.Join(strings.Fields(Fold(text)), "")
	bad := fmt.Errorf("%q is not a time such as 90s, 30m, 2h or 1d", text)
	var days time.Duration
	if n, after, found := strings.Cut(rest, "d"); found {
		count, err := strconv.ParseUint(n, 10, 12)
		if err != nil {
			return 0, bad
		}
		if days, rest = time.Duration(count)*24*time.Hour, after; rest == "" {
			return days, nil
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 {
		return 0, bad
	}
	return days + d, nil
}
