package azure

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter is the longest pause that an answer can order: whatever it
// says, a part is asked again within the hour.
const maxRetryAfter = time.Hour

// retryHeaders are the headers in which the services say how long to wait, and
// the unit of their numbers, first choice first. Cost Management has its own,
// of which the longest counts.
var retryHeaders = []struct {
	name string
	unit time.Duration
}{
	{"retry-after-ms", time.Millisecond},
	{"x-ms-retry-after-ms", time.Millisecond},
	{"Retry-After", time.Second},
}

const costRetryPrefix, costRetrySuffix = "X-Ms-Ratelimit-Microsoft.costmanagement-", "-Retry-After"

// retryAfter reads the pause that the service asks for, in any of its headers;
// 0 if it asks for none.
func retryAfter(header http.Header) time.Duration {
	for _, h := range retryHeaders {
		if d := pauseOf(header.Get(h.name), h.unit); d > 0 {
			return d
		}
	}
	if at, err := http.ParseTime(header.Get("Retry-After")); err == nil {
		if sent, err := http.ParseTime(header.Get("Date")); err == nil && at.After(sent) {
			return min(at.Sub(sent), maxRetryAfter)
		}
	}
	var longest time.Duration
	for name, values := range header {
		canonical := http.CanonicalHeaderKey(name)
		if len(values) > 0 && strings.HasPrefix(canonical, costRetryPrefix) && strings.HasSuffix(canonical, costRetrySuffix) {
			longest = max(longest, pauseOf(values[0], time.Second))
		}
	}
	return longest
}

// pauseOf reads a number of units; 0 for what is none.
func pauseOf(value string, unit time.Duration) time.Duration {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(n > 0) {
		return 0
	}
	if n > float64(maxRetryAfter/unit) {
		return maxRetryAfter
	}
	return time.Duration(n * float64(unit))
}
