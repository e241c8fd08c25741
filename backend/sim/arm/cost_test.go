package arm

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const costPath = townSub + "/providers/Microsoft.CostManagement/query?api-version=2023-03-01"

// spent asks for costs and answers columns, rows and the whole.
func (v *town) spent(path, timeframe, dataset string) (*http.Response, []string, [][]any) {
	v.t.Helper()
	resp, body := v.send("POST", path, `{"type":"ActualCost","timeframe":`+timeframe+`,"dataset":{"aggregation":{"totalCost":{"name":"Cost","function":"Sum"}}`+dataset+`}}`)
	if resp.StatusCode != http.StatusOK {
		return resp, nil, nil
	}
	doc := decode(v.t, body)
	var columns []string
	for _, c := range dig(doc, "properties.columns").([]any) {
		columns = append(columns, dig(c, "name").(string))
	}
	var rows [][]any
	for _, r := range dig(doc, "properties.rows").([]any) {
		rows = append(rows, r.([]any))
	}
	return resp, columns, rows
}

func number(v any) float64 {
	n, _ := v.(json.Number).Float64()
	return n
}

func TestCostsAreWhatTheWorldBilled(t *testing.T) {
	v := newTown(t, Options{})
	v.pass(28 * time.Hour) // 24 hours of data since the start
	const day = `"Custom","timePeriod":{"from":"2026-11-24T00:00:00Z","to":"2026-11-24T00:00:00Z"}`
	_, columns, rows := v.spent(costPath, day, `,"granularity":"Daily","grouping":[{"type":"Dimension","name":"ResourceId"},{"type":"Dimension","name":"Meter"}]`)
	if got := strings.Join(columns, " "); got != "Cost UsageDate ResourceId Meter Currency" {
		t.Error(got)
	}
	byMeter := map[string]float64{}
	for _, r := range rows {
		if r[1] != json.Number("20261124") || r[4] != "USD" || r[2] != strings.ToLower(visionPath) {
			t.Errorf("%v", r)
		}
		byMeter[r[3].(string)] += number(r[0])
	}
	// Between midnight and 14:00: one NC24s v3, one DS3 v2 instance and two nodes, two F4s v2 behind the endpoint.
	for meter, want := range map[string]float64{"NC24S V3": 14 * 12.24, "P10 LRS Disk": 3 * 14 * 0.027, "Standard IPv4 Static Public IP": 3 * 14 * 0.005} {
		if got := byMeter[meter]; got < want*0.999 || got > want*1.001 {
			t.Errorf("%s: %v, want %v", meter, got, want)
		}
	}
	if byMeter["DS3 V2"] <= 0 || byMeter["F4S V2"] <= 0 || len(byMeter) != 6 {
		t.Errorf("%v", byMeter)
	}
}

func TestCostsAreGroupedAndFiltered(t *testing.T) {
	v := newTown(t, Options{})
	v.pass(10 * time.Hour)
	_, columns, rows := v.spent(costPath, `"MonthToDate"`, `,"granularity":"None","grouping":[{"type":"TagKey","name":"azuremldeployment"}]`)
	if strings.Join(columns, " ") != "Cost TagKey TagValue Currency" || len(rows) != 2 || rows[1][2] != "blue" {
		t.Errorf("%v %v", columns, rows)
	}
	_, _, whole := v.spent(costPath, `"MonthToDate"`, "")
	_, _, part := v.spent(costPath, `"BillingMonthToDate"`, `,"filter":{"and":[{"dimensions":{"name":"ServiceName","operator":"In","values":["virtual machines"]}},{"or":[{"tags":{"name":"azuremlendpoint","operator":"In","values":["defects"]}},{"dimensions":{"name":"Meter","operator":"In","values":["nothing"]}}]}]}`)
	if len(whole) != 1 || len(part) != 1 || number(part[0][0]) != number(rows[1][0]) || number(part[0][0]) >= number(whole[0][0]) {
		t.Errorf("whole %v, part %v, blue %v", whole, part, rows[1])
	}
	group := strings.Replace(costPath, "/providers", "/resourceGroups/RG-VISION/providers", 1)
	if _, _, g := v.spent(group, `"MonthToDate"`, ""); len(g) != 1 || g[0][0] != whole[0][0] {
		t.Errorf("%v, want %v", g, whole)
	}
	if resp, _, _ := v.spent(strings.Replace(group, "VISION", "secret", 1), `"MonthToDate"`, ""); resp.StatusCode != http.StatusNoContent {
		t.Error(resp.Status)
	}
	if resp, _, _ := v.spent(strings.Replace(group, "VISION", "none", 1), `"MonthToDate"`, ""); resp.StatusCode != http.StatusNotFound {
		t.Error(resp.Status)
	}
}

