package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// The example at the top of the repository is what "config init" writes, and
// parses to the defaults.
func TestExampleIsTheDefaults(t *testing.T) {
	path := filepath.Join("..", "..", "config.toml.example")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != exampleConfig() {
		t.Errorf("%s is not what the table of settings says; run: go run ./cmd/amltop config init --config NEW, and move it there", path)
	}
	got := settings{}
	if err := parseSettings(string(text), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Keys) != 0 {
		t.Errorf("the example binds keys: %v", got.Keys)
	}
	got.Keys = nil
	if want := defaultSettings(); !reflect.DeepEqual(got, want) {
		t.Errorf("the example parses to\n%+v\nwant the defaults\n%+v", got, want)
	}
}

// Every field of the settings is documented, and nothing else is.
func TestEverySettingIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, d := range settingDocs {
		if d.key != "" {
			documented[strings.TrimPrefix(d.table+"."+d.key, ".")] = true
		}
	}
	for _, key := range settingPaths(reflect.TypeFor[settings](), "") {
		if !documented[key] {
			t.Errorf("setting %s is not documented", key)
		}
		delete(documented, key)
	}
	for key := range documented {
		t.Errorf("%s is documented, and no such setting exists", key)
	}
}

// settingPaths lists the keys of a settings type as TOML spells them.
func settingPaths(typ reflect.Type, table string) []string {
	var keys []string
	for i := range typ.NumField() {
		f := typ.Field(i)
		name := f.Tag.Get("toml")
		if name == "" {
			name = strings.ToLower(f.Name)
		}
		switch {
		case f.Type.Kind() == reflect.Map: // [keys] is checked against the keymap
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && table == "":
			keys = append(keys, settingPaths(f.Type.Elem(), name+".")...) // [[budget]]; the rules of a guard are documented as one
		case strings.HasSuffix(f.Type.Name(), "Settings"):
			keys = append(keys, settingPaths(f.Type, name+".")...)
		default:
			keys = append(keys, table+name)
		}
	}
	return keys
}

