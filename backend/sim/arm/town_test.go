package arm

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

const (
	townSub    = "/subscriptions/8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01"
	visionPath = townSub + "/resourceGroups/rg-vision/providers/Microsoft.MachineLearningServices/workspaces/vision"
	secretPath = townSub + "/resourceGroups/rg-secret/providers/Microsoft.MachineLearningServices/workspaces/secret"
	eastus     = townSub + "/providers/Microsoft.MachineLearningServices/locations/eastus"
)

// town is a server over the quiet tenant of testdata/town.toml, with a clock
// that stands still unless it is moved.
type town struct {
	t      *testing.T
	server *Server
	wall   time.Time
}

func newTown(t *testing.T, o Options) *town {
	t.Helper()
	sc, err := sim.Load("testdata/town.toml")
	if err != nil {
		t.Fatal(err)
	}
	w, err := sim.New(sc, 1)
	if err != nil {
		t.Fatal(err)
	}
	v := &town{t: t, wall: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
	if o.Now == nil {
		o.Now = func() time.Time { return v.wall }
	}
	v.server = New(w, o)
	return v
}

// pass lets time go by on the wall.
func (v *town) pass(d time.Duration) { v.wall = v.wall.Add(d) }

// send sends a request and reads the answer. A path without a query gets the
// usual api-version; a path with a scheme is taken as it is.
func (v *town) send(method, path, body string) (*http.Response, string) {
	v.t.Helper()
	url := path
	if !strings.Contains(url, "://") {
		url = "https://management.azure.com" + path
	}
	if !strings.Contains(url, "?") {
		url += "?api-version=2024-04-01"
	}
	r, err := http.NewRequestWithContext(v.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := v.server.Transport().RoundTrip(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp, string(text)
}

// get sends a GET, wants 200 and decodes the body.
func (v *town) get(path string) map[string]any {
	v.t.Helper()
	resp, body := v.send(http.MethodGet, path, "")
	if resp.StatusCode != http.StatusOK {
		v.t.Fatalf("GET %s: %s: %s", path, resp.Status, body)
	}
	return decode(v.t, body)
}

func decode(t *testing.T, body string) map[string]any {
	t.Helper()
	var doc map[string]any
	d := json.NewDecoder(bytes.NewReader([]byte(body)))
	d.UseNumber()
	if err := d.Decode(&doc); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return doc
}

// dig follows keys into a document; the last may be missing.
func dig(doc any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		m, ok := doc.(map[string]any)
		if !ok {
			return nil
		}
		doc = m[key]
	}
	return doc
}

// names are the names of a list's items.
func names(doc map[string]any) []string {
	var list []string
	for _, item := range doc["value"].([]any) {
		list = append(list, dig(item, "name").(string))
	}
	return list
}
