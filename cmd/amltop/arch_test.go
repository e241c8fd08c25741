package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/amltop/amltop"

// floors says, for the packages below a path, which imports are forbidden.
// Imports are counted with everything they drag in.
var floors = []struct {
	below     string
	forbidden []string
	why       string
}{
	{"/model", []string{module + "/ui", module + "/backend", "charm.land/", "github.com/"}, "model imports the standard library only"},
	{"/ui", []string{module + "/backend", "github.com/Azure/"}, "ui sees the world through its own Source only"},
	{"/backend", []string{module + "/ui", "charm.land/", "github.com/charmbracelet/"}, "backend knows nothing of the screen"},
	{"/backend/sim", []string{module + "/backend/azure", "github.com/Azure/"}, "the simulated Azure does not know its client"},
	{"/backend/azure", []string{module + "/backend/sim"}, "the client does not know the simulator"},
}

// TestFloors holds every package against the floors of the house.
func TestFloors(t *testing.T) {
	for _, pkg := range packages(t) {
		for _, floor := range floors {
			if pkg.path != module+floor.below && !strings.HasPrefix(pkg.path, module+floor.below+"/") {
				continue
			}
			for _, dep := range pkg.deps {
				for _, bad := range floor.forbidden {
					inside := floor.below == "/model" && strings.HasPrefix(dep, module+"/model")
					if (dep == strings.TrimSuffix(bad, "/") || strings.HasPrefix(dep, strings.TrimSuffix(bad, "/")+"/")) && !inside {
						t.Errorf("%s imports %s: %s", pkg.path, dep, floor.why)
					}
				}
			}
		}
	}
}

type pack struct {
	path string
	deps []string
}

// packages are the module's packages with all they import, directly or not.
func packages(t *testing.T) []pack {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./...")
	cmd.Dir = filepath.Join("..", "..")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var list []pack
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		list = append(list, pack{fields[0], fields[1:]})
	}
	if len(list) < 10 {
		t.Fatalf("go list found %d packages; the module has more", len(list))
	}
	return list
}

// bans are things that must not stand in the code below a folder.
var bans = []struct {
	folders []string
	pattern *regexp.Regexp
	why     string
}{
	{[]string{"model", "ui"}, regexp.MustCompile(`\btime\.(Now|Since|Until)\(`), "time comes in as a value"},
	{[]string{"backend"}, regexp.MustCompile(`\btime\.(Now|Since|Until)\(`), "the clock is injected by cmd"},
	{[]string{"model", "ui", "backend"}, regexp.MustCompile(`\bcontext\.(Background|TODO)\(`), "every context has an owner above"},
	{[]string{"model", "ui", "backend", "cmd"}, regexp.MustCompile(`(?m)^func init\(`), "nothing happens at import"},
	{[]string{"model", "ui", "backend", "cmd"}, regexp.MustCompile(`\bpanic\(`), "errors are values"},
	{[]string{"model", "ui", "backend", "cmd"}, regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`), "what is left over goes into an issue"},
	{[]string{"ui"}, regexp.MustCompile(`lipgloss/v2/compat|tea\.KeyMsg\b`), "see the notes on bubbletea v2"},
}

// TestBans reads the code, tests aside, for what must not stand in it.
func TestBans(t *testing.T) {
	files := 0
	for _, ban := range bans {
		for _, folder := range ban.folders {
			root := filepath.Join("..", "..", folder)
			err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
				if err == nil && entry.IsDir() && strings.HasSuffix(path, "test") {
					return filepath.SkipDir // what tests are written with
				}
				if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
					return err
				}
				files++
				text, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				for _, at := range ban.pattern.FindAllIndex(text, -1) {
					line := 1 + bytes.Count(text[:at[0]], []byte("\n"))
					t.Errorf("%s:%d: %s: %s", path, line, text[at[0]:at[1]], ban.why)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if files == 0 {
		t.Fatal("no file was read")
	}
}

// TestTopLevel keeps the top of the repository as it was agreed.
func TestTopLevel(t *testing.T) {
	allowed := []string{
		"cmd", "ui", "model", "backend", "config.toml.example", "go.mod", "go.sum", "LICENSE",
		"README.md", "docs", ".ci", ".git", ".gitignore", ".gitattributes",
	}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) && !ignored(e.Name()) {
			t.Errorf("%s stands at the top of the repository", e.Name())
		}
	}
}

// ignored reports whether git leaves a file at the top alone, such as a built
// binary.
func ignored(name string) bool {
	cmd := exec.Command("git", "check-ignore", "-q", name)
	cmd.Dir = filepath.Join("..", "..")
	return cmd.Run() == nil
}