func TestBadSettingsNameKeyLineAndWayOut(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"unknown key at the top", "read_only = true\nbackand = \"sim\"\n", []string{"line 2", `"backand"`, "did you mean backend?"}},
		{"unknown key in a table", "[ui]\ntheme = \"dark\"\n\ncolour = 3\n", []string{"line 4", `"ui.colour"`, "allowed here: theme, start"}},
		{"unknown table", "[uu]\nx = 1\n", []string{"line 1", `"uu"`}},
		{"dotted key", "ui.thema = \"dark\"\n", []string{"line 1", `"ui.thema"`, "did you mean theme?"}},
		{"two unknown keys", "a = 1\nb = 2\n", []string{"line 1", "line 2"}},
		{"value not allowed", "[ui]\n\ntheme = \"pink\"\n", []string{"line 3", "ui.theme", `"pink" is not one of auto, dark, light, mono`}},
		{"backend not allowed", "backend = \"aws\"\n", []string{"line 1", "backend", "auto, sim, azure"}},
		{"cloud not allowed", "[azure]\ncloud = \"mars\"\n", []string{"line 2", "public, usgovernment, china"}},
		{"speed out of range", "[sim]\nspeed = 4000\n", []string{"sim.speed", "4000 is not a number from 1 to 3600"}},
		{"speed not a number", "[sim]\nspeed = \"fast\"\n", []string{"fast is not a number"}},
		{"duration", "[operations]\ngrace = \"5 seconds\"\n", []string{"line 2", "operations.grace", "not a duration such as 5s"}},
		{"negative duration", "[poll]\nrest = \"-5s\"\n", []string{"line 2", "poll.rest"}},
		{"pace", "[poll]\non_screen = \"0s\"\n", []string{"line 2", "poll.on_screen", "less than 1s"}},
		{"share", "[poll]\nshare = 100\n", []string{"line 2", "poll.share", "1 to 90"}},
		{"pattern", "[azure]\nworkspaces = [\"prod-[\"]\n", []string{"line 2", "azure.workspaces", "such as prod-*"}},
		{"empty pattern", "[azure]\nsubscriptions = [\"\"]\n", []string{"line 2", "azure.subscriptions", "leave it out"}},
		{"frames", "[ui]\nfps = 500\n", []string{"ui.fps", "1 to 120"}},
		{"time zone", "[ui]\ntime_zone = \"Mars/Olympus\"\n", []string{"line 2", "Europe/Madrid"}},
		{"price", "[cost]\ndisk = \"cheap\"\n", []string{"line 2", "cost.disk", "amount an hour"}},
		{"currency", "[cost]\ncurrency = \"euro\"\n", []string{"line 2", "cost.currency", "such as USD or EUR"}},
		{"discount", "[cost.discount]\n\"NC*\" = 30\n", []string{"line 2", "cost.discount", "0.7"}},
		{"discount for nothing", "[cost.discount]\n\n\"NC[\" = 0.7\n", []string{"line 3", "cost.discount", "no pattern"}},
		{"budget filter", "[[budget]]\nname = \"a\"\nfilter = \"team:x\"\nmonth = 5\n", []string{"line 3", "budget.filter", "the columns are name, kind"}},
		{"budget amount", "[[budget]]\nname = \"a\"\nmonth = \"lots\"\n", []string{"line 3", "budget.month", "such as 5000"}},
		{"budget without amount", "[[budget]]\nname = \"a\"\nmonth = 1\n\n[[budget]]\nname = \"b\"\n", []string{"line 5", `"b"`, "month ="}},
		{"budget without name", "[[budget]]\nmonth = 1\n", []string{"line 1", "name ="}},
		{"budgets of one name", "[[budget]]\nname = \"a\"\nmonth = 1\n[[ budget ]] # again\nname = \"A\"\nmonth = 1\n", []string{"line 4", "two with the name"}},
		{"budget warning", "[[budget]]\nname = \"a\"\nmonth = 1\nwarn = 80\n", []string{"line 4", "budget.warn", "0.8"}},
		{"wrong type", "read_only = \"yes\"\n", []string{"line 1", "read_only"}},
		{"not TOML", "backend = \n", []string{"line 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := defaultSettings()
			err := parseSettings(test.text, &s)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestGoodSettings(t *testing.T) {
	s := defaultSettings()
	err := parseSettings(`
read_only = true
[sim]
speed = 3600
[ui]
time_zone = "Europe/Madrid"
fps = 30
[operations]
grace = "0s"
[cost]
disk = 0.03
[keys]
stop = ["f8"]
undo = []
`, &s)
	if err != nil {
		t.Fatal(err)
	}
	if !s.ReadOnly || s.Sim.Speed != 3600 || s.UI.FPS != 30 || s.Operations.Grace != 0 || s.Cost.Disk != 30_000 {
		t.Errorf("got %+v", s)
	}
	if s.zone(time.UTC).String() != "Europe/Madrid" {
		t.Errorf("zone is %v", s.zone(time.UTC))
	}
	if keys, ok := s.Keys["undo"]; !ok || len(keys) != 0 || s.Keys["stop"][0] != "f8" {
		t.Errorf("keys are %v", s.Keys)
	}
}

func TestLineOf(t *testing.T) {
	text := "# a = 1\n[t]\na = 1\n[other]\n\"b c\" = 2\n"
	if got := lineOf(text, toml.Key{"t", "a"}); got != 3 {
		t.Errorf("t.a stands on line %d, want 3", got)
	}
	if got := lineOf(text, toml.Key{"other", "b c"}); got != 5 {
		t.Errorf("other.b c stands on line %d, want 5", got)
	}
}

func FuzzParseSettings(f *testing.F) {
	f.Add(exampleConfig())
	f.Add("[ui]\nx=1")
	f.Add("a.b.c = 1\n[a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		s := defaultSettings()
		if err := parseSettings(text, &s); err == nil {
			if s.Sim.Speed < 1 || s.Sim.Speed > 3600 || s.UI.FPS < 1 || s.UI.FPS > 120 {
				t.Errorf("out of range: %+v", s)
			}
		}
	})
}
