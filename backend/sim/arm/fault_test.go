package arm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func fault(t *testing.T, text string) Fault {
	t.Helper()
	f, err := ParseFault(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]Fault{
		"computes:500":                {Route: "computes", Kind: fault500},
		"computes.list:500:3":         {Route: "computes.list", Kind: fault500, Count: 3},
		"*:latency=2s":                {Route: "*", Kind: faultLatency, Duration: 2 * time.Second},
		"*.list:429:every=10:for=30s": {Route: "*.list", Kind: fault429, Every: 10, Duration: 30 * time.Second},
		"jobs:503:p=0.1:after=20":     {Route: "jobs", Kind: fault503, Probability: 0.1, After: 20},
		"Computes.Stop/ana-gpu:409":   {Route: "Computes.Stop/ana-gpu", Kind: fault409},
		"operations:STUCK":            {Route: "operations", Kind: faultStuck},
		"onlineDeployments.put:cut":   {Route: "onlineDeployments.put", Kind: faultCut},
		"*:html=502":                  {Route: "*", Kind: faultHTML, Amount: 502},
		"*:huge=64:2":                 {Route: "*", Kind: faultHuge, Amount: 64, Count: 2},
		"computes.get:stale=1m":       {Route: "computes.get", Kind: faultStale, Duration: time.Minute},
	} {
		if got, err := ParseFault(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", text, got, err, want)
		}
	}
}

func TestParseFaultSaysWhatIsWrong(t *testing.T) {
	for text, says := range map[string]string{
		"":                         "ROUTE:KIND",
		"computes":                 "ROUTE:KIND",
		":500":                     "ROUTE:KIND",
		"castles:500":              "the groups are subscriptions, workspaces, computes, jobs",
		"computes:501":             `"501" is not one of latency, 400, 401, 403, 404, 409, lock, quota, 429, 500, 503, html, errorbody, cut, malformed, truncated, huge, type, escape, skew, loop, foreign, noheader, stuck, failed, stale`,
		"computes:500:0":           "whole number above 0",
		"computes:500:x=3":         `option "x" is not one of count, every, after, p, for`,
		"computes:500:p=2":         "at most 1",
		"computes:html=99":         "not an HTTP status",
		"computes:huge=0":          "whole number above 0",
		"computes:500=2s":          "500 takes no such duration",
		"computes:latency=soon":    "invalid duration",
		"computes:latency:for=-1s": "takes no such duration",
	} {
		if f, err := ParseFault(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %+v, %v, want %q", text, f, err, says)
		}
	}
}

func FuzzParseFault(f *testing.F) {
	for _, seed := range []string{"computes:500:3", "*:latency=2s", "a/b:c=d:e=f", "[:500"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseFault(text)
		if err == nil && (got.Route == "" || !known(got.Kind)) {
			t.Errorf("%q: %+v", text, got)
		}
	})
}

func TestFaultsAnswerInsteadOfTheWorld(t *testing.T) {
	for kind, want := range map[string]struct {
		status int
		code   string
		retry  string
	}{
		"429":        {429, "TooManyRequests", "10"},
		"429:for=3s": {429, "TooManyRequests", "3"},
		"400":        {400, "BadRequest", ""},
		"401":        {401, "ExpiredAuthenticationToken", ""},
		"403":        {403, "AuthorizationFailed", ""},
		"lock":       {409, "ScopeLocked", ""},
		"quota":      {400, "ClusterMinNodesExceedCoreQuota", ""},
		"errorbody":  {200, "InternalServerError", ""},
		"404":        {404, "ResourceNotFound", ""},
		"409":        {409, "Conflict", ""},
		"500":        {500, "InternalServerError", ""},
		"503":        {503, "ServiceUnavailable", "5"},
	} {
		v := newTown(t, Options{Faults: []Fault{fault(t, "computes.stop/ana-gpu:"+kind)}})
		resp, body := v.send("POST", visionPath+"/computes/ANA-GPU/stop", "")
		if resp.StatusCode != want.status || dig(decode(t, body), "error.code") != want.code || resp.Header.Get("Retry-After") != want.retry {
			t.Errorf("%s: %s, Retry-After %q: %s", kind, resp.Status, resp.Header.Get("Retry-After"), body)
		}
		if want.status == 403 && !strings.Contains(string(body), "/computes/ANA-GPU' or") {
			t.Errorf("%s: the scope is not the resource: %s", kind, body)
		}
		if state := dig(v.get(visionPath+"/computes/ana-gpu"), "properties.properties.state"); state != "Running" {
			t.Errorf("%s: the work was done all the same: %v", kind, state)
		}
		if resp, _ := v.send("POST", visionPath+"/computes/ana-old/start", ""); resp.StatusCode != 202 {
			t.Errorf("%s: another instance was struck: %s", kind, resp.Status)
		}
	}
}

