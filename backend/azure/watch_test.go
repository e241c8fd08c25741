package azure

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestClockFromSimulator(t *testing.T) {
	e := ok("GET", "/computes?", `{"value":[]}`)
	e.header = map[string]string{headerClock: "2030-01-02T03:04:05.5Z;speed=60", "Date": "Mon, 23 Nov 2026 09:00:00 GMT"}
	c := clientOn(t, newScript(e))
	if _, err := c.Computes(t.Context(), testWorkspace(), 0); err != nil {
		t.Fatal(err)
	}
	want := time.Date(2030, 1, 2, 3, 5, 5, 500e6, time.UTC)
	if got := c.Clock().At(testNow.Add(time.Second)); !got.Equal(want) || c.Clock().Speed != 60 {
		t.Errorf("a second later it is %s, want %s", got, want)
	}
}

func TestClockFromDate(t *testing.T) {
	w := &watcher{now: func() time.Time { return testNow }, log: slog.New(slog.DiscardHandler)}
	learn := func(date, clock string, now time.Time) {
		h := http.Header{}
		h.Set("Date", date)
		h.Set(headerClock, clock)
		w.learn(&http.Response{StatusCode: 200, Header: h}, now)
	}
	learn(testNow.Add(time.Second).Format(http.TimeFormat), "", testNow)
	if !w.clockNow().Wall.IsZero() {
		t.Errorf("a second of difference counts as skew: %+v", w.clockNow())
	}
	learn(testNow.Add(time.Minute).Format(http.TimeFormat), "", testNow)
	if got := w.clockNow().At(testNow); !got.Equal(testNow.Add(time.Minute)) {
		t.Errorf("skew not learned: %s", got)
	}
	before := w.clockNow()
	learn(testNow.Add(61*time.Second).Format(http.TimeFormat), "", testNow)
	if w.clockNow() != before {
		t.Error("a second more moves the clock")
	}
	learn("", "2030-01-02T03:04:05Z;speed=3600", testNow)
	if w.clockNow() != before {
		t.Error("Azure may set the clock's speed")
	}
	learn("nonsense", "nonsense", testNow)
	if w.clockNow() != before {
		t.Error("nonsense moves the clock")
	}
}

func TestParseClock(t *testing.T) {
	for header, speed := range map[string]float64{
		"2030-01-02T03:04:05Z": 1, "2030-01-02T03:04:05Z;speed=0.5": 0.5, "2030-01-02T03:04:05Z; speed=3600": 3600,
		"2030-01-02T03:04:05Z;speed=-1": 1, "2030-01-02T03:04:05Z;speed=NaN": 1,
	} {
		c, ok := parseClock(header, testNow)
		if !ok || c.Speed != speed {
			t.Errorf("%q: %+v, %v", header, c, ok)
		}
	}
	if _, ok := parseClock(";speed=2", testNow); ok {
		t.Error("a clock without a time")
	}
}

func TestBudget(t *testing.T) {
	w := &watcher{}
	for _, tc := range []struct {
		status int
		reads  string
		want   model.Budget
	}{
		{200, "", model.Budget{}},
		{200, "249", model.Budget{Remaining: 249, Limit: 250}},
		{200, "many", model.Budget{Remaining: 249, Limit: 250}},
		{429, "", model.Budget{Remaining: 0, Limit: 250}},
		{200, "11998", model.Budget{Remaining: 11998, Limit: 12000}},
		{200, "17", model.Budget{Remaining: 17, Limit: 12000}},
	} {
		h := http.Header{}
		h.Set(headerReads, tc.reads)
		w.learn(&http.Response{StatusCode: tc.status, Header: h}, testNow)
		if got := w.budgetNow(); got != tc.want {
			t.Errorf("%d %q: %+v, want %+v", tc.status, tc.reads, got, tc.want)
		}
	}
}

// TestLogHoldsNoSecrets reads the debug log of a stop: paths, but neither the
// token nor the signature of the operation's URL.
func TestLogHoldsNoSecrets(t *testing.T) {
	var log bytes.Buffer
	s := newScript(
		&exchange{method: "POST", path: "/stop", status: 202, header: map[string]string{"Azure-AsyncOperation": testOps}},
		ok("GET", "/op1", `{"status":"InProgress"}`),
	)
	c, err := New(Options{
		Carrier: model.CarrierAzure, Credential: namedCredential{"s3cret"}, Transport: s, Now: func() time.Time { return testNow },
		Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Begin(t.Context(), commandOn(model.VerbStop, testWS+"/computes/a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Poll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := log.String(); !strings.Contains(text, "computeOperationsStatus") || strings.Contains(text, "SIGNED") || strings.Contains(text, "s3cret") {
		t.Errorf("log:\n%s", text)
	}
}