func TestCostQueriesThatAreRefused(t *testing.T) {
	v := newTown(t, Options{})
	const sum = `"aggregation":{"a":{"name":"Cost","function":"Sum"}}`
	for body, says := range map[string]string{
		``: "empty",
		`{"type":"Weather","timeframe":"MonthToDate","dataset":{` + sum + `}}`:                                                                                  "'Weather'",
		`{"type":"Usage","timeframe":"Soon","dataset":{` + sum + `}}`:                                                                                           "'Soon'",
		`{"type":"Usage","timeframe":"Custom","timePeriod":{"from":"x"},"dataset":{` + sum + `}}`:                                                               "timePeriod",
		`{"type":"Usage","timeframe":"Custom","timePeriod":{"from":"2026-02-01","to":"2026-01-01"},"dataset":{` + sum + `}}`:                                    "after",
		`{"type":"Usage","timeframe":"Custom","timePeriod":{"from":"2020-02-01","to":"2026-01-01"},"dataset":{` + sum + `}}`:                                    "year",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{}}`:                                                                                               "aggregations",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{"aggregation":{"a":{"name":"Joy","function":"Sum"}}}}`:                                            "'Joy'",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{` + sum + `,"granularity":"Hourly"}}`:                                                             "'Hourly'",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{` + sum + `,"grouping":[{"type":"Dimension","name":"Colour"}]}}`:                                  "'Colour'",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{` + sum + `,"filter":{}}}`:                                                                        "one of and, or",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{` + sum + `,"filter":{"and":[null]}}}`:                                                            "null",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{` + sum + `,"filter":{"dimensions":{"name":"Colour","operator":"In","values":["x"]}}}}`:           "'Colour'",
		`{"type":"Usage","timeframe":"MonthToDate","dataset":{` + sum + `,"filter":{"dimensions":{"name":"ResourceId","operator":"Contains","values":["x"]}}}}`: "'Contains'",
	} {
		resp, answer := v.send("POST", costPath, body)
		if resp.StatusCode != http.StatusBadRequest || !strings.Contains(answer, says) {
			t.Errorf("%s: %s %s", body, resp.Status, answer)
		}
	}
}

func TestCostQueriesAreCounted(t *testing.T) {
	v := newTown(t, Options{Throttle: true})
	ask := func() *http.Response {
		resp, _, _ := v.spent(costPath, `"MonthToDate"`, "")
		return resp
	}
	for n := 11; n >= 0; n-- {
		if resp := ask(); resp.StatusCode != http.StatusOK || resp.Header.Get(costHeader+"qpu-remaining") != fmt.Sprint(n) || resp.Header.Get(costHeader+"qpu-consumed") != "1" {
			t.Fatalf("%s %v", resp.Status, resp.Header)
		}
	}
	v.pass(3 * time.Second)
	if resp := ask(); resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get(costHeader+"qpu-retry-after") != "7" || resp.Header.Get("Retry-After") != "" {
		t.Errorf("%s %v", resp.Status, resp.Header)
	}
	v.pass(7 * time.Second)
	if resp := ask(); resp.StatusCode != http.StatusOK {
		t.Error(resp.Status)
	}
	if len(v.server.limits) != 0 {
		t.Error("a query was charged to ARM's buckets as well")
	}
}
