package arm

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// measure asks for metrics of a resource.
func (v *town) measure(resource string, query map[string]string) (*http.Response, map[string]any) {
	v.t.Helper()
	q := url.Values{"api-version": {"2021-05-01"}}
	for k, value := range query {
		q.Set(k, value)
	}
	resp, body := v.send("GET", resource+"/providers/microsoft.insights/metrics?"+q.Encode(), "")
	return resp, decode(v.t, body)
}

func seriesOf(doc map[string]any, n int) []any {
	return dig(doc["value"].([]any)[n], "timeseries").([]any)
}

func TestMetricsCountNodes(t *testing.T) {
	v := newTown(t, Options{})
	v.pass(30 * time.Minute)
	query := map[string]string{"metricnames": "Idle Nodes,Total Cores", "timespan": "2026-11-23T13:50:00Z/2026-11-23T14:30:00Z", "interval": "PT5M", "aggregation": "Average,Maximum", "$filter": "ClusterName eq '*'"}
	_, doc := v.measure(visionPath, query)
	all := map[string][]any{}
	for _, s := range seriesOf(doc, 0) {
		meta := dig(s, "metadatavalues").([]any)[0]
		all[dig(meta, "name.value").(string)+" "+dig(meta, "value").(string)] = dig(s, "data").([]any)
	}
	warm := all["clustername warm"]
	if len(all) != 2 || len(warm) != 8 {
		t.Fatalf("%v", doc)
	}
	if first := warm[0].(map[string]any); len(first) != 1 || first["timeStamp"] != "2026-11-23T13:50:00Z" {
		t.Errorf("before the world: %v", first)
	}
	if last := warm[7].(map[string]any); last["average"] != json.Number("2") || last["maximum"] != json.Number("2") {
		t.Errorf("%v", last)
	}
	delete(query, "$filter")
	query["metricnames"] = "Total Cores"
	_, doc = v.measure(visionPath, query)
	if list := seriesOf(doc, 0); len(list) != 1 || dig(dig(list[0], "data").([]any)[7], "average") != json.Number("8") || len(dig(list[0], "metadatavalues").([]any)) != 0 {
		t.Errorf("%v", list)
	}
}

// Load is known while a job runs, and of nothing else.
func TestMetricsOfRuns(t *testing.T) {
	v := newTown(t, Options{})
	query := map[string]string{"metricnames": "CpuUtilizationPercentage", "timespan": "2026-11-23T08:30:00Z/2026-11-23T14:00:00Z", "interval": "PT30M", "$filter": "ComputeName eq 'cold'"}
	_, doc := v.measure(visionPath, query)
	list := seriesOf(doc, 0)
	if len(list) != 1 {
		t.Fatalf("%v", doc)
	}
	known := ""
	for _, p := range dig(list[0], "data").([]any) {
		value, ok := dig(p, "average").(json.Number)
		n := number(value)
		known += map[bool]string{true: "x", false: "."}[ok]
		if ok && (n < 62 || n > 97) {
			t.Errorf("%v", p)
		}
	}
	if known != ".xxxx......" { // the job ran from 09:05 to 11:00
		t.Error(known)
	}
	query["$filter"] = "ComputeName eq 'ana-old'"
	if _, doc := v.measure(visionPath, query); len(seriesOf(doc, 0)) != 0 {
		t.Errorf("nothing ran there: %v", doc)
	}
}

func TestMetricsOfDeployments(t *testing.T) {
	v := newTown(t, Options{})
	query := map[string]string{"metricnames": "RequestsPerMinute,DeploymentCapacity"}
	_, blue := v.measure(visionPath+"/onlineEndpoints/defects/deployments/blue", query)
	data := dig(seriesOf(blue, 0)[0], "data").([]any)
	if len(data) != 60 || number(dig(data[30], "average")) <= 0 || dig(dig(seriesOf(blue, 1)[0], "data").([]any)[0], "average") != json.Number("2") {
		t.Errorf("%v", blue)
	}
	if _, again := v.measure(visionPath+"/onlineEndpoints/defects/deployments/blue", query); dig(seriesOf(again, 0)[0], "data").([]any)[30].(map[string]any)["average"] != data[30].(map[string]any)["average"] {
		t.Error("the past changes")
	}
	if _, green := v.measure(visionPath+"/onlineEndpoints/defects/deployments/green", query); len(seriesOf(green, 0)) != 0 {
		t.Errorf("one that failed serves: %v", green)
	}
}

func TestMetricsThatAreRefused(t *testing.T) {
	v := newTown(t, Options{})
	for says, query := range map[string]map[string]string{
		"metric: Weather, Valid metrics: Active Nodes,": {"metricnames": "Idle Nodes,Weather"},
		"time span":              {"timespan": "yesterday"},
		"time grain":             {"interval": "PT7M"},
		"points":                 {"timespan": "2026-01-01/2026-11-23"},
		"aggregation 'median'":   {"aggregation": "median"},
		"not valid":              {"$filter": "ClusterName"},
		"dimension combination":  {"$filter": "Colour eq '*'"},
		"operator 'contains' is": {"$filter": "contains(ClusterName,'x')"},
	} {
		resp, doc := v.measure(visionPath, query)
		message, _ := doc["message"].(string)
		if resp.StatusCode != http.StatusBadRequest || doc["code"] != "BadRequest" || !strings.Contains(message, says) {
			t.Errorf("%v: %s %v", query, resp.Status, doc)
		}
	}
	if resp, _ := v.measure(secretPath, nil); resp.StatusCode != http.StatusForbidden {
		t.Error(resp.Status)
	}
	list := v.get(visionPath + "/providers/Microsoft.Insights/metricDefinitions?api-version=2018-01-01")["value"].([]any)
	if len(list) != 14 || dig(list[0], "name.value") != "Active Nodes" {
		t.Errorf("%d: %v", len(list), list[0])
	}
}
