package sim

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed scenarios/*.toml
var builtIn embed.FS

// Scenarios lists the names of the built-in scenarios.
func Scenarios() []string {
	files, _ := fs.Glob(builtIn, "scenarios/*.toml") // the pattern is well-formed
	for i, f := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(f, "scenarios/"), ".toml")
	}
	return files
}

// Load reads a scenario: a built-in one by its name, any other by its path.
func Load(nameOrPath string) (Scenario, error) {
	if !strings.ContainsAny(nameOrPath, "/.\\") {
		text, err := builtIn.ReadFile("scenarios/" + nameOrPath + ".toml")
		if err != nil {
			return Scenario{}, fmt.Errorf("scenario %q is unknown; there are %s, or give the path of a TOML file",
				nameOrPath, strings.Join(Scenarios(), ", "))
		}
		return parse(nameOrPath, string(text))
	}
	text, err := os.ReadFile(nameOrPath)
	if errors.Is(err, fs.ErrNotExist) {
		return Scenario{}, fmt.Errorf("read scenario: %w; built in are %s", err, strings.Join(Scenarios(), ", "))
	}
	if err != nil {
		return Scenario{}, fmt.Errorf("read scenario: %w", err)
	}
	return parse(nameOrPath, string(text))
}

// defaultStart is the Monday on which scenarios begin that name no start. It is
// fixed so that every process sees the same history.
var defaultStart = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)

func parse(name, text string) (Scenario, error) {
	sc := Scenario{Name: name, Start: defaultStart}
	meta, err := toml.Decode(text, &sc)
	if err != nil {
		if perr, ok := errors.AsType[toml.ParseError](err); ok {
			return Scenario{}, fmt.Errorf("scenario %s: line %d: %w", name, perr.Position.Line, err)
		}
		return Scenario{}, fmt.Errorf("scenario %s: %w", name, err)
	}
	for _, key := range meta.Undecoded() {
		// The decoder does not follow tables into the free-form inner
		// properties of an attached compute: nothing there is unknown.
		if !slices.Contains(key, "inner") {
			return Scenario{}, fmt.Errorf("scenario %s: line %d: unknown key %s", name, lineOf(text, key), key)
		}
	}
	sc.Start = sc.Start.UTC()
	return sc, nil
}

// lineOf is the line on which a key first stands. The decoder does not say, so
// tables and keys are followed by their names; a key inside an inline table is
// found on the line of the key that holds it.
func lineOf(text string, key toml.Key) int {
	want, table, near := key.String(), "", 0
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		name, _, assigned := strings.Cut(line, "=")
		switch name = strings.TrimSpace(name); {
		case strings.HasPrefix(line, "["):
			table = strings.Trim(strings.TrimSpace(strings.SplitN(line, "#", 2)[0]), "[] ")
			name = table
		case !assigned || strings.HasPrefix(line, "#"):
			continue
		case table != "":
			name = table + "." + name
		}
		if name == want {
			return n + 1
		}
		if near == 0 && strings.HasPrefix(want, name+".") && strings.Contains(line, key[len(key)-1]) {
			near = n + 1
		}
	}
	return near
}
