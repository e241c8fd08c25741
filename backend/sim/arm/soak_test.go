package arm

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// TestEveryAnswerIsSoundForDays runs the built-in scenarios for five days and
// looks at everything there is every fifteen hours: each answer is JSON, and each
// list leads to its end.
func TestEveryAnswerIsSoundForDays(t *testing.T) {
	for _, scenario := range []string{"demo", "failing"} {
		t.Run(scenario, func(t *testing.T) {
			sc, err := sim.Load(scenario)
			if err != nil {
				t.Fatal(err)
			}
			w, err := sim.New(sc, 7)
			if err != nil {
				t.Fatal(err)
			}
			v := &town{t: t, wall: time.Unix(0, 0)}
			v.server = New(w, Options{Now: func() time.Time { return v.wall }, Speed: 3600, PageSize: 20})
			seen := 0
			for range 8 {
				v.pass(15 * time.Second) // 15 hours of the world
				for _, sub := range w.Subscriptions() {
					for _, path := range everywhere(sub) {
						seen += soundList(t, v, path)
					}
				}
			}
			if seen < 500 {
				t.Errorf("%d items only", seen)
			}
		})
	}
}

// everywhere are the lists of a subscription.
func everywhere(sub *sim.Subscription) []string {
	root := "/subscriptions/" + sub.ID + "/providers/" + namespace
	paths := []string{root + "/workspaces"}
	for name := range sub.Regions {
		paths = append(paths, root+"/locations/"+name+"/usages", root+"/locations/"+name+"/quotas")
	}
	for _, ws := range sub.Workspaces {
		if ws.Forbidden {
			continue
		}
		for _, list := range []string{"/computes", "/jobs", "/onlineEndpoints", "/batchEndpoints"} {
			paths = append(paths, ws.ID()+list)
		}
		for _, e := range ws.Online {
			paths = append(paths, e.ID()+"/deployments")
		}
		for _, e := range ws.Batch {
			paths = append(paths, e.ID()+"/deployments")
		}
	}
	return paths
}

// soundList walks a list and counts its items.
func soundList(t *testing.T, v *town, path string) (items int) {
	t.Helper()
	for path != "" {
		resp, body := v.send(http.MethodGet, path, "")
		var page struct {
			Value    []struct{ ID, Name any }
			NextLink string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || resp.StatusCode != http.StatusOK || page.Value == nil {
			t.Fatalf("%s: %s: %v in %s", path, resp.Status, err, body)
		}
		for _, item := range page.Value {
			if item.ID == nil || item.Name == nil {
				t.Errorf("%s: an item without an id or a name", path)
			}
		}
		items, path = items+len(page.Value), page.NextLink
	}
	return items
}
