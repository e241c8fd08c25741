package arm

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

func TestResourceGraphKnowsTwoTables(t *testing.T) {
	v := newTown(t, Options{})
	resp, doc := v.ask("machines | where name == 'x'", "")
	details, _ := dig(doc, "error.details").([]any)
	if resp.StatusCode != http.StatusBadRequest || len(details) != 2 || dig(details[1], "code") != "DisallowedLogicalTableName" ||
		dig(details[1], "message") != "Table machines is invalid, unsupported or disallowed." {
		t.Errorf("%s %v", resp.Status, doc)
	}
}

func TestResourceGraphAnswersATable(t *testing.T) {
	v := newTown(t, Options{})
	_, doc := v.ask("resources | summarize count() by type, kind | order by type asc | limit 1", `,"options":{"resultFormat":"table"}`)
	if got := fmt.Sprint(dig(doc, "data.columns")); got != "[map[name:type type:string] map[name:kind type:string] map[name:count_ type:integer]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(dig(doc, "data.rows")); got != "[[microsoft.machinelearningservices/workspaces  2]]" && got != "[[microsoft.machinelearningservices/workspaces Default 1]]" {
		t.Error(got)
	}
	_, doc = v.ask("resources | project id, tags, plan | where id endswith 'vision'", `,"options":{"resultFormat":"table"}`)
	row := dig(doc, "data.rows").([]any)[0].([]any)
	if len(row) != 3 || dig(row[1], "team") != "vision" || row[2] != nil {
		t.Error(row)
	}
}

// Pages over the rows of a fleet follow each other without a gap.
func TestResourceGraphServesAFleet(t *testing.T) {
	v := newTown(t, Options{})
	fleet, err := sim.Load("fleet")
	if err != nil {
		t.Fatal(err)
	}
	w, err := sim.New(fleet, 1)
	if err != nil {
		t.Fatal(err)
	}
	v.server = New(w, Options{Now: func() time.Time { return v.wall }})
	const query = "resources | where type in~ ('microsoft.machinelearningservices/workspaces','microsoft.machinelearningservices/workspaces/onlineendpoints/deployments') " +
		"| project id, name | order by id asc"
	last, rows, options := "", 0, ""
	for {
		_, doc := v.ask(query, `,"options":{"$top":1000`+options+`}`)
		for _, row := range doc["data"].([]any) {
			id := strings.ToLower(dig(row, "id").(string))
			if id <= last {
				t.Fatalf("%s follows %s", id, last)
			}
			last = id
			rows++
		}
		token, more := doc["$skipToken"].(string)
		if !more {
			break
		}
		options = `,"$skipToken":"` + token + `"`
	}
	if rows < 2000 {
		t.Errorf("%d rows", rows)
	}
}
