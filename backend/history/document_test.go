package history

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// page is the part of docs/history.md in fences of a language.
func page(t *testing.T, language string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "history.md"))
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllSubmatch(text, -1) {
		blocks = append(blocks, string(m[1]))
	}
	return blocks
}

// dump is the schema of a file as SQLite has it, one statement a line.
func dump(t *testing.T, db *sql.DB) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	var one string
	if err := drain(rows, func() error { all = append(all, strings.Join(strings.Fields(one), " ")); return nil }, &one); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

// TestSchemaIsDocumented makes a file of what the page says, and holds it
// against one that the program made.
func TestSchemaIsDocumented(t *testing.T) {
	made := openNew(t)
	blocks := page(t, "sql")
	if len(blocks) != 1 {
		t.Fatalf("%d schemas on the page", len(blocks))
	}
	written, err := connect(filepath.Join(t.TempDir(), "page.db"), "synchronous(NORMAL)")
	if err != nil {
		t.Fatal(err)
	}
	defer written.Close()
	if _, err := written.ExecContext(t.Context(), blocks[0]); err != nil {
		t.Fatal(err)
	}
	if got, want := dump(t, written), dump(t, made.file().read); got != want {
		t.Errorf("docs/history.md has another schema than the program:\n%s\nprogram:\n%s", got, want)
	}
}

// TestDocumentedQuestions asks what the page asks, of a file with something in it.
func TestDocumentedQuestions(t *testing.T) {
	s := openNew(t)
	y := &story{t: t, s: s}
	named := func(s *Sighting) { s.Name = "ana-gpu" }
	y.see(0, running("ana", 100), named)
	y.see(5, running("ana", 100))
	y = &story{t: t, s: s}
	y.see(12, stopped("ana"), named)
	if err := s.Settle(t.Context(), at(12)); err != nil {
		t.Fatal(err)
	}
	if err := s.Journal().Record(t.Context(), operation("a", "verified")); err != nil {
		t.Fatal(err)
	}
	questions := page(t, "sqlite")
	if len(questions) < 6 {
		t.Fatalf("%d questions on the page", len(questions))
	}
	for _, q := range questions {
		rows, err := s.file().read.QueryContext(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		if !rows.Next() {
			t.Errorf("%s: no answer", q)
		}
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}
}
