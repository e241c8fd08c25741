package arm

import (
	"encoding/json"
	"testing"
	"time"
)

func TestWriterWritesJSON(t *testing.T) {
	var w writer
	w.object("")
	w.str("plain", "a b")
	w.str("odd", "\x1b[31m\"\\\n é \u2028")
	w.strOrNull("nothing", "")
	w.int("n", -3)
	w.bool("yes", true)
	w.array("list")
	w.str("", "x")
	w.object("")
	w.endObject()
	w.int("", 7)
	w.endArray()
	w.strings("tags", map[string]string{"b": "2", "a": "1"})
	w.any("any", map[string]any{"k": []int{1}})
	w.any("none", make(chan int))
	w.endObject()
	const want = `{"plain":"a b","odd":"\u001b[31m\"\\\n é \u2028","nothing":null,"n":-3,"yes":true,"list":["x",{},7],` +
		`"tags":{"a":"1","b":"2"},"any":{"k":[1]},"none":null}`
	if string(w.b) != want {
		t.Errorf("%s\nwant %s", w.b, want)
	}
}

func FuzzStringsAreJSON(f *testing.F) {
	for _, seed := range []string{"", "plain", "\xff", "\x00\u2028<>&"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var got, decoded string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(want, &decoded); err != nil || got != decoded {
			t.Errorf("%q, want %q", got, decoded)
		}
	})
}

func TestTimesHaveTheServicesDigits(t *testing.T) {
	at := time.Date(2025, 11, 4, 9, 40, 51, 901_315_799, time.FixedZone("", 3600))
	var w writer
	w.array("")
	w.time("", at)
	w.timeZ("", at.Truncate(time.Second))
	w.millis("", at)
	w.endArray()
	const want = `["2025-11-04T08:40:51.9013157+00:00","2025-11-04T08:40:51.0000000Z","2025-11-04T08:40:51.901+00:00"]`
	if string(w.b) != want {
		t.Errorf("%s\nwant %s", w.b, want)
	}
	if n := ticks(time.Unix(0, 0)); n != 621355968000000000 {
		t.Errorf("%d ticks at the Unix epoch", n)
	}
}

func TestDurationsAreReadBackInTheLargestUnits(t *testing.T) {
	for text, want := range map[string]string{
		"PT120S": "PT2M", "PT900S": "PT15M", "PT90S": "PT1M30S", "P3D": "P3D", "PT25H": "P1DT1H", "PT0S": "PT0S", "PT0.5S": "PT0.5S", "PT60M": "PT1H",
	} {
		d, err := parseDuration(text)
		if err != nil || isoDuration(d) != want {
			t.Errorf("%s: %s, %v, want %s", text, isoDuration(d), err, want)
		}
	}
	for _, text := range []string{"", "15m", "PT", "P1", "soon"} {
		if d, err := parseDuration(text); err == nil {
			t.Errorf("%q: %v", text, d)
		}
	}
}
