package azure

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	const cost = "x-ms-ratelimit-microsoft.costmanagement-"
	for _, tc := range []struct {
		header map[string]string
		want   time.Duration
	}{
		{map[string]string{"Retry-After": "5"}, 5 * time.Second},
		{map[string]string{"Retry-After": " 5 "}, 5 * time.Second},
		{map[string]string{"Retry-After": "1.5"}, 1500 * time.Millisecond},
		{map[string]string{"retry-after": "5", "x-ms-retry-after-ms": "250"}, 250 * time.Millisecond},
		{map[string]string{"Retry-After-Ms": "750"}, 750 * time.Millisecond},
		{map[string]string{"Retry-After": "Mon, 23 Nov 2026 09:00:30 GMT", "Date": "Mon, 23 Nov 2026 09:00:00 GMT"}, 30 * time.Second},
		{map[string]string{"Retry-After": "Mon, 23 Nov 2026 09:00:30 GMT"}, 0},
		{map[string]string{"Retry-After": "Mon, 23 Nov 2026 09:00:00 GMT", "Date": "Mon, 23 Nov 2026 09:00:30 GMT"}, 0},
		{map[string]string{cost + "qpu-retry-after": "4", cost + "entity-retry-after": "9", cost + "qpu-remaining": "600"}, 9 * time.Second},
		{map[string]string{"Retry-After": "soon"}, 0},
		{map[string]string{"Retry-After": "-3"}, 0},
		{map[string]string{"Retry-After": "NaN"}, 0},
		{map[string]string{"Retry-After": "1e300"}, time.Hour},
		{map[string]string{"Retry-After": "99999999999999999999"}, time.Hour},
		{nil, 0},
	} {
		h := http.Header{}
		for name, value := range tc.header {
			h.Set(name, value)
		}
		if got := retryAfter(h); got != tc.want {
			t.Errorf("%v: %s, want %s", tc.header, got, tc.want)
		}
	}
}
