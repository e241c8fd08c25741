package arm

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

const graphPath = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"

// ask sends a query with options and decodes the answer, whatever it is.
func (v *town) ask(query, rest string) (*http.Response, map[string]any) {
	v.t.Helper()
	text, err := json.Marshal(query)
	if err != nil {
		v.t.Fatal(err)
	}
	resp, body := v.send(http.MethodPost, graphPath, fmt.Sprintf(`{"query":%s%s}`, text, rest))
	return resp, decode(v.t, body)
}

// cells are the values of one column, as text.
func cells(doc map[string]any, column string) string {
	var list []string
	for _, row := range doc["data"].([]any) {
		list = append(list, fmt.Sprint(row.(map[string]any)[column]))
	}
	return strings.Join(list, " ")
}

func TestResourceGraphAnswersQueries(t *testing.T) {
	v := newTown(t, Options{})
	for query, want := range map[string]struct{ column, cells string }{
		`resources | project name`: {"name", "Vision defects blue green nightly first secret"},
		`Resources
		 // only the workspaces
		 | where type =~ 'Microsoft.MachineLearningServices/Workspaces' | project id, name`: {"name", "Vision secret"},
		`resources | where type == 'Microsoft.MachineLearningServices/workspaces'`:                                      {"name", ""},
		`resources | where type in~ ("microsoft.machinelearningservices/workspaces/ONLINEENDPOINTS", 'x')`:              {"name", "defects"},
		`resources | where type in ("microsoft.machinelearningservices/workspaces/ONLINEENDPOINTS")`:                    {"name", ""},
		`resources | where name =~ 'VISION' or name == 'blue' and type contains 'Batch'`:                                {"name", "Vision"},
		`resources | where (name =~ 'VISION' or name == 'blue') and type contains 'Online'`:                             {"name", "blue"},
		`resources | where resourceGroup =~ 'RG-secret' and name != 'x'`:                                                {"kind", "Hub"},
		`resources | where resourceGroup startswith 'rg' | where name !~ 'SECRET' | count`:                              {"Count", "6"},
		`resources | where subscriptionId in ('8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01') | take 2`:                         {"resourceGroup", "rg-vision rg-vision"},
		`resources | order by name asc | limit 3 | project n = name`:                                                    {"n", "blue defects first"},
		`resources | sort by type desc, name`:                                                                           {"name", "green blue defects first nightly Vision secret"},
		`resources | summarize count() by type | order by count_ | project count_`:                                      {"count_", "2 2 1 1 1"},
		`resources | summarize count() by resourceGroup, location | where resourceGroup == 'rg-secret'`:                 {"count_", "1"},
		`resources | where type has 'computes'`:                                                                         {"name", ""},
		`resources | where type has 'batchendpoints' and type !endswith 'deployments'`:                                  {"name", "nightly"},
		`resources | extend team = tags.team | where team == 'vision' | project name, team`:                             {"team", "vision"},
		`resources | extend name = tolower(name) | where name == 'vision' | project name`:                               {"name", "vision"},
		`resources | where tostring(tags['team']) =~ 'VISION' | project name`:                                           {"name", "Vision"},
		`resources | where isnotempty(tags.team) | project name`:                                                        {"name", "Vision"},
		`resources | where type !in~ ('a') and not(name startswith 'b') and isempty(tags.team) | count`:                 {"Count", "5"},
		`resources | where kind !contains 'e' | project name, properties.provisioningState`:                             {"properties_provisioningState", "Succeeded Succeeded Succeeded"},
		`resources | project-away tags, properties, identity, sku | where name == 'blue'`:                               {"resourceGroup", "rg-vision"},
		`resources | project state = properties.provisioningState, name | where name in ('blue','green')`:               {"state", "Succeeded Failed"},
		`resources | where properties.provisioningState == 'Failed'`:                                                    {"name", "green"},
		`resources | top 2 by name desc | project name`:                                                                 {"name", "Vision secret"},
		`resources | distinct resourceGroup`:                                                                            {"resourceGroup", "rg-vision rg-secret"},
		`resources | summarize n = count() by state = tostring(properties.provisioningState) | where state == 'Failed'`: {"n", "1"},
		`resourcecontainers | where type =~ 'microsoft.resources/subscriptions'`:                                        {"name", "town"},
		`ResourceContainers | where type endswith '/resourcegroups' | project name`:                                     {"name", "rg-secret rg-Vision"},
		`resources | where type contains '/computes'`:                                                                   {"name", ""},
	} {
		resp, doc := v.ask(query, "")
		if want.column == "error" {
			if resp.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: %s", query, resp.Status)
			}
			continue
		}
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %v", query, resp.Status, doc)
		} else if got := cells(doc, want.column); got != want.cells {
			t.Errorf("%s: %q, want %q", query, got, want.cells)
		}
	}
}