func TestFaultsStrikeWhenTheyShould(t *testing.T) {
	for text, want := range map[string]string{
		"workspaces:500:2":            "XX......",
		"workspaces.get:500:every=3":  "..X..X..",
		"*:500:after=5":               ".....XXX",
		"*.get:500:after=2:every=2:2": "...X.X..",
		"computes:500":                "........",
		"workspaces.list:500":         "........",
	} {
		v := newTown(t, Options{Faults: []Fault{fault(t, text)}})
		got := ""
		for range len(want) {
			resp, _ := v.send("GET", visionPath, "")
			got += map[int]string{200: ".", 500: "X"}[resp.StatusCode]
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestAProbabilityIsRepeatable(t *testing.T) {
	run := func(seed uint64) (pattern string) {
		v := newTown(t, Options{Seed: seed, Faults: []Fault{fault(t, "*:500:p=0.5")}})
		for range 64 {
			resp, _ := v.send("GET", visionPath, "")
			pattern += resp.Status[:1]
		}
		return pattern
	}
	first := run(1)
	if n := strings.Count(first, "5"); n < 16 || n > 48 {
		t.Errorf("%d of 64 struck", n)
	}
	if run(1) != first || run(2) == first {
		t.Error("the seed does not decide")
	}
}

func TestLatencyEndsWithTheClientsPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newTown(t, Options{Now: time.Now, Faults: []Fault{fault(t, "workspaces:latency=3s"), fault(t, "workspaces.get:500:1")}})
		begin := time.Now()
		resp, _ := v.send("GET", visionPath, "")
		if took := time.Since(begin); took != 3*time.Second || resp.StatusCode != 500 {
			t.Errorf("%s after %v; latency goes with another kind", resp.Status, took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://management.azure.com"+visionPath+"?api-version=2024-04-01", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.server.Transport().RoundTrip(r); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

// A cut connection has done its work: that is the point of it.
func TestCutDoesTheWork(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "computes:cut:2")}})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://management.azure.com"+visionPath+"/computes/ana-gpu/stop?api-version=2024-04-01", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		r.Method = method
		resp, err := v.server.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: read to the end: %v", method, err)
		}
		r.URL.Path = visionPath + "/computes"
	}
	if state := dig(v.get(visionPath+"/computes/ana-gpu"), "properties.properties.state"); state != "Stopping" {
		t.Errorf("state %v", state)
	}
}

func TestMalformedIsNoJSON(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "computes.list:malformed")}})
	resp, body := v.send("GET", visionPath+"/computes", "")
	if resp.StatusCode != 200 || json.Valid([]byte(body)) {
		t.Errorf("%s: %s", resp.Status, body)
	}
}

func TestStuckAndFailedOperations(t *testing.T) {
	for text, want := range map[string]string{"operations:stuck": "InProgress", "operations.compute:failed": "Failed"} {
		v := newTown(t, Options{Faults: []Fault{fault(t, text)}})
		resp, _ := v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
		v.pass(time.Hour)
		doc := v.get(resp.Header.Get("Azure-AsyncOperation"))
		if dig(doc, "status") != want || (want == "Failed") != (dig(doc, "error.code") != nil) {
			t.Errorf("%s: %v", text, doc)
		}
	}
}

func TestStaleReadsLastAsLongAsTheySay(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "computes.get:stale=30s")}})
	state := func() any { return dig(v.get(visionPath+"/computes/ana-gpu"), "properties.properties.state") }
	state()
	v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
	v.pass(29 * time.Second)
	if got := state(); got != "Running" {
		t.Errorf("after 29 s: %v", got)
	}
	v.pass(2 * time.Second)
	if got := state(); got != "Stopping" {
		t.Errorf("after 31 s: %v", got)
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	for _, k := range faultKinds {
		if !strings.Contains(FaultKinds(), string(k.kind)) || k.meaning == "" {
			t.Errorf("%s is not explained", k.kind)
		}
	}
}
