package arm

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sosodev/duration"
)

// appendTicks writes a time the way .NET does: seven fractional digits.
func appendTicks(b []byte, t time.Time, zone string) []byte {
	b = t.UTC().AppendFormat(b, "2006-01-02T15:04:05")
	b = append(b, '.')
	digits := strconv.Itoa(10_000_000 + t.Nanosecond()/100)
	b = append(b, digits[1:]...)
	return append(b, zone...)
}

// isoDuration writes a duration the way the service reads it back: in the
// largest units, so that PT120S becomes PT2M.
func isoDuration(d time.Duration) string {
	if d <= 0 {
		return "PT0S"
	}
	b := []byte{'P'}
	unit := func(size time.Duration, letter byte) {
		if n := d / size; n > 0 {
			b = strconv.AppendInt(b, int64(n), 10)
			b = append(b, letter)
			d %= size
		}
	}
	unit(24*time.Hour, 'D')
	if d > 0 {
		b = append(b, 'T')
	}
	unit(time.Hour, 'H')
	unit(time.Minute, 'M')
	if d > 0 {
		b = strconv.AppendFloat(b, d.Seconds(), 'f', -1, 64)
		b = append(b, 'S')
	}
	return string(b)
}

// parseDuration reads an ISO 8601 duration such as PT120S.
func parseDuration(s string) (time.Duration, error) {
	d, err := duration.Parse(s)
	if err != nil || strings.Trim(s, "PT") == "" {
		return 0, fmt.Errorf("%q is no ISO 8601 duration such as PT15M", s)
	}
	return d.ToTimeDuration(), nil
}
