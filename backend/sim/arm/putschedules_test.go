package arm

import (
	"net/http"
	"testing"
	"time"
)

// TestSchedulesInAPut creates an instance with a cron schedule and a
// recurrence, as the portal does, and sees both read back and obeyed.
func TestSchedulesInAPut(t *testing.T) {
	const body = `{"location":"eastus","properties":{"computeType":"ComputeInstance","properties":{"vmSize":"Standard_DS3_v2","schedules":{"computeStartStop":[` +
		`{"status":"Enabled","action":"Stop","triggerType":"Recurrence","cron":null,"recurrence":{"frequency":"Day","interval":1,"startTime":"2026-11-23T00:00:00","timeZone":"UTC","schedule":{"hours":[18],"minutes":[30],"weekDays":null,"monthDays":null}}},` +
		`{"action":"Start","triggerType":"Cron","recurrence":null,"cron":{"startTime":null,"timeZone":"UTC","expression":"0 7 * * 2"}}]}}}}`
	v := newTown(t, Options{})
	path := visionPath + "/computes/planned"
	if resp, text := v.send(http.MethodPut, path, body); resp.StatusCode != http.StatusCreated {
		t.Fatalf("%s: %s", resp.Status, text)
	}
	v.pass(30 * time.Minute)
	doc := v.get(path)
	list, ok := dig(doc, "properties.properties.schedules.computeStartStop").([]any)
	if !ok || len(list) != 2 || dig(list[0], "recurrence.frequency") != "Day" || dig(list[0], "triggerType") != "Recurrence" || dig(list[1], "cron.expression") != "0 7 * * 2" || dig(list[1], "id") == "" {
		t.Fatalf("schedules: %v", list)
	}
	for _, tt := range []struct {
		after time.Duration
		state string
	}{{0, "Running"}, {5 * time.Hour, "Stopped"}, {13 * time.Hour, "Running"}} {
		v.pass(tt.after)
		if got := dig(v.get(path), "properties.properties.state"); got != tt.state {
			t.Errorf("%v later it is %v, want %s", tt.after, got, tt.state)
		}
	}
	const weekly = `{"properties":{"computeType":"ComputeInstance","properties":{"vmSize":"Standard_DS3_v2","schedules":{"computeStartStop":[` +
		`{"action":"Stop","recurrence":{"frequency":"week","interval":2,"timeZone":"Romance Standard Time","schedule":{"hours":[19],"minutes":[0],"weekDays":["friday"]}}}]}}}}`
	if resp, text := v.send(http.MethodPut, path, weekly); resp.StatusCode != http.StatusCreated {
		t.Errorf("over what is there: %s: %s", resp.Status, text)
	}
	v.pass(time.Minute)
	list, _ = dig(v.get(path), "properties.properties.schedules.computeStartStop").([]any)
	if len(list) != 1 || dig(list[0], "recurrence.timeZone") != "Romance Standard Time" {
		t.Errorf("replaced by a PUT: %v", list)
	}
	const odd = `{"properties":{"computeType":"ComputeInstance","properties":{"vmSize":"Standard_DS3_v2","schedules":{"computeStartStop":[{"action":"Stop","recurrence":{"frequency":"Century","interval":1}}]}}}}`
	if resp, text := v.send(http.MethodPut, visionPath+"/computes/odd", odd); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a schedule that cannot be: %s: %s", resp.Status, text)
	}
}
