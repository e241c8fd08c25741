package azure

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/amltop/amltop/model"
)

// oddValues stand in for any value of an answer, one after the other: nothing,
// every wrong type, and what a type holds at its worst.
var oddValues = []string{
	`null`, `7`, `1e400`, `true`, `""`, `"x\u001b[2J\u202e"`, `[]`, `[null]`, `[[7]]`, `{}`, `{"a":{"b":[1]}}`,
}

// mutations calls with every variant of a document in which one value is odd.
func mutations(t *testing.T, raw string, try func(where, body string)) {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(raw), &doc); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, at any, put func(any))
	emit := func(path string, was any, put func(any)) {
		for _, odd := range oddValues {
			put(json.RawMessage(odd))
			body, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			try(path+"="+odd, string(body))
		}
		put(was)
	}
	walk = func(path string, at any, put func(any)) {
		if put != nil {
			emit(path, at, put)
		}
		switch v := at.(type) {
		case map[string]any:
			for key, value := range v {
				walk(path+"."+key, value, func(x any) { v[key] = x })
			}
		case []any:
			for i, value := range v[:min(len(v), 2)] {
				walk(fmt.Sprintf("%s[%d]", path, i), value, func(x any) { v[i] = x })
			}
		}
	}
	walk("", doc, nil)
}

// TestEveryFieldOdd gives every field of every list an odd value, each in turn.
// The row it is in may lose what the field said; the rows beside it stay, and
// nothing a terminal obeys gets in. Only a list that is none may be refused.
func TestEveryFieldOdd(t *testing.T) {
	ws := testWorkspace()
	lists := map[string]struct {
		path string
		rows func(c *Client) (n int, shown string, err error)
	}{
		"computes.json": {"/computes?", func(c *Client) (int, string, error) {
			got, err := c.Computes(t.Context(), ws, 0)
			return len(got.Clusters) + len(got.Instances) + len(got.Attached), shown(got.Clusters, got.Instances, got.Attached), err
		}},
		"workspaces.json": {"/workspaces?", func(c *Client) (int, string, error) {
			got, _, err := c.Workspaces(t.Context(), testSub, 0)
			return len(got), shown(got), err
		}},
		"jobs.json": {"/jobs?", func(c *Client) (int, string, error) {
			got, _, err := c.Jobs(t.Context(), ws, 0)
			return len(got), shown(got), err
		}},
		"usages.json": {"/usages?", func(c *Client) (int, string, error) {
			got, _, err := c.Quotas(t.Context(), testSub, "eastus", 0)
			return len(got), shown(got), err
		}},
		"sizes.json": {"/vmSizes?", func(c *Client) (int, string, error) {
			got, _, err := c.Sizes(t.Context(), testSub, "eastus", 0)
			return len(got), shown(got), err
		}},
		"nodes.json": {"/listNodes?", func(c *Client) (int, string, error) {
			got, err := c.Nodes(t.Context(), &model.Cluster{Target: model.Target{Resource: model.Resource{ARMID: testWS + "/computes/a"}}})
			return len(got), shown(got), err
		}},
	}
	for name, list := range lists {
		raw := testdata(t, name)
		method := "GET"
		if name == "nodes.json" {
			method = "POST"
		}
		whole, _, err := list.rows(clientOn(t, newScript(ok(method, list.path, raw))))
		if err != nil || whole == 0 {
			t.Fatalf("%s: %d rows, %v", name, whole, err)
		}
		tried := 0
		mutations(t, raw, func(where, body string) {
			tried++
			n, text, err := list.rows(clientOn(t, newScript(ok(method, list.path, body))))
			var r *model.Refusal
			field, _, _ := strings.Cut(where, "=")
			top := strings.LastIndexAny(field, ".[") == 0
			switch {
			case err != nil && (!top || !errors.As(err, &r) || r.Next == ""):
				t.Errorf("%s %s: %v", name, where, err)
			case err == nil && !top && n < whole-1:
				t.Errorf("%s %s: %d of %d rows", name, where, n, whole)
			case obeyed(text, true):
				t.Errorf("%s %s: a terminal would obey %q", name, where, text)
			}
		})
		if tried < 50 {
			t.Errorf("%s: only %d variants", name, tried)
		}
	}
}

// shown is everything that rows hold, as text.
func shown(rows ...any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, r := range rows {
		if err := enc.Encode(r); err != nil {
			return err.Error()
		}
	}
	text, err := json.Marshal(b.String())
	if err != nil {
		return err.Error()
	}
	var unescaped string
	if json.Unmarshal(text, &unescaped) != nil {
		return ""
	}
	return strings.ReplaceAll(unescaped, `\u001b`, "\x1b")
}
