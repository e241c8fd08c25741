package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

var writeReport = flag.Bool("write-report", false, "write the golden report anew")

// reportOfFleet is a report with something in every section.
func reportOfFleet() *model.Report {
	s := modeltest.Fleet()
	now := modeltest.Now()
	ana := s.Instances[0]
	part := model.DigestPart{Section: model.SectionComputes, Workspace: ana.Workspace}
	s.Parts = map[model.SectionKey]model.Parts{model.SectionComputes: {string(ana.Workspace): {Name: "vision", AsOf: now}}}
	s.Seal()
	return model.NewReport(model.ReportAsk{
		Snap: s, Zone: time.UTC, Window: model.Window{From: now.Add(-24 * time.Hour), To: now}, Visit: true,
		Budgets: []*model.BudgetLine{{Name: "all", Month: model.Unit, Warn: 80}},
		Past: model.ReportPast{
			Began: now.Add(-48 * time.Hour),
			Then: model.Digest{Known: map[model.DigestPart]bool{part: true}, Targets: map[string]model.DigestTarget{
				string(ana.ID): {Kind: "instance", Name: ana.Name, Part: part, State: "Stopped", Size: ana.VMSize, Owner: ana.Owner},
				"/gone":        {Kind: "cluster", Name: "old|pipe", Part: part, State: "Steady"},
			}},
			Turns: map[string]model.Turns{string(ana.ID): {N: 1, Last: now.Add(-9 * time.Hour), Peak: 1}},
			Costs: []model.CostBar{{Key: string(ana.ID), Name: ana.Name, Currency: "USD", Spend: model.Spend{
				Compute: model.ExactOver(12_240_000, 9*3_600_000), Units: 9 * 3_600_000, Unobserved: 7 * 3_600_000}}},
			Gaps: []model.ReportGap{{Workspace: "vision", ID: ana.Workspace, Window: model.Window{From: now.Add(-20 * time.Hour), To: now.Add(-13 * time.Hour)}}},
			Operations: []model.Operation{{Command: model.Command{Verb: model.VerbStop, Target: string(ana.ID), Name: ana.Name, Workspace: ana.Workspace},
				Phase: model.PhaseVerified, Asked: now.Add(-10 * time.Hour), Ended: now.Add(-10 * time.Hour), Detail: "Stopped"}},
			Saved: []model.ReportSaving{{Target: string(ana.ID), Name: ana.Name, Reason: "stop", Amount: model.Amount{Money: 12_240_000, Currency: "USD"}}},
		},
	})
}

func TestReportMarkdownGolden(t *testing.T) {
	var got bytes.Buffer
	if err := writeMarkdown(&got, reportOfFleet()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "report.md")
	if *writeReport {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("not %s (go test ./cmd/amltop -run ReportMarkdown -write-report writes it):\n%s", path, got.String())
	}
	if !strings.Contains(got.String(), `old\|pipe`) {
		t.Error("a name can end a cell of a table")
	}
}

// TestReportJSON holds what scripts rely on: snake_case keys, money as decimal
// strings beside a currency, times as RFC 3339, lists that are never null.
func TestReportJSON(t *testing.T) {
	var buf bytes.Buffer
	if err := printReportJSON(&buf, reportOfFleet()); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	checkReportJSON(t, "", got)
	for _, key := range []string{"happened", "by_target", "idle", "leashes", "failing", "budgets", "operations", "saved", "unobserved", "broken", "notes"} {
		if list, is := got[key].([]any); !is || len(list) == 0 {
			t.Errorf("%s: %v", key, got[key])
		}
	}
	if gap := got["unobserved"].([]any)[0].(map[string]any); gap["seconds"] != 7*3600.0 {
		t.Errorf("gap %v", gap)
	}
}

var (
	snakeCase = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	decimal   = regexp.MustCompile(`^-?\d+\.\d{2,6}$`)
	moneyKeys = regexp.MustCompile(`^(cost|estimate|from_billing|billed|amount|burn_per_hour|so_far|month|projected)$`)
	timeKeys  = regexp.MustCompile(`^(from|to|asked|ended|at|as_of|history_since)$`)
)

func checkReportJSON(t *testing.T, path string, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			text, is := value.(string)
			if !snakeCase.MatchString(key) {
				t.Errorf("%s: key %q", path, key)
			}
			if is && moneyKeys.MatchString(key) && (!decimal.MatchString(text) || v["currency"] == nil) {
				t.Errorf("%s.%s: %q of %v", path, key, text, v["currency"])
			}
			if is && timeKeys.MatchString(key) {
				if _, err := time.Parse(time.RFC3339, text); err != nil {
					t.Errorf("%s.%s: %v", path, key, err)
				}
			}
			checkReportJSON(t, path+"."+key, value)
		}
	case []any:
		for _, x := range v {
			checkReportJSON(t, path+"[]", x)
		}
	}
}

// TestReportOverTheSimulator reports the last simulated week, of which there is
// no history: the bill tells it.
func TestReportOverTheSimulator(t *testing.T) {
	got := amltopRun(t, "report", "--since", "7d", "--backend", "sim", "-o", "json")
	if got.code != exitFailed || !strings.Contains(got.stderr, "ana-gpu of vision: late") {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
	var r struct {
		HistorySince *string `json:"history_since"`
		Notes        []string
		Totals       []struct {
			FromBilling string `json:"from_billing"`
			Billed      *string
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &r); err != nil {
		t.Fatalf("%v: %s", err, got.stdout)
	}
	if len(r.Totals) != 1 || r.Totals[0].Billed == nil || r.Totals[0].FromBilling != *r.Totals[0].Billed || r.HistorySince != nil ||
		!strings.Contains(strings.Join(r.Notes, " "), "no history") {
		t.Errorf("%+v", r)
	}
	// Nobody is late where nobody is asked about.
	none := amltopRun(t, "report", "--backend", "sim", "--filter", "name:no-such-thing", "-o", "csv")
	rows, err := csv.NewReader(strings.NewReader(none.stdout)).ReadAll()
	if none.code != exitDone || err != nil || len(rows) != 1 || len(rows[0]) != len(reportHeader) {
		t.Errorf("exit %d, %v, rows %v: %s", none.code, err, rows, none.stderr)
	}
	for _, bad := range [][]string{{"--since", "yesterday"}, {"--since", "visit"}, {"--filter", "cost>5"}, {"-o", "xml"}} {
		if got := amltopRun(t, append([]string{"report", "--backend", "sim"}, bad...)...); got.code != exitUsage {
			t.Errorf("%v: exit %d: %s", bad, got.code, got.stderr)
		}
	}
}

func TestWhatIfOverTheSimulator(t *testing.T) {
	got := amltopRun(t, "whatif", "ana-gpu", "--backend", "sim", "--fits", "less", "-o", "json")
	rows := got.rows(t)
	if got.code != exitDone || len(rows) < 20 || !strings.Contains(got.stderr, "VM hours billed since") || !strings.Contains(got.stderr, "keeps its size") {
		t.Fatalf("exit %d, %d rows: %s", got.code, len(rows), got.stderr)
	}
	if d, is := rows[0]["difference_per_month"].(string); !is || !strings.HasPrefix(d, "-") || rows[0]["currency"] != "USD" || rows[0]["fit"] != "less" {
		t.Errorf("%v", rows[0])
	}
	for name, code := range map[string]int{"ana-gp": exitFailed, "": exitFailed} {
		if got := amltopRun(t, "whatif", name, "--backend", "sim"); got.code != code || !strings.Contains(got.stderr, "is called") {
			t.Errorf("%q: exit %d: %s", name, got.code, got.stderr)
		}
	}
}
