package arm

import (
	"strings"
	"testing"
)

func TestFilters(t *testing.T) {
	fields := map[string]string{"name": "Standard_DS3_v2", "n": "12", "at": "2026-11-23T14:00:00.5Z", "quote": "it's"}
	value := func(field string) string { return fields[field] }
	for filter, want := range map[string]bool{
		`name eq 'Standard_DS3_v2'`:    true,
		`name eq 'standard_ds3_v2'`:    false,
		`name ne 'x' and n gt 5`:       true,
		`n lt 9`:                       false,
		`n ge 12 and n le 12`:          true,
		`at ge '2026-11-23T14:00:00Z'`: true,
		`at lt '2026-11-23'`:           false,
		`name eq 'x' or name eq 'y' or contains(name, 'DS3')`:      true,
		`name eq 'x' or n eq 12 and n eq 13`:                       false,
		`not (startswith(name,'Standard') or endswith(name,'v2'))`: false,
		`quote eq 'it''s'`: true,
		`missing eq ''`:    true,
	} {
		c, err := parseFilter(filter)
		if err != nil {
			t.Errorf("%s: %v", filter, err)
		} else if got := c.holds(value, false); got != want {
			t.Errorf("%s: %v", filter, got)
		}
	}
	if c, err := parseFilter(`name eq 'standard_DS3_V2'`); err != nil || !c.holds(value, true) {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestFiltersSayWhatIsWrong(t *testing.T) {
	for filter, says := range map[string]string{
		"":                            "ends too early",
		"name":                        "not one of eq, ne",
		"name eq":                     "constant is missing",
		"name eq 'x":                  "no end",
		"name is 'x'":                 `"is" is not one of`,
		"(name eq 'x'":                "not closed",
		"name eq 'x' name":            `unexpected "name"`,
		"contains(name 'x')":          "a field and a constant",
		strings.Repeat("(", 50) + "x": "nested",
	} {
		if c, err := parseFilter(filter); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %+v, %v, want %q", filter, c, err, says)
		}
	}
}

func FuzzFilter(f *testing.F) {
	for _, seed := range []string{"a eq 'b' and not (c lt 5 or contains(d,'e'))", "a eq '''", "\xff eq 1", "'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, filter string) {
		c, err := parseFilter(filter)
		if err != nil {
			return
		}
		c.each(func(part condition) {
			if part.op == "" || part.field == "" {
				t.Errorf("%q has an empty comparison: %+v", filter, c)
			}
		})
		if c.holds(func(string) string { return "" }, true) && c.op == "and" && !c.parts[0].holds(func(string) string { return "" }, true) {
			t.Errorf("%q holds without its first part", filter)
		}
	})
}
