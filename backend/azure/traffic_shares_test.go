package azure

import (
	"encoding/json"
	"maps"
	"testing"
)

// TestTrafficAsItComes writes traffic back whose shares came as text, with a
// fraction, or as nothing that can be understood: none of it is dropped.
func TestTrafficAsItComes(t *testing.T) {
	for name, tc := range map[string]struct{ came, want string }{
		"numbers":        {`{"a":60,"b":40}`, `{"a":30,"b":20,"new":50}`},
		"in quotes":      {`{"a":"60","b":" 40 "}`, `{"a":30,"b":20,"new":50}`},
		"floats":         {`{"a":60.0,"b":4e1}`, `{"a":30,"b":20,"new":50}`},
		"fractions":      {`{"a":"90.4","b":9.6}`, `{"a":45,"b":5,"new":50}`},
		"a little":       {`{"a":0.4}`, `{"a":50,"new":50}`},
		"not understood": {`{"a":"most","b":null,"c":{"weight":3},"d":100,"e":-5}`, `{"a":"most","b":null,"c":{"weight":3},"d":50,"e":-5,"new":50}`},
		"said anew":      {`{"new":"some","d":100}`, `{"d":50,"new":50}`},
		"none":           {`null`, `{"new":50}`},
		"no object":      {`[1]`, `{"new":50}`},
	} {
		body := `{"name":"e","properties":{"authMode":"Key","mirrorTraffic":{"m":"10"},"traffic":` + tc.came + `}}`
		put, err := withTraffic([]byte(body), false, func(now map[string]int) map[string]int { return shareOut(now, "new", 50) })
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var sent struct {
			Traffic, MirrorTraffic map[string]json.RawMessage
		}
		if err := json.Unmarshal(put["properties"], &sent); err != nil {
			t.Fatal(err)
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal([]byte(tc.want), &want); err != nil {
			t.Fatal(err)
		}
		same := func(a, b json.RawMessage) bool { return string(a) == string(b) }
		if !maps.EqualFunc(sent.Traffic, want, same) || string(sent.MirrorTraffic["m"]) != `"10"` {
			t.Errorf("%s: sent %s, want %s", name, put["properties"], tc.want)
		}
	}
}
