package detail_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/amltop/amltop/ui/detail"
)

const resource = `{"name":"ana-gpu","properties":{"vmSize":"STANDARD_NC24S_V3","on":"yes","count":4,"big":12345678901234567890,
"ratio":0.10,"none":null,"ok":true,"empty":{},"list":[],"tags":["a: b","- c","0123","true",""],"text":"two\nlines"}}`

func TestYAMLKeepsOrderAndTypes(t *testing.T) {
	got, err := detail.YAML(json.RawMessage(resource))
	if err != nil {
		t.Fatal(err)
	}
	want := `name: ana-gpu
properties:
  vmSize: STANDARD_NC24S_V3
  "on": "yes"
  count: 4
  big: 12345678901234567890
  ratio: 0.10
  none: null
  ok: true
  empty: {}
  list: []
  tags:
    - 'a: b'
    - '- c'
    - "0123"
    - "true"
    - ""
  text: |-
    two
    lines
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestJSONIsIndentedInOrder(t *testing.T) {
	got, err := detail.JSON(json.RawMessage(` {"b":1,"a":{"c":[]}} `))
	if want := "{\n  \"b\": 1,\n  \"a\": {\n    \"c\": []\n  }\n}\n"; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
}

func TestBrokenDocumentsAreErrors(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	for _, raw := range []string{"", "{", `{"a":}`, `{"a":1`, "[1,]", "{} {}", "nope", deep} {
		if got, err := detail.YAML(json.RawMessage(raw)); err == nil {
			t.Errorf("YAML(%.20q) = %q", raw, got)
		}
	}
	if got, err := detail.JSON(json.RawMessage(`{"a":`)); err == nil {
		t.Errorf("JSON of half a document = %q", got)
	}
}

// FuzzYAML reads what was written back: the same values as the JSON holds.
func FuzzYAML(f *testing.F) {
	for _, s := range []string{resource, `"text"`, `[1,2,{"a":null}]`, `{"k":"\u0000\ud83d\ude00\u2028"}`, `{"<<":{"a":1}}`, `{"":" "}`, `1e5`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text, err := detail.YAML(json.RawMessage(raw))
		if err != nil {
			return
		}
		var want any
		if err := json.Unmarshal([]byte(raw), &want); err != nil {
			t.Fatalf("%q is not JSON and was written: %v", raw, err)
		}
		if !plain(want) {
			return
		}
		var got any
		switch err := yaml.Unmarshal([]byte(text), &got); {
		case err == nil:
		case strings.Contains(err.Error(), "already defined"):
			return // the wire named a key twice, and so does the text
		default:
			t.Fatalf("%q was written as %q: %v", raw, text, err)
		}
		if back, err := json.Marshal(got); err != nil || !same(t, back, want) {
			t.Fatalf("%q was written as %q and reads %s, %v", raw, text, back, err)
		}
	})
}

// plain reports whether a value can be compared after a round trip: no numbers,
// which YAML reads in more ways than JSON.
func plain(v any) bool {
	switch v := v.(type) {
	case float64:
		return false
	case []any:
		for _, e := range v {
			if !plain(e) {
				return false
			}
		}
	case map[string]any:
		for _, e := range v {
			if !plain(e) {
				return false
			}
		}
	}
	return true
}

func same(t *testing.T, back []byte, want any) bool {
	t.Helper()
	var got any
	if err := json.Unmarshal(back, &got); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(got, want)
}
