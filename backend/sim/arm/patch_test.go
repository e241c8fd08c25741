package arm

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// TestAPatchWithSinglePropertiesChangesNothing holds a trap of the service: the
// scale settings one level too high are accepted, and ignored.
func TestAPatchWithSinglePropertiesChangesNothing(t *testing.T) {
	v := newTown(t, Options{})
	path := visionPath + "/computes/cold"
	before := dig(v.get(path), "properties.properties.scaleSettings")
	resp, body := v.send(http.MethodPatch, path, `{"properties":{"scaleSettings":{"minNodeCount":1,"maxNodeCount":2}}}`)
	if resp.StatusCode != http.StatusAccepted {
		t.Fatalf("%s: %s", resp.Status, body)
	}
	v.pass(5 * time.Minute)
	if after := dig(v.get(path), "properties.properties.scaleSettings"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("scale settings %v, were %v", after, before)
	}
}
