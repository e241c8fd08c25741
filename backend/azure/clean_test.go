package azure

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain-name_1":          "plain-name_1",
		"größe 数据 🚀":            "größe 数据 🚀",
		"\x1b[2Jgone":           "␛[2Jgone",
		"\x1b]0;title\x07":      "␛]0;title␇",
		"a\nb\tc\rd":            "a b c d",
		"del\x7f":               "del␡",
		"c1 \u009b31m":          "c1 \uFFFD31m",
		"exe\u202etxt.piz":      "exe\uFFFDtxt.piz",
		"bad \xff\xfe bytes":    "bad \uFFFD bytes",
		"ad\u200bmin\u2060":     "ad\uFFFDmin\uFFFD",
		"soft\u00ad\ufeff":      "soft\uFFFD\uFFFD",
		"tag\U000e0041":         "tag\uFFFD",
		"nul\x00":               "nul␀",
		"family 👩\u200d👧 stays": "family 👩\u200d👧 stays",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanLog(t *testing.T) {
	for in, want := range map[string]string{
		"one\n\ttwo\n":                 "one\n\ttwo\n",
		"dos\r\nline":                  "dos\nline",
		"10%\r20%\r":                   "10%\n20%\n",
		"\x1b[1;31mred\x1b[0m text":    "red text",
		"\x1b[38:2:1:2:3mtrue\x1b[m":   "true",
		"\x1b[2J\x1b[31mwipe":          "␛[2Jwipe",
		"\x1b]52;c;aGk=\x07 clipboard": "␛]52;c;aGk=␇ clipboard",
		"\x1b[\x1b[31m31mnested":       "␛[31mnested",
	} {
		if got := cleanLog(in); got != want {
			t.Errorf("cleanLog(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a": 1.50, "b":"x"}`:            `{"a": 1.50, "b":"x"}`,
		`"\u001b[2J \u009b \b\f\r\n\t\""`: `"␛[2J ` + "\uFFFD" + ` ␈␌␍\n\t\""`,
		`"\\u001b stays text"`:            `"\\u001b stays text"`,
		`"\ud83d\ude80 \u202e \ud800"`:    `"\ud83d\ude80 ` + "\uFFFD" + ` \ud800"`,
		"{\"raw\":\"\u009b\x7f\"}\r\n":    "{\"raw\":\"\uFFFD␡\"} \n",
	} {
		got, err := cleanJSON([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("cleanJSON(%s) = %s, %v; want %s", in, got, err, want)
		}
	}
	if _, err := cleanJSON([]byte(`{"cut":`)); err == nil {
		t.Error("half a document was accepted")
	}
}

// obeyed finds a rune that a terminal may obey.
func obeyed(s string, lines bool) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		if lines && (r == '\n' || r == '\t') {
			return false
		}
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"name", "\x1b[2J", "a\r\nb", "\xff\x9b\u009b", "\x1b[\x1b[31m31m", "\u202e", "\x1b[31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := clean(s); obeyed(got, false) || clean(got) != got {
			t.Errorf("clean(%q) = %q", s, got)
		}
		if got := cleanLog(s); obeyed(got, true) || cleanLog(got) != got {
			t.Errorf("cleanLog(%q) = %q", s, got)
		}
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		checkCleanJSON(t, raw)
		checkCleanJSON(t, []byte(s))
	})
}

// checkCleanJSON sees that what comes out is JSON, and that decoding it brings
// nothing back to life.
func checkCleanJSON(t *testing.T, raw []byte) {
	t.Helper()
	got, err := cleanJSON(raw)
	if err != nil {
		if json.Valid(raw) {
			t.Errorf("cleanJSON(%q): %v", raw, err)
		}
		return
	}
	if !json.Valid(got) || obeyed(string(got), true) {
		t.Errorf("cleanJSON(%q) = %q", raw, got)
	}
	var text string
	if json.Unmarshal(got, &text) == nil && obeyed(text, true) {
		t.Errorf("cleanJSON(%q) decodes to %q", raw, text)
	}
}

// FuzzDecode feeds anything to the decoders: they may refuse, not panic, and
// what they let in is clean.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"computes.json", "jobs.json", "online_deployments.json", "sizes.json", "usages.json"} {
		f.Add([]byte(testdata(f, name)))
	}
	f.Add([]byte(`{"value":[{"id":"\u001b]0;x\u0007","properties":{"properties":{"vmSize":7,"lastOperation":[],"schedules":{"computeStartStop":[{"recurrence":{}}]}}}}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, _, err := decodePage[wireCompute](body)
		if err != nil {
			return
		}
		for i := range list {
			w := &list[i]
			for _, s := range []string{mapInstance(w, "").Owner, mapCluster(w, "").Name, mapAttached(w, "").Detail, mapInstance(w, "").SSH} {
				if obeyed(s, false) {
					t.Errorf("%q got in", s)
				}
			}
		}
	})
}
