package arm

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// over runs a server on a socket and answers a GET by it.
func over(t *testing.T, o Options, path string) (*http.Response, string, error) {
	t.Helper()
	v := newTown(t, o)
	socket := httptest.NewServer(v.server)
	t.Cleanup(socket.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, socket.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := socket.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

func TestOverASocketLinksStayOnIt(t *testing.T) {
	resp, body, err := over(t, Options{PageSize: 1, AllowHosts: []string{"127.0.0.1"}}, visionPath+"/computes?api-version=2024-04-01")
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status, body, err)
	}
	if next := decode(t, body)["nextLink"].(string); !strings.HasPrefix(next, "http://"+resp.Request.Host+"/subscriptions/") {
		t.Errorf("nextLink %s", next)
	}
	if resp.ContentLength != int64(len(body)) {
		t.Errorf("length %d, body %d", resp.ContentLength, len(body))
	}
}

func TestHostOptionDecidesLinks(t *testing.T) {
	v := newTown(t, Options{PageSize: 1, Host: "https://arm.example/"})
	if next := v.get(visionPath + "/computes")["nextLink"].(string); !strings.HasPrefix(next, "https://arm.example/subscriptions/") {
		t.Errorf("nextLink %s", next)
	}
}

func TestOverASocketACutIsACut(t *testing.T) {
	_, body, err := over(t, Options{Faults: []Fault{fault(t, "*:cut")}}, visionPath+"/computes?api-version=2024-04-01")
	if !errors.Is(err, io.ErrUnexpectedEOF) || body == "" {
		t.Errorf("%v after %d bytes", err, len(body))
	}
}

func TestABodyHasALimit(t *testing.T) {
	v := newTown(t, Options{})
	rec := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPut, visionPath+"/computes/fresh?api-version=2024-04-01", strings.NewReader(strings.Repeat(" ", maxBody+1)))
	v.server.ServeHTTP(rec, r)
	if rec.Code != http.StatusRequestEntityTooLarge || dig(decode(t, rec.Body.String()), "error.code") != "RequestContentTooLarge" {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	v := newTown(t, Options{Speed: 60})
	v.pass(time.Minute)
	resp, _ := v.send("GET", visionPath, "")
	for name, want := range map[string]string{
		"Date":                        `^Mon, 23 Nov 2026 15:00:00 GMT$`,
		"x-ms-request-id":             `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
		"x-ms-correlation-request-id": `^[0-9a-f-]{36}$`,
		"x-ms-routing-request-id":     `^SIMULATOR:20261123T150000Z:[0-9a-f-]{36}$`,
		"X-Amltop-Clock":              `^2026-11-23T15:00:00Z;speed=60$`,
		"Content-Type":                `^application/json; charset=utf-8$`,
	} {
		if got := resp.Header.Get(name); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s: %q, want %s", name, got, want)
		}
	}
	first := resp.Header.Get("x-ms-request-id")
	if resp, _ = v.send("GET", visionPath, ""); resp.Header.Get("x-ms-request-id") == first {
		t.Error("two requests have one id")
	}
}

func TestALongSleepIsCutShort(t *testing.T) {
	v := newTown(t, Options{Speed: 3600})
	v.pass(8 * time.Hour) // 1,200 days at this speed
	for _, want := range []string{"2026-12-24T14:00:00Z", "2026-12-24T15:00:00Z"} {
		resp, _ := v.send("GET", visionPath, "")
		if got, _, _ := strings.Cut(resp.Header.Get("X-Amltop-Clock"), ";"); got != want {
			t.Errorf("the world's time is %s, want %s", got, want)
		}
		v.pass(time.Second)
	}
}

// Whatever is asked, the answer is an answer: a status, and JSON or nothing.
func FuzzServe(f *testing.F) {
	for _, path := range []string{"", "/computes", "/computes/ana-gpu/stop", "/onlineEndpoints/defects/deployments/blue", "/batchEndpoints/nightly", "/jobs"} {
		f.Add("GET", visionPath+path, "api-version=2024-04-01", "")
		f.Add("PUT", visionPath+path, "api-version=2024-04-01&$skip=NTAgYW5h", `{"properties":{"computeType":"AmlCompute","properties":{"scaleSettings":{"maxNodeCount":-1}}}}`)
		f.Add("PATCH", visionPath+path, "api-version=2024-04-01", `{"sku":{"capacity":1000}}`)
	}
	sc, err := sim.Load("testdata/town.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "https://management.azure.com/", strings.NewReader(body))
		if err != nil {
			return
		}
		r.URL.Path, r.URL.RawQuery = path, query
		w, err := sim.New(sc, 1)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := New(w, Options{}).Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode < 200 || len(text) > 0 && !json.Valid(text) {
			t.Errorf("%s: %v: %s", resp.Status, err, text)
		}
		if resp.StatusCode >= 500 {
			t.Errorf("%s: %s", resp.Status, text)
		}
	})
}

func TestServerMayBeSharedByGoroutines(t *testing.T) {
	v := newTown(t, Options{Speed: 3600, Faults: []Fault{fault(t, "*:500:p=0.1")}})
	client := &http.Client{Transport: v.server.Transport()}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, path := range []string{"/computes", "/jobs", "/onlineEndpoints", "/computes/ana-gpu"} {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://management.azure.com"+visionPath+path+"?api-version=2024-04-01", nil)
				if err != nil {
					t.Error(err)
					return
				}
				resp, err := client.Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
			}
		})
	}
	group.Wait()
}
