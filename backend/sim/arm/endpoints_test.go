package arm

import (
	"slices"
	"testing"
	"time"
)

func TestEndpointsFilterAndOrder(t *testing.T) {
	v := newTown(t, Options{})
	list := visionPath + "/onlineEndpoints?api-version=2024-04-01"
	v.pass(time.Minute)
	if resp, body := v.send("PUT", visionPath+"/onlineEndpoints/fresh", `{"location":"eastus","tags":{"team":"vision","purpose":"demo"},"properties":{"authMode":"Key"}}`); resp.StatusCode != 201 {
		t.Fatal(resp.Status, body)
	}
	for query, want := range map[string][]string{
		"&tags=team":                     {"fresh"},
		"&tags=team%3Dvision,purpose":    {"fresh"},
		"&tags=team%3Dnlp":               nil,
		"&computeType=managed":           {"defects", "fresh"},
		"&computeType=Kubernetes":        nil,
		"&orderBy=CreatedAtDesc":         {"fresh", "defects"},
		"&orderBy=UpdatedAtAsc":          {"defects", "fresh"},
		"&orderBy=CreatedAtDesc&count=1": {"fresh"},
		"&name=FRESH&tags=team":          {"fresh"},
	} {
		if got := names(v.get(list + query)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestJobsFilterByTag(t *testing.T) {
	v := newTown(t, Options{})
	jobs := visionPath + "/jobs?api-version=2024-04-01"
	everything := names(v.get(jobs))
	onClusters := names(v.get(jobs + "&tag=" + computeStatusTag))
	if len(onClusters) == 0 || len(onClusters) == len(everything) {
		t.Errorf("%q of %q run on clusters", onClusters, everything)
	}
	if got := names(v.get(jobs + "&tag=team")); len(got) != 0 {
		t.Errorf("jobs with a tag that none has: %q", got)
	}
}
