package azure

import (
	"strings"
	"testing"

	"github.com/amltop/amltop/backend"
)

// pageOf is a page of clusters, and where the next one is.
func pageOf(skip string, names ...string) string {
	rows := make([]string, len(names))
	for i, n := range names {
		rows[i] = `{"id":"` + testWS + "/computes/" + n + `","properties":{"computeType":"AmlCompute"}}`
	}
	next := ""
	if skip != "" {
		next = `,"nextLink":"https://management.azure.com` + testWS + "/computes?api-version=2024-04-01&%24skip=" + skip + `"`
	}
	return `{"value":[` + strings.Join(rows, ",") + "]" + next + "}"
}

// TestUnchangedAnswers asks for a list of two pages twice, the second time
// holding an answer.
func TestUnchangedAnswers(t *testing.T) {
	first, second := pageOf("2", "a", "b"), pageOf("", "c")
	for _, tt := range []struct {
		name          string
		first, second string // the second time
		forgetful     bool   // holds nothing
		want          string
	}{
		{"nothing changed", first, second, false, ""},
		{"nothing changed, and nothing held", first, second, true, "a b c"},
		{"the first page changed", pageOf("2", "a", "x"), second, false, "a x c"},
		{"the second page changed", first, pageOf("", "d"), false, "a b d"},
		{"a page more", first, pageOf("3", "c"), false, "a b c z"},
		{"a page less", pageOf("", "a", "b"), second, false, "a b"},
		{"the same rows behind another link", pageOf("3", "a", "b"), second, false, "a b z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := clientOn(t, newScript(
				ok("GET", "$skip=2", second), ok("GET", "$skip=2", tt.second),
				ok("GET", "$skip=3", pageOf("", "z")),
				ok("GET", "/computes?", first), ok("GET", "/computes?", tt.first),
			))
			held, err := c.Computes(t.Context(), testWorkspace(), 0)
			if err != nil || names(held) != "a b c" || held.Version == 0 {
				t.Fatalf("%s, version %d, %v", names(held), held.Version, err)
			}
			known := held.Version
			if tt.forgetful {
				known = 0
			}
			got, err := c.Computes(t.Context(), testWorkspace(), known)
			if err != nil || names(got) != tt.want {
				t.Errorf("%q, %v; want %q", names(got), err, tt.want)
			}
			if same := tt.first == first && tt.second == second; (got.Version == held.Version) != same {
				t.Errorf("version %d after %d", got.Version, held.Version)
			}
		})
	}
}

// TestAnswersHeldByOthers asks with the version of an answer that is no longer
// the last.
func TestAnswersHeldByOthers(t *testing.T) {
	c := clientOn(t, newScript(ok("GET", "/computes?", pageOf("", "a")), ok("GET", "/computes?", pageOf("", "b"))))
	held, err := c.Computes(t.Context(), testWorkspace(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := c.Computes(t.Context(), testWorkspace(), held.Version); err != nil || names(got) != "b" {
			t.Errorf("%q, %v", names(got), err)
		}
	}
}

func names(all backend.Computes) string {
	list := make([]string, len(all.Clusters))
	for i, c := range all.Clusters {
		list[i] = c.Name
	}
	return strings.Join(list, " ")
}
