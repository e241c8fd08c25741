package catalog

import (
	"strings"
	"testing"
)

const (
	goodSeries = "Dv2|standardDv2Family|none|General purpose|||AC|2028-05-01|announced\n"
	goodSizes  = "D1_v2|Dv2|1|0|3584|1047552|51200|ls|AC|\nD2_v2|Dv2|2|0|7168|||||\n"
	twoSizes   = "D1_v2|Dv2|1|0|3584|1047552|51200|ls|AC|\nD2_v2|Dv2|2|0|7168|||ls|A|\n"
	goodPrices = "# prices\n@eastus\nD1_v2 0.073 0.014\nD2_v2 - - 0.02\n@westus\nD2_v2 0.16\n"
)

func TestBadRowsAreErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ what, series, sizes, prices, want string }{
		{"series: column missing", "Dv2|f|none|c|||AC|\n", "", "", "line 1: 8 columns, not 9"},
		{"series: column too many", strings.TrimSuffix(goodSeries, "\n") + "|\n", "", "", "more than 9"},
		{"series: restriction", strings.Replace(goodSeries, "none", "never", 1), "", "", `unknown restriction "never"`},
		{"series: date", strings.Replace(goodSeries, "2028-05-01", "1 May", 1), "", "", "retirement date"},
		{"series: date without status", strings.Replace(goodSeries, "announced", "", 1), "", "", "retirement"},
		{"series: status without date", strings.Replace(goodSeries, "2028-05-01", "", 1), "", "", "retirement"},
		{"series: compute type", strings.Replace(goodSeries, "AC", "AX", 1), "", "", `unknown compute type 'X'`},
		{"series: twice", goodSeries + goodSeries, "", "", "line 2: series Dv2 or family"},
		{"series: family shared", goodSeries + strings.Replace(goodSeries, "Dv2|", "Dv9|", 1), "", "", "stands twice"},
		{"series: nameless", strings.Replace(goodSeries, "Dv2|", "|", 1), "", "", "a name is missing"},
		{"sizes: column missing", goodSeries, "D1_v2|Dv2|1\n", "", "line 1: 3 columns, not 10"},
		{"sizes: no compute type", goodSeries, goodSizes, "", "line 2: Standard_D2_v2: no compute type"},
		{"sizes: unknown series", goodSeries, strings.Replace(twoSizes, "Dv2", "Dv8", 1), "", `unknown series "Dv8"`},
		{"sizes: number", goodSeries, strings.Replace(twoSizes, "3584", "3.5", 1), "", `"3.5" is no whole number`},
		{"sizes: negative", goodSeries, strings.Replace(twoSizes, "3584", "-1", 1), "", `"-1" is no whole number`},
		{"sizes: no memory", goodSeries, strings.Replace(twoSizes, "3584", "", 1), "", `"" is no whole number`},
		{"sizes: no GPU count", goodSeries, strings.Replace(twoSizes, "|1|0|", "|1||", 1), "", `column 4: "" is no whole number`},
		{"sizes: zero vCPUs", goodSeries, strings.Replace(twoSizes, "|1|0|", "|0|0|", 1), "", "no vCPUs or no memory"},
		{"sizes: flag", goodSeries, strings.Replace(twoSizes, "|ls|", "|lx|", 1), "", `unknown flag 'x'`},
		{"sizes: twice", goodSeries, twoSizes + twoSizes, "", "line 3: Standard_D1_v2: out of order or twice"},
		{"sizes: nameless", goodSeries, "|Dv2|1|0|3584|||ls|AC|\n", "", `"" is no size name`},
		{"sizes: space in the name", goodSeries, "D1 v2|Dv2|1|0|3584|||ls|AC|\n", "", "is no size name"},
		{"prices: region name", goodSeries, twoSizes, "@East US\nD1_v2 1\n", `"East US" is no region name`},
		{"prices: region twice", goodSeries, twoSizes, goodPrices + "@westus\nD2_v2 1\n", "region westus: out of order"},
		{"prices: region order", goodSeries, twoSizes, "@westus\nD2_v2 1\n@eastus\nD2_v2 1\n", "region eastus: out of order"},
		{"prices: unknown size", goodSeries, twoSizes, "@eastus\nD9_v2 1\n", "D9_v2: unknown"},
		{"prices: size twice", goodSeries, twoSizes, "@eastus\nD2_v2 1\nD2_v2 1\n", "row 2: D2_v2: unknown, out of order or twice"},
		{"prices: zero", goodSeries, twoSizes, "@eastus\nD2_v2 0\n", "0 is no price"},
		{"prices: negative", goodSeries, twoSizes, "@eastus\nD2_v2 -1\n", "-1 is no price"},
		{"prices: no number", goodSeries, twoSizes, "@eastus\nD2_v2 cheap\n", "not a decimal number"},
		{"prices: four", goodSeries, twoSizes, "@eastus\nD2_v2 1 1 1 1\n", "more than three prices"},
		{"prices: none", goodSeries, twoSizes, "@eastus\nD2_v2 - -\n", "no price"},
	}
	for _, tt := range tests {
		err := parseAll(tt.series, tt.sizes, tt.prices)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.what, err, tt.want)
		}
	}
}

// parseAll parses the table and, as load leaves for later, every section of prices.
func parseAll(series, sizes, prices string) error {
	table, err := parseTable(series, sizes, prices)
	if err != nil {
		return err
	}
	for section := range strings.SplitSeq("\n"+prices, "\n@") {
		name, text, found := strings.Cut(section, "\n")
		if !found || name == "" {
			continue
		}
		if _, err := table.parseRegion(name, text); err != nil {
			return err
		}
	}
	return nil
}

func TestGoodRows(t *testing.T) {
	t.Parallel()
	if err := parseAll(goodSeries, twoSizes, goodPrices); err != nil {
		t.Fatal(err)
	}
	table, err := parseTable(goodSeries, twoSizes, goodPrices)
	if err != nil {
		t.Fatal(err)
	}
	east := table.regions["eastus"]()
	d1, d2 := east.all[0], east.all[1]
	if d1.Standard.PerHour != 73_000 || d1.LowPriority.PerHour != 14_000 || d1.Spot.Known() {
		t.Errorf("D1_v2: %+v", *d1)
	}
	if d2.Standard.Known() || d2.LowPriority.Known() || d2.Spot.PerHour != 20_000 {
		t.Errorf("D2_v2: %+v", *d2)
	}
	west := table.regions["westus"]()
	if west.all[0].Standard.Known() || len(west.offered) != 1 || west.offered[0].Standard.PerHour != 160_000 {
		t.Errorf("westus: %+v", west.offered)
	}
}

func TestBadManagedRows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"D2_v2\nD1_v2\n", "line 2: D1_v2: out of order or twice"},
		{"D2_v2\nD2_v2\n", "twice"},
		{"D2_v2 excused\n", `unknown mark "excused"`},
		{" exempt\n", "out of order"},
	} {
		if _, err := parseManaged(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want one with %q", tt.text, err, tt.want)
		}
	}
}
