package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// days is a number of days, written "90d".
type days int

// fewestDays keep the month whole that the screen adds up.
const fewestDays = 35

func (d *days) UnmarshalText(text []byte) error {
	number, found := strings.CutSuffix(string(text), "d")
	n, err := strconv.Atoi(number)
	if !found || err != nil || n < fewestDays || n > 3650 {
		return fmt.Errorf("%q is not a number of days from %dd to 3650d", text, fewestDays)
	}
	*d = days(n)
	return nil
}

func (d days) duration() time.Duration { return time.Duration(d) * 24 * time.Hour }

// fileSize is the size of a file in bytes, written "500MB" or "1GB"; the units
// are powers of 1024.
type fileSize int64

// smallestFile is room for the history of a few workspaces.
const smallestFile = 10 << 20

func (f *fileSize) UnmarshalText(text []byte) error {
	for unit, bytes := range map[string]int64{"MB": 1 << 20, "GB": 1 << 30} {
		number, found := strings.CutSuffix(string(text), unit)
		if !found {
			continue
		}
		n, err := strconv.ParseInt(number, 10, 32)
		if err != nil || n*bytes < smallestFile {
			break
		}
		*f = fileSize(n * bytes)
		return nil
	}
	return fmt.Errorf("%q is not a size such as 500MB or 1GB, 10MB or more", text)
}
