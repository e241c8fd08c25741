package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLsBudgets(t *testing.T) {
	config := "[[budget]]\nname = \"all\"\nmonth = 1000000\n[[budget]]\nname = \"vision\"\nfilter = \"workspace:vision\"\nmonth = 10\n"
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "amltop"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "amltop", "config.toml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	got := amltopIn(t, folder, "", "ls", "budgets", "-o", "json")
	rows := got.rows(t)
	if len(rows) != 2 {
		t.Fatalf("%d budgets\n%s", len(rows), got.stderr)
	}
	for i, want := range []string{"ok", "over"} {
		for _, key := range strings.Fields("name filter state month so_far billed projected projected_how burn_per_hour currency unpriced why as_of") {
			if _, has := rows[i][key]; !has {
				t.Errorf("budget %d lacks %q", i, key)
			}
		}
		if rows[i]["state"] != want || rows[i]["billed"] == "0.00" || rows[i]["currency"] != "USD" {
			t.Errorf("budget %d: %v, want it %s", i, rows[i], want)
		}
	}
	if got := amltopIn(t, folder, "", "ls", "budgets", "--filter", "x"); got.code != exitUsage {
		t.Errorf("--filter: exit %d", got.code)
	}
	if none := amltopRun(t, "ls", "budgets"); none.code != exitDone || !strings.Contains(none.stderr, "[[budget]]") {
		t.Errorf("without budgets: exit %d, said %q", none.code, none.stderr)
	}
}
