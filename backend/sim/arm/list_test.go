package arm

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestListsHaveEverythingInThem(t *testing.T) {
	v := newTown(t, Options{})
	for path, want := range map[string][]string{
		townSub + "/providers/Microsoft.MachineLearningServices/workspaces":                          {"Vision", "secret"},
		townSub + "/resourceGroups/RG-VISION/providers/microsoft.machinelearningservices/Workspaces": {"Vision"},
		visionPath + "/computes":                                         {"warm", "cold", "ana-gpu", "ana-old", "ana-full", "k8s"},
		visionPath + "/onlineEndpoints":                                  {"defects"},
		visionPath + "/onlineEndpoints?api-version=2025-09-01&name=none": nil,
		visionPath + "/batchEndpoints":                                   {"nightly"},
		visionPath + "/onlineEndpoints/defects/deployments":              {"blue", "green"},
		visionPath + "/batchEndpoints/nightly/deployments":               {"first"},
		strings.ToUpper(visionPath) + "/COMPUTES":                        {"warm", "cold", "ana-gpu", "ana-old", "ana-full", "k8s"},
	} {
		if got := names(v.get(path)); !slices.Equal(got, want) {
			t.Errorf("GET %s: %q, want %q", path, got, want)
		}
	}
}

func TestPagesWalkTheWholeList(t *testing.T) {
	v := newTown(t, Options{PageSize: 4})
	doc := v.get(visionPath + "/computes")
	first := names(doc)
	next, ok := doc["nextLink"].(string)
	if !ok || !strings.HasPrefix(next, "https://management.azure.com"+visionPath+"/computes?") || !strings.Contains(next, "%24skip=") {
		t.Fatalf("nextLink %q", next)
	}
	doc = v.get(next)
	if rest := names(doc); len(first) != 4 || !slices.Equal(rest, []string{"ana-full", "k8s"}) {
		t.Errorf("pages %q and %q", first, rest)
	}
	if _, more := doc["nextLink"]; more {
		t.Error("the last page has a nextLink")
	}
}

// A compute deleted between two pages must not hide another one.
func TestPagesSurviveADeletion(t *testing.T) {
	v := newTown(t, Options{PageSize: 3})
	next := v.get(visionPath + "/computes")["nextLink"].(string)
	if resp, body := v.send(http.MethodDelete, visionPath+"/computes/cold?api-version=2024-04-01&underlyingResourceAction=Delete", ""); resp.StatusCode != http.StatusAccepted {
		t.Fatal(resp.Status, body)
	}
	v.pass(10 * time.Minute)
	if got := names(v.get(next)); !slices.Equal(got, []string{"ana-old", "ana-full", "k8s"}) {
		t.Errorf("second page %q", got)
	}
}

func TestJobsFilterByTypeAndView(t *testing.T) {
	v := newTown(t, Options{PageSize: 2})
	jobs := visionPath + "/jobs?api-version=2024-04-01"
	for query, want := range map[string]int{"&listViewType=All": 2, "&listViewType=ArchivedOnly": 0, "&jobType=Sweep": 1, "&$top=1": 1} {
		if got := len(names(v.get(jobs + query))); got != want {
			t.Errorf("%s: %d jobs, want %d", query, got, want)
		}
	}
	seen := 0
	for link := jobs; link != ""; {
		doc := v.get(link)
		seen += len(names(doc))
		link, _ = doc["nextLink"].(string)
	}
	if seen != 4 {
		t.Errorf("%d jobs over all pages, want 4", seen)
	}
}
