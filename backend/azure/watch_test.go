package azure

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
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
		h.Set(headerID, "r")
		w.learn(&http.Response{StatusCode: 200, Header: h}, now)
	}
	learn(testNow.Add(time.Second).Format(http.TimeFormat), "", testNow)
	if !w.clockNow().Wall.IsZero() {
		t.Errorf("a second of difference counts as skew: %+v", w.clockNow())
	}
	for range 2 {
		learn(testNow.Add(time.Minute).Format(http.TimeFormat), "", testNow)
	}
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

// TestWrongDates gives dates that are not the service's, or one server's alone.
func TestWrongDates(t *testing.T) {
	const yes, no = "request-1", ""
	type answer struct {
		after, says time.Duration // since the beginning, on the wall and in the Date
		id          string
	}
	for name, tt := range map[string]struct {
		answers []answer
		off     time.Duration // that is learned
	}{
		"a proxy's":                 {[]answer{{0, time.Hour, no}, {time.Second, time.Hour, no}}, 0},
		"one server, years behind":  {[]answer{{0, 0, yes}, {time.Second, -9e4 * time.Hour, yes}, {2 * time.Second, 2 * time.Second, yes}}, 0},
		"back and forth":            {[]answer{{0, time.Hour, yes}, {time.Second, -time.Hour, yes}, {2 * time.Second, time.Hour, yes}, {3 * time.Second, -time.Hour, yes}}, 0},
		"confirmed":                 {[]answer{{0, time.Hour, yes}, {5 * time.Second, time.Hour + 5*time.Second, yes}}, time.Hour},
		"confirmed but for a proxy": {[]answer{{0, time.Hour, yes}, {time.Second, 9 * time.Hour, no}, {5 * time.Second, time.Hour + 5*time.Second, yes}}, time.Hour},
		"a little":                  {[]answer{{0, 10 * time.Second, yes}}, 10 * time.Second},
	} {
		w := &watcher{now: func() time.Time { return testNow }, log: slog.New(slog.DiscardHandler)}
		for _, a := range tt.answers {
			h := http.Header{"Date": {testNow.Add(a.says).Format(http.TimeFormat)}}
			if a.id != "" {
				h.Set(headerID, a.id)
			}
			w.learn(&http.Response{StatusCode: 200, Header: h}, testNow.Add(a.after))
		}
		if off := w.clockNow().At(testNow).Sub(testNow); off != tt.off {
			t.Errorf("%s: learned to be %v off, want %v", name, off, tt.off)
		}
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

const (
	leftReads  = headerLeft + "subscription-reads"
	leftWrites = headerLeft + "subscription-writes"
)

// hears gives a watcher an answer with headers, in pairs.
func hears(w *watcher, method, path string, status int, pairs ...string) {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	req := &http.Request{Method: method, URL: &url.URL{Path: path}}
	w.learn(&http.Response{StatusCode: status, Header: h, Request: req}, testNow)
}

func TestBudgetIsLearned(t *testing.T) {
	w := &watcher{}
	for _, tc := range []struct {
		status int
		reads  string
		want   model.Budget
	}{
		{200, "", model.Budget{}},
		{200, "249", model.Budget{Remaining: 249, Limit: 250, PerSecond: 25}},
		{200, "many", model.Budget{Remaining: 249, Limit: 250, PerSecond: 25}},
		{200, "-1", model.Budget{Remaining: 249, Limit: 250, PerSecond: 25}},
		{429, "", model.Budget{Remaining: 0, Limit: 250, PerSecond: 25}},
		{200, "11998", model.Budget{Remaining: 11998, Limit: 12000, PerSecond: 12000. / 3600}},
		{200, "17", model.Budget{Remaining: 17, Limit: 12000, PerSecond: 12000. / 3600}},
	} {
		hears(w, "GET", "/subscriptions/S/x", tc.status, leftReads, tc.reads)
		got := w.budgetsNow()[0]
		tc.want.Kind, tc.want.Scope, tc.want.Global, tc.want.Sent = model.BudgetReads, "s", -1, got.Sent
		if got != tc.want {
			t.Errorf("%d %q: %+v, want %+v", tc.status, tc.reads, got, tc.want)
		}
	}
	if sent := w.budgetsNow()[0].Sent; sent != 7 {
		t.Errorf("%d requests counted, want 7", sent)
	}
}

// Every subscription and every kind of request has its own bucket, the graph
// and the cost queries theirs.
func TestBucketsAreApart(t *testing.T) {
	w := &watcher{}
	hears(w, "GET", "/subscriptions/A/x", 200, leftReads, "240", headerLeft+"subscription-global-reads", "3740", headerRouting, "WESTUS:20250501T143306Z:1")
	hears(w, "GET", "/subscriptions/b/x", 200, leftReads, "100")
	hears(w, "POST", "/subscriptions/a/ws/computes/c/listNodes", 200, leftWrites, "1198")
	hears(w, "POST", "/subscriptions/a/ws/diagnose", 202, leftReads, "230")
	hears(w, "DELETE", "/subscriptions/a/x", 202)
	hears(w, "GET", "/subscriptions", 200, headerLeft+"tenant-reads", "11999")
	hears(w, "POST", "/providers/Microsoft.ResourceGraph/resources", 200, headerGraph, "14", headerGraphReset, "00:00:05")
	hears(w, "POST", "/subscriptions/a/providers/Microsoft.CostManagement/query", 200, headerCost, "QueriesPerMinute:58,QueriesPer10Seconds:11")
	w.spend(&http.Request{Method: "GET", URL: &url.URL{Path: "/subscriptions/b/x"}})
	var got []string
	for _, b := range w.budgetsNow() {
		got = append(got, fmt.Sprintf("%s|%s %d/%d %d #%d %s", b.Scope, b.Kind, b.Remaining, b.Limit, b.Global, b.Sent, b.Region))
	}
	want := []string{
		"|cost units 11/12 -1 #1 ", "|graph queries 14/15 -1 #1 ", "|reads 11999/12000 -1 #1 ",
		"a|deletes 0/0 -1 #1 ", "a|reads 230/250 -1 #2 westus", "a|writes 1198/1200 -1 #1 ", "b|reads 100/250 -1 #2 ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
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
