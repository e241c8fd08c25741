package arm

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// socket serves a town on loopback, and sends it a request.
func socket(t *testing.T, o Options) func(method, path, body string, header ...string) (int, string) {
	t.Helper()
	web := httptest.NewServer(newTown(t, o).server)
	t.Cleanup(web.Close)
	return func(method, path, body string, header ...string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, web.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		resp, err := web.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(text)
	}
}

func TestFaultsComeAndGoWhileTheServerRuns(t *testing.T) {
	send := socket(t, Options{AllowHosts: []string{"127.0.0.1"}, Faults: []Fault{fault(t, "jobs:503")}})
	computes := visionPath + "/computes?api-version=2024-04-01"
	faults := func(method, query, body string, status int) []string {
		t.Helper()
		got, text := send(method, faultsPath+query, body)
		if got != status {
			t.Fatalf("%s %s: %d %s", method, query, got, text)
		}
		var list []string
		for _, f := range decode(t, text)["value"].([]any) {
			list = append(list, dig(f, "fault").(string))
		}
		return list
	}
	if got := faults("GET", "", "", 200); !slices.Equal(got, []string{"jobs:503"}) {
		t.Error(got)
	}
	if got := faults("POST", "", "computes.list:500:1\n*:latency=1ms\n", 201); !slices.Equal(got, []string{"jobs:503", "computes.list:500:count=1", "*:latency=1ms"}) {
		t.Error(got)
	}
	if status, _ := send("GET", computes, ""); status != 500 {
		t.Errorf("a fault was added, and the answer is %d", status)
	}
	if _, text := send("GET", faultsPath, ""); !strings.Contains(text, `{"fault":"computes.list:500:count=1","seen":1,"struck":1}`) {
		t.Error(text)
	}
	if got := faults("POST", "", `{"faults":["computes:409"]}`, 201); len(got) != 4 {
		t.Error(got)
	}
	if got := faults("DELETE", "?fault=computes:409&fault=*:latency%3D1ms", "", 200); !slices.Equal(got, []string{"jobs:503", "computes.list:500:count=1"}) {
		t.Error(got)
	}
	if got := faults("DELETE", "", "", 200); len(got) != 0 {
		t.Error(got)
	}
	if status, text := send("GET", computes, ""); status != 200 {
		t.Errorf("%d %s", status, text)
	}
}

func TestFaultsAreNotForEverybody(t *testing.T) {
	guarded := socket(t, Options{AllowHosts: []string{"127.0.0.1"}})
	if status, _ := guarded("POST", faultsPath, "*:500", "Origin", "http://example.com"); status != 404 {
		t.Errorf("a page of a browser: %d", status)
	}
	if status, _ := socket(t, Options{})("GET", faultsPath, ""); status != 404 {
		t.Errorf("a server that others may reach: %d", status)
	}
	v := newTown(t, Options{AllowHosts: []string{"127.0.0.1"}})
	for remote, want := range map[string]int{"127.0.0.1:4000": 200, "[::1]:4000": 200, "192.0.2.7:4000": 404, "": 404} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1"+faultsPath, nil)
		r.RemoteAddr = remote
		rec := httptest.NewRecorder()
		if v.server.ServeHTTP(rec, r); rec.Code != want {
			t.Errorf("from %q: %d, want %d", remote, rec.Code, want)
		}
	}
}

func TestFaultsThatAreNoneAreRefused(t *testing.T) {
	send := socket(t, Options{AllowHosts: []string{"127.0.0.1"}})
	for body, code := range map[string]string{
		"":                               "InvalidRequestContent",
		"{":                              "InvalidRequestContent",
		"computes:500 computes:nonsense": "InvalidFault",
		strings.Repeat("jobs:500\n", mostFaults+1): "TooManyFaults",
	} {
		if status, text := send("POST", faultsPath, body); status != 400 || dig(decode(t, text), "error.code") != code {
			t.Errorf("%.30q: %d %s", body, status, text)
		}
	}
	if status, _ := send("PUT", faultsPath, ""); status != 405 {
		t.Errorf("PUT: %d", status)
	}
	if _, text := send("GET", faultsPath, ""); text != `{"value":[]}` {
		t.Errorf("a refused fault stayed: %s", text)
	}
}

func TestAFaultIsWrittenAsItIsRead(t *testing.T) {
	for _, text := range []string{"computes:500", "*.list:429=10s:every=10", "jobs/x:latency=2s:count=3:after=20:p=0.25"} {
		f := fault(t, text)
		again, err := ParseFault(f.String())
		if err != nil || again != f {
			t.Errorf("%s became %s: %v", text, f, err)
		}
	}
}
