package guard

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Hours are the hours of the week in which something may run.
type Hours struct {
	days     [7]bool // on which they begin, from Sunday on
	from, to int     // minutes of the day; to at or before from: on the next day
	zone     *time.Location
	text     string
}

var dayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseHours reads "mon-fri 08:00-19:00 Europe/Madrid": days (a list, ranges,
// or daily), a span of time, and an IANA time zone with its daylight saving,
// which load finds. Without a zone it is UTC.
func ParseHours(text string, load func(string) (*time.Location, error)) (*Hours, error) {
	const form = "mon-fri 08:00-19:00 Europe/Madrid"
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 3 {
		return nil, fmt.Errorf("hours %q: write them as %q", text, form)
	}
	h := &Hours{zone: time.UTC, text: strings.Join(words, " ")}
	if err := h.readDays(words[0]); err != nil {
		return nil, fmt.Errorf("hours %q: %w", text, err)
	}
	from, to, ok := strings.Cut(words[1], "-")
	var err1, err2 error
	h.from, err1 = minuteOf(from)
	h.to, err2 = minuteOf(to)
	if !ok || err1 != nil || err2 != nil || h.from == h.to || h.from == 24*60 {
		return nil, fmt.Errorf("hours %q: %q is not a span such as 08:00-19:00", text, words[1])
	}
	if len(words) == 3 {
		zone, err := load(words[2])
		if err != nil {
			return nil, fmt.Errorf("hours %q: %q is not an IANA time zone such as Europe/Madrid", text, words[2])
		}
		h.zone = zone
	}
	return h, nil
}

func (h *Hours) readDays(word string) error {
	if strings.EqualFold(word, "daily") {
		h.days = [7]bool{true, true, true, true, true, true, true}
		return nil
	}
	for part := range strings.SplitSeq(strings.ToLower(word), ",") {
		first, last, ranged := strings.Cut(part, "-")
		if !ranged {
			last = first
		}
		a, b := slices.Index(dayNames, first), slices.Index(dayNames, last)
		if a < 0 || b < 0 {
			return fmt.Errorf("%q is not a day or days such as mon, mon-fri or daily", part)
		}
		for d := a; ; d = (d + 1) % 7 {
			h.days[d] = true
			if d == b {
				break
			}
		}
	}
	return nil
}

// minuteOf reads 19:00, up to 24:00.
func minuteOf(text string) (int, error) {
	if text == "24:00" {
		return 24 * 60, nil
	}
	at, err := time.Parse("15:04", text)
	return at.Hour()*60 + at.Minute(), err
}

// Hold reports whether a moment is within the hours.
func (h *Hours) Hold(now time.Time) bool {
	local := now.In(h.zone)
	minute, today := local.Hour()*60+local.Minute(), int(local.Weekday())
	if h.from < h.to {
		return h.days[today] && minute >= h.from && minute < h.to
	}
	return h.days[today] && minute >= h.from || h.days[(today+6)%7] && minute < h.to
}

// String is what was read.
func (h *Hours) String() string { return h.text }