// What Resource Graph says of a resource is what ARM says of it.
func TestResourceGraphAgreesWithARM(t *testing.T) {
	v := newTown(t, Options{})
	for _, path := range []string{visionPath, visionPath + "/onlineEndpoints/defects", visionPath + "/onlineEndpoints/defects/deployments/blue", visionPath + "/batchEndpoints/nightly/deployments/first"} {
		whole := v.get(path)
		_, doc := v.ask(`resources | where id =~ '`+whole["id"].(string)+`'`, "")
		rows := doc["data"].([]any)
		if len(rows) != 1 {
			t.Fatalf("%s: %v", path, doc)
		}
		row := rows[0].(map[string]any)
		for _, column := range []string{"id", "name", "location", "tags", "properties"} {
			if !reflect.DeepEqual(row[column], whole[column]) {
				t.Errorf("%s: %s is %v, ARM has %v", path, column, row[column], whole[column])
			}
		}
		if len(row) != len(graphColumns) || row["type"] != strings.ToLower(whole["type"].(string)) || row["resourceGroup"] != "rg-vision" {
			t.Errorf("%s: %v", path, row)
		}
	}
}

func TestResourceGraphSaysWhereAQueryIsWrong(t *testing.T) {
	v := newTown(t, Options{})
	for query, want := range map[string]string{
		``:                          "1:0 <EOF>",
		`resources where`:           "1:10 where",
		"resources\n| extend x = 1": "2:13 1",
		"resources\n| join kind=inner (resources) on id":      "2:2 join",
		"resources | mv-expand properties":                    "1:12 mv",
		"resources | extend x = strcat(name)":                 "1:23 strcat",
		"resources | project name.x":                          "1:24 .",
		"resources | project-away nothing":                    "1:25 nothing",
		"resources | where name !== 'x'":                      "1:25 =",
		"resources | where name !between 'x'":                 "1:24 between",
		"resources | project tags[0]":                         "1:25 0",
		`resources | where nothing == 'x'`:                    "1:18 nothing",
		`resources | where name == x`:                         "1:26 x",
		`resources | where name == 'x`:                        "1:26 '",
		`resources | where properties == 'x'`:                 "1:18 properties",
		`resources | where name in ('a' 'b')`:                 "1:31 b",
		`resources | where (name == 'a'`:                      "1:30 <EOF>",
		`resources | project name, name`:                      "1:26 name",
		`resources | limit x`:                                 "1:18 x",
		`resources | order by tags`:                           "1:21 tags",
		`resources | summarize sum(x) by type`:                "1:22 sum",
		`resources | project id | where name=='a'`:            "1:31 name",
		`resources | where ` + strings.Repeat("(", deepest+1): fmt.Sprintf("1:%d (", 18+deepest),
	} {
		resp, doc := v.ask(query, "")
		details, _ := dig(doc, "error.details").([]any)
		if resp.StatusCode != http.StatusBadRequest || dig(doc, "error.code") != "BadRequest" || len(details) != 2 || dig(details[0], "code") != "InvalidQuery" {
			t.Errorf("%s: %s %v", query, resp.Status, doc)
			continue
		}
		at := details[1]
		if got := fmt.Sprintf("%v:%v %v", dig(at, "line"), dig(at, "characterPositionInLine"), dig(at, "token")); got != want || dig(at, "code") != "ParserFailure" {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestResourceGraphRefusesOtherRequests(t *testing.T) {
	v := newTown(t, Options{})
	for rest, code := range map[string]string{
		`,"options":{"$top":1001}`:            "InvalidOptions",
		`,"options":{"$top":0}`:               "InvalidOptions",
		`,"options":{"$skip":-1}`:             "InvalidOptions",
		`,"options":{"resultFormat":"graph"}`: "InvalidOptions",
		`,"options":{"$skipToken":"%"}`:       "InvalidSkipToken",
		`,"subscriptions":["none"]`:           "NoValidSubscriptionsInQueryRequest",
	} {
		resp, doc := v.ask("resources", rest)
		details, _ := dig(doc, "error.details").([]any)
		if resp.StatusCode != http.StatusBadRequest || len(details) != 1 || dig(details[0], "code") != code {
			t.Errorf("%s: %s %v, want %s", rest, resp.Status, doc, code)
		}
	}
	message := func(doc map[string]any) string { return dig(doc, "error.message").(string) }
	resp, doc := v.ask("?", "")
	if id := resp.Header.Get("x-ms-correlation-request-id"); id == "" || !strings.Contains(message(doc), "correlationId = "+id+".") {
		t.Errorf("%s: the answer's id is %s", message(doc), id)
	}
}

func TestResourceGraphPages(t *testing.T) {
	v := newTown(t, Options{})
	sub := `"subscriptions":["8c1f2b1e-52a4-4b8e-9d53-0f6f5f2f7a01","none"]`
	var seen []string
	options := ""
	for pages := 0; ; pages++ {
		_, doc := v.ask("resources | project id, name", `,`+sub+`,"options":{"$top":3`+options+`}`)
		seen = append(seen, cells(doc, "name"))
		token, more := doc["$skipToken"].(string)
		if doc["totalRecords"] != json.Number("7") || (doc["resultTruncated"] == "true") != more || pages > 3 {
			t.Fatal(doc)
		}
		if !more {
			break
		}
		options = `,"$skipToken":"` + token + `"`
	}
	if got := strings.Join(seen, "; "); got != "Vision defects blue; green nightly first; secret" {
		t.Error(got)
	}
	_, doc := v.ask("resources | project name", `,"options":{"$top":2,"$skip":4}`)
	if _, token := doc["$skipToken"]; token || doc["resultTruncated"] != "true" || cells(doc, "name") != "nightly first" {
		t.Errorf("without ids there is no paging: %v", doc)
	}
}

func TestResourceGraphCountsItsQueriesItself(t *testing.T) {
	v := newTown(t, Options{Throttle: true})
	for n := graphQueries - 1; n >= 0; n-- {
		resp, _ := v.ask("resources | count", "")
		if got := resp.Header.Get("x-ms-user-quota-remaining"); resp.StatusCode != http.StatusOK || got != fmt.Sprint(n) {
			t.Fatalf("%s, %q left, want %d", resp.Status, got, n)
		}
	}
	v.pass(2 * time.Second)
	resp, doc := v.ask("resources | count", "")
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("x-ms-user-quota-resets-after") != "00:00:03" || resp.Header.Get("Retry-After") != "3" {
		t.Errorf("%s %v %v", resp.Status, resp.Header, doc)
	}
	if len(v.server.limits) != 0 {
		t.Error("a query was charged to ARM's buckets as well")
	}
	v.pass(3 * time.Second)
	if resp, doc := v.ask("resources | count", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("%s %v", resp.Status, doc)
	}
}

func TestResourceGraphTakesFaultsAndItsOwnVersions(t *testing.T) {
	v := newTown(t, Options{Faults: []Fault{fault(t, "graph:403:1")}})
	if _, doc := v.ask("resources", ""); !strings.Contains(fmt.Sprint(doc), "'Microsoft.ResourceGraph/resources/read'") {
		t.Error(doc)
	}
	for version, want := range map[string]int{"2021-03-01": 200, "2021-06-01-preview": 200, "2019-04-01": 400} {
		if resp, body := v.send("POST", "/providers/microsoft.resourcegraph/Resources?api-version="+version, `{"query":"resources"}`); resp.StatusCode != want {
			t.Errorf("%s: %s %s", version, resp.Status, body)
		}
	}
	if resp, _ := v.send("GET", graphPath, ""); resp.StatusCode != http.StatusMethodNotAllowed {
		t.Error(resp.Status)
	}
}

// A query is answered or refused, and never widens what it was given.
func FuzzQuery(f *testing.F) {
	f.Add("resources | where type in~ ('a', \"b\") and (name != 'x' or id =~ 'y') | project n = name | order by n asc | limit 3")
	f.Add("Resources // all\n| summarize count() by type, name | count")
	f.Fuzz(func(t *testing.T, query string) {
		all := graphTable{columns: graphColumns, rows: []*graphRow{{cells: map[string]string{"name": "a"}}, {cells: map[string]string{"name": "b"}}}}
		if got, err := runQuery(query, func(string) (graphTable, bool) { return all, true }); err == nil && (len(got.rows) > 2 || len(got.columns) == 0) {
			t.Errorf("%q: %d rows, %d columns", query, len(got.rows), len(got.columns))
		}
	})
}
