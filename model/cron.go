package model

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// cronSpec is a five-field cron expression: for each field the values it names,
// one bit each.
type cronSpec struct {
	minute, hour, day, month, weekday uint64
	anyDay, anyWeekday                bool // the field is *
}

// cronField is what a field may hold.
type cronField struct {
	low, high int
	names     []string // of its values, from low on
}

var cronFields = [5]cronField{
	{0, 59, nil}, {0, 23, nil}, {1, 31, nil},
	{1, 12, []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{0, 7, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

// parseCron reads a cron expression.
func parseCron(expression string) (cronSpec, error) {
	fields := strings.Fields(expression)
	if len(fields) != 5 {
		return cronSpec{}, fmt.Errorf("cron: %q has %d fields, not five (minute hour day month weekday)", expression, len(fields))
	}
	var sets [5]uint64
	for k, field := range fields {
		for part := range strings.SplitSeq(field, ",") {
			set, err := cronFields[k].parse(part)
			if err != nil {
				return cronSpec{}, fmt.Errorf("cron: %w in %q", err, expression)
			}
			sets[k] |= set
		}
	}
	if sets[4]&(1<<7) != 0 { // 7 is Sunday, too
		sets[4] |= 1
	}
	star := func(field string) bool { return field == "*" || field == "?" }
	return cronSpec{sets[0], sets[1], sets[2], sets[3], sets[4], star(fields[2]), star(fields[4])}, nil
}

// parse reads one part of a field: *, 5, 1-5, */15, 8-18/2, mon-fri.
func (f cronField) parse(part string) (uint64, error) {
	span, every, stepped := strings.Cut(part, "/")
	step := 1
	if stepped {
		n, err := strconv.Atoi(every)
		if err != nil || n < 1 {
			return 0, fmt.Errorf("%q has no step such as */15", part)
		}
		step = n
	}
	low, high := f.low, f.high
	if len(f.names) == 7 {
		high = 6 // seven days, though Sunday has two numbers
	}
	if span != "*" && span != "?" {
		from, to, ranged := strings.Cut(span, "-")
		var err error
		if low, err = f.value(from); err != nil {
			return 0, err
		}
		switch {
		case ranged:
			if high, err = f.value(to); err != nil {
				return 0, err
			}
		case !stepped: // 5/15 is from 5 on
			high = low
		}
	}
	if low > high {
		return 0, fmt.Errorf("%q runs backwards", part)
	}
	var set uint64
	for v := low; v <= high; v += step {
		set |= 1 << v
	}
	return set, nil
}

func (f cronField) value(word string) (int, error) {
	for k, name := range f.names {
		if strings.EqualFold(name, word) {
			return f.low + k, nil
		}
	}
	n, err := strconv.Atoi(word)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is no number, range, list, step or *", word)
	case n < f.low || n > f.high:
		return 0, fmt.Errorf("%d is not between %d and %d", n, f.low, f.high)
	}
	return n, nil
}

// falls reports whether a day is one of the expression's. As everywhere with
// cron, a day of the month and a day of the week that are both given are
// alternatives.
func (c cronSpec) falls(day time.Time) bool {
	if c.month>>int(day.Month())&1 == 0 {
		return false
	}
	date, week := c.day>>day.Day()&1 == 1, c.weekday>>int(day.Weekday())&1 == 1
	if c.anyDay || c.anyWeekday {
		return date && week
	}
	return date || week
}

// clock are the moments of a day in minutes, in order.
func (c cronSpec) clock() []int {
	minutes := make([]int, 0, bits.OnesCount64(c.hour)*bits.OnesCount64(c.minute))
	for h := range 24 {
		if c.hour>>h&1 == 0 {
			continue
		}
		for m := range 60 {
			if c.minute>>m&1 == 1 {
				minutes = append(minutes, h*60+m)
			}
		}
	}
	return minutes
}
