package arm

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestAProxysPageIsNoAnswerOfARM(t *testing.T) {
	for kind, status := range map[string]int{"html": 200, "html=502": 502} {
		v := newTown(t, Options{Faults: []Fault{fault(t, "computes.stop:"+kind)}})
		resp, body := v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
		if resp.StatusCode != status || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || !strings.HasPrefix(body, "<!DOCTYPE html>") {
			t.Errorf("%s: %s %v %s", kind, resp.Status, resp.Header, body)
		}
		if state := dig(v.get(visionPath+"/computes/ana-gpu"), "properties.properties.state"); state != "Running" {
			t.Errorf("%s: the proxy let the request through: %v", kind, state)
		}
	}
}

func TestAnExpiredTokenIsChallenged(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "*:401")}})
	resp, _ := v.send("GET", visionPath, "")
	if got := resp.Header.Get("WWW-Authenticate"); !strings.HasPrefix(got, `Bearer authorization_uri="https://login.microsoftonline.com/`) || !strings.Contains(got, `error="invalid_token"`) {
		t.Error(got)
	}
}

// Locks and quotas are met by who wants to change something.
func TestLocksLetReadersIn(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "*:lock:1")}})
	if resp, body := v.send("GET", visionPath+"/computes", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("%s %s", resp.Status, body)
	}
	if resp, doc := v.ask("resources", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("%s %v", resp.Status, doc)
	}
	resp, body := v.send("DELETE", visionPath+"/computes/ana-gpu?api-version=2024-04-01&underlyingResourceAction=Delete", "")
	want := "cannot perform delete operation because following scope(s) are locked: '" + townSub + "/resourceGroups/rg-vision'."
	if resp.StatusCode != http.StatusConflict || !strings.Contains(body, want) {
		t.Errorf("%s %s", resp.Status, body)
	}
}

func TestSpoiltAnswers(t *testing.T) {
	spoilt := func(kind, path string) (*http.Response, string) {
		v := newTown(t, Options{Faults: []Fault{fault(t, "*:"+kind)}, PageSize: 2})
		return v.send("GET", path, "")
	}
	if _, body := spoilt("truncated", visionPath+"/computes"); json.Valid([]byte(body)) || !strings.HasPrefix(body, `{"value":[`) {
		t.Errorf("truncated: %s", body)
	}
	if resp, body := spoilt("type", visionPath); !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/plain") || !json.Valid([]byte(body)) {
		t.Errorf("type: %v", resp.Header)
	}
	resp, body := spoilt("huge=3", visionPath)
	if resp.ContentLength != int64(len(body)) || len(body) < 3<<20 || dig(decode(t, body), "name") != "Vision" {
		t.Errorf("huge: %d bytes, %d told", len(body), resp.ContentLength)
	}
	plain, _ := spoilt("latency=1ns", visionPath)
	skewed, _ := spoilt("skew=90m", visionPath)
	at, err := http.ParseTime(plain.Header.Get("Date"))
	ahead, err2 := http.ParseTime(skewed.Header.Get("Date"))
	if err != nil || err2 != nil || ahead.Sub(at) != 90*time.Minute {
		t.Errorf("skew: %v, %v", plain.Header, skewed.Header)
	}
	_, body = spoilt("escape", visionPath+"/computes/ana-gpu")
	if doc := decode(t, body); !strings.Contains(dig(doc, "name").(string), "\x1b[2J") || strings.ContainsRune(dig(doc, "id").(string), 0x1b) {
		t.Errorf("escape: %s", body)
	}
}

func TestListsThatGoOnForEverOrElsewhere(t *testing.T) {
	for kind, want := range map[string]string{
		"loop":    "https://management.azure.com" + visionPath + "/computes?api-version=2024-04-01",
		"foreign": "https://collector.example" + visionPath + "/computes?api-version=2024-04-01",
	} {
		v := newTown(t, Options{Faults: []Fault{fault(t, "computes:"+kind)}})
		doc := v.get(visionPath + "/computes")
		if doc["nextLink"] != want || len(names(doc)) == 0 {
			t.Errorf("%s: %v", kind, doc["nextLink"])
		}
	}
	v := newTown(t, Options{Faults: []Fault{fault(t, "graph:loop")}})
	_, first := v.ask("resources", `,"options":{"$top":2}`)
	_, second := v.ask("resources", `,"options":{"$top":2,"$skipToken":"`+first["$skipToken"].(string)+`"}`)
	if cells(first, "id") != cells(second, "id") || first["$skipToken"] != second["$skipToken"] {
		t.Errorf("%v then %v", first, second)
	}
}

func TestOperationsPolledElsewhereOrNowhere(t *testing.T) {
	for kind, want := range map[string]string{"foreign": "https://collector.example/subscriptions/", "noheader": ""} {
		v := newTown(t, Options{Faults: []Fault{fault(t, "computes.stop:"+kind)}})
		resp, _ := v.send("POST", visionPath+"/computes/ana-gpu/stop", "")
		got, has := resp.Header["Azure-Asyncoperation"]
		if resp.StatusCode != http.StatusAccepted || has != (want != "") || has && !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %s %v", kind, resp.Status, got)
		}
		if state := dig(v.get(visionPath+"/computes/ana-gpu"), "properties.properties.state"); state != "Stopping" {
			t.Errorf("%s: the work was not done: %v", kind, state)
		}
	}
}

// Over a socket a huge answer is as long as it says, and never in memory.
func TestHugeOverASocket(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "*:huge=8")}})
	web := httptest.NewServer(v.server)
	defer web.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL+visionPath+"?api-version=2024-04-01", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := web.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || int64(len(body)) != resp.ContentLength || !bytes.HasSuffix(body, []byte(" }")) {
		t.Errorf("%d bytes of %d: %v", len(body), resp.ContentLength, err)
	}
}

// What the flag says, the list of faults says too.
func TestFaultsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, text := range []string{"*:html=502", "graph:huge=64:count=2", "*.list:skew=2h0m0s", "computes:lock:every=3"} {
		if got := fault(t, text).String(); got != text {
			t.Errorf("%s is written %s", text, got)
		}
	}
}
