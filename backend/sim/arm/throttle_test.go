package arm

import (
	"net/http"
	"strconv"
	"testing"
	"time"
)

func left(t *testing.T, resp *http.Response, name string) int {
	t.Helper()
	n, err := strconv.Atoi(resp.Header.Get("x-ms-ratelimit-remaining-" + name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

func TestHeadersTellWhatIsLeft(t *testing.T) {
	v := newTown(t, Options{})
	resp, _ := v.send("GET", visionPath+"/computes", "")
	if r, g := left(t, resp, "subscription-reads"), left(t, resp, "subscription-global-reads"); r != 249 || g != 3749 {
		t.Errorf("reads %d and %d, want 249 and 3749", r, g)
	}
	resp, _ = v.send("POST", visionPath+"/computes/cold/listNodes", "")
	if r, g := left(t, resp, "subscription-writes"), left(t, resp, "subscription-global-writes"); r != 199 || g != 2999 {
		t.Errorf("writes %d and %d, want 199 and 2999", r, g)
	}
	resp, _ = v.send("DELETE", visionPath+"/computes/cold?api-version=2024-04-01&underlyingResourceAction=Detach", "")
	if d := left(t, resp, "subscription-deletes"); d != 199 {
		t.Errorf("deletes %d, want 199", d)
	}
	resp, _ = v.send("GET", "/subscriptions?api-version=2022-12-01", "")
	if n := left(t, resp, "tenant-reads"); n != 249 {
		t.Errorf("tenant reads %d, want 249", n)
	}
	resp, _ = v.send("PUT", visionPath+"/onlineEndpoints/defects/deployments/fresh", newDeployment)
	if n := left(t, resp, "subscription-resource-requests"); n != 24 || resp.Header.Get(limitHeader+"writes") != "" {
		t.Errorf("resource requests %d, writes %q", n, resp.Header.Get(limitHeader+"writes"))
	}
}

// The bucket is the client's, so it refills in the time of the wall, however
// fast the world runs.
func TestTheBucketRunsDryAndRefills(t *testing.T) {
	v := newTown(t, Options{Throttle: true, Speed: 3600})
	for n := range 250 {
		if resp, body := v.send("GET", visionPath, ""); resp.StatusCode != 200 {
			t.Fatalf("read %d: %s %s", n, resp.Status, body)
		}
	}
	resp, body := v.send("GET", visionPath, "")
	if resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "1" || dig(decode(t, body), "error.code") != "TooManyRequests" {
		t.Fatalf("%s, Retry-After %q: %s", resp.Status, resp.Header.Get("Retry-After"), body)
	}
	if resp, _ := v.send("POST", visionPath+"/computes/cold/listNodes", ""); resp.StatusCode != 200 {
		t.Errorf("writes have a bucket of their own: %s", resp.Status)
	}
	v.pass(900 * time.Millisecond)
	if resp, _ := v.send("GET", visionPath, ""); resp.StatusCode != 429 {
		t.Errorf("too early, and not refused: %s", resp.Status)
	}
	v.pass(900 * time.Millisecond)
	if resp, _ := v.send("GET", visionPath, ""); resp.StatusCode != 429 {
		t.Errorf("asking too early did not push the wait on: %s", resp.Status)
	}
	v.pass(time.Second)
	if resp, _ := v.send("GET", visionPath, ""); resp.StatusCode != 200 {
		t.Errorf("after the wait: %s", resp.Status)
	}
	if n := v.server.limits[limitKey{"8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01", kindRead}].regional.tokens; n < 60 || n > 70 {
		t.Errorf("%v tokens after 2.8 s at 25/s, one of them spent", n)
	}
}

func TestUnknownSubscriptionsGetNoBucket(t *testing.T) {
	v := newTown(t, Options{Throttle: true})
	for range 300 {
		if resp, _ := v.send("GET", "/subscriptions/none", ""); resp.StatusCode != 404 {
			t.Fatal(resp.Status)
		}
	}
	if n := len(v.server.limits); n != 0 {
		t.Errorf("%d buckets", n)
	}
}

func TestWithoutThrottleNothingIsRefused(t *testing.T) {
	v := newTown(t, Options{})
	for range 300 {
		if resp, _ := v.send("GET", visionPath, ""); resp.StatusCode != 200 {
			t.Fatal(resp.Status)
		}
	}
}
