package filter

import (
	"strings"
	"testing"
)

var columns = []string{"name", "workspace", "owner", "size", "state", "idle", "up", "price", "used", "gpus", "gpu_model"}

// fake is a record made of texts and numbers by column.
type fake struct {
	texts   map[string]string
	numbers map[string]float64
	all     string
}

func (f *fake) Text(c string) string             { return f.texts[c] }
func (f *fake) Number(c string) (float64, bool)  { n, ok := f.numbers[c]; return n, ok }
func (f *fake) All() string                      { return f.all }
func (f *fake) with(c, text string) *fake        { f.texts[c] = text; f.all += "\n" + text; return f }
func (f *fake) number(c string, n float64) *fake { f.numbers[c] = n; return f }
func newFake() *fake {
	return &fake{texts: map[string]string{}, numbers: map[string]float64{}}
}

func ana() *fake {
	return newFake().
		with("name", "Ana-GPU.west").with("workspace", "vision").with("owner", "Ana María").
		with("size", "Standard_NC24s_v3").with("state", "Running").
		number("idle", 3*3600+12*60).number("price", 12.24).number("used", 80).number("gpus", 4)
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"", true},
		{"   ", true},
		{"ana", true},
		{"ANA-gpu", true},
		{"zoe", false},
		{"ana vision", true},
		{"ana nlp", false},
		{"MARÍA", true},
		{"gpu.west", true},
		{"gpuxwest", false},
		{"gpu.we", true},
		{`"ana maría"`, true},
		{`"ana m`, true},
		{`owner:"ana maría"`, true},
		{`owner:"ana.*"`, false},
		{"^ana", true},
		{"^gpu", false},
		{"^vision$", true},
		{"nc.*v3$", true},
		{"nc(6|12)s", false},
		{"nc(6|24)s", true},
		{"zoe|running", true},
		{"-f nc24v3", true},
		{"-f agw", true},
		{"-f visionana", false}, // letters of two texts
		{"-f zzz", false},
		{"-f", true},
		{"-f nc24v3 zoe", false},
		{`"-f"`, false},
		{"!zoe", true},
		{"!ana", false},
		{"!!ana", true},
		{"!", true},
		{"!-f", true},
		{"-f !zzz", true},
		{"state:run", true},
		{"state:vision", false},
		{"state:", true},
		{"!state:run", false},
		{"state:^run", true},
		{"state=running", true},
		{"state=run", false},
		{"state!=running", false},
		{"state!=stopped", true},
		{"up!=5", false}, // unknown
		{"!up=5", true},
		{"price>12", true},
		{"price>=12.24", true},
		{"price<12.24", false},
		{"price<=12.24", true},
		{"price=12.24", true},
		{"price==12.24", true},
		{"price!=12.24", false},
		{"cost>$5", true},
		{"cost>5 cost<20", true},
		{"idle>1h", true},
		{"idle>3h12m", false},
		{"idle>=3h12m", true},
		{"idle<1d", true},
		{"used>=80%", true},
		{"used>80%", false},
		{"up>0", false},
		{"up<=0", false},
		{"!up>0", true},
		{"ws:vis", true},
		{"gpu>0", true},
		{"own:ana", true},
		{"STATE:running", true},
		{"12:30", false},
		{"a(b)?c>5", false},
	} {
		e, err := Parse(c.text, columns)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if got := e.Match(ana()); got != c.want {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"nc(":        `pattern "nc("`,
		"owner:[a":   `pattern "[a"`,
		"nope:x":     "the columns are name, workspace",
		"nope>5":     `column "nope"`,
		"g:x":        "could be gpus, gpu_model",
		"price>":     `"price>"`,
		"price>dear": `"dear" is not a number`,
		"idle>5x":    "duration",
		"idle>1m2h":  "duration",
		"ok nc(":     `pattern "nc("`,
	} {
		_, err := Parse(text, columns)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

func TestExprTellsWhatItReads(t *testing.T) {
	e, err := Parse("idle>1h !ws:x", columns)
	if err != nil {
		t.Fatal(err)
	}
	if e.Empty() || e.ReadsAll() || !e.Refers("idle") || !e.Refers("workspace") || e.Refers("name") {
		t.Errorf("wrong about what %+v reads", e)
	}
	if e, _ := Parse("ana", columns); !e.ReadsAll() {
		t.Error("a plain text reads all texts")
	}
	if e, _ := Parse("! owner: -f", columns); !e.Empty() {
		t.Error("unfinished terms say nothing yet")
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"5": 5, "0.5": 0.5, "-1": -1, "$3": 3, "1,200": 1200, "80%": 80, "90s": 90, "15m": 900,
		"1h30m": 5400, "2d": 172800, "1w": 604800, "0.5h": 1800,
	} {
		if got, ok := parseNumber(text); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "h", "5x", "1h1h", "1e5", "inf", "0x10", "$1h", "-1h", "1.2.3", "--1", "%"} {
		if got, ok := parseNumber(text); ok {
			t.Errorf("%q: %v, want no number", text, got)
		}
	}
}

func TestColumn(t *testing.T) {
	for word, want := range map[string]string{
		"Name": "name", "ws": "workspace", "cost": "price", "gpu": "gpus", "gpu_m": "gpu_model", "status": "state", "vm": "size",
	} {
		if got, err := Column(word, columns); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", word, got, err, want)
		}
	}
}

func TestColumnPrefersWhatIsCloser(t *testing.T) {
	for _, c := range []struct {
		word    string
		columns []string
		want    string
	}{
		{"cost", []string{"price", "burn"}, "burn"},
		{"price", []string{"burn_per_hour", "price_per_hour"}, "price_per_hour"},
		{"burn", []string{"name", "price"}, "price"},
		{"price", []string{"name", "burn"}, "burn"},
		{"age", []string{"up", "age"}, "age"},
	} {
		if got, err := Column(c.word, c.columns); err != nil || got != c.want {
			t.Errorf("%q of %v: %q, %v, want %q", c.word, c.columns, got, err, c.want)
		}
	}
	if got, err := Column("up", []string{"name", "age"}); err == nil {
		t.Errorf("up stands for %q", got)
	}
}
