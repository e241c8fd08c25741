package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/agnivade/levenshtein"
)

// settings is the configuration file. Every key is optional; config.toml.example
// at the top of the repository documents each with its default.
type settings struct {
	Backend    backendName `toml:"backend"`
	Endpoint   string      `toml:"endpoint"`
	ReadOnly   bool        `toml:"read_only"`
	Azure      azureSettings
	Sim        simSettings
	UI         uiSettings
	Operations operationSettings
	Poll       pollSettings
	Cost       costSettings
	State      stateSettings
	History    historySettings
	Budget     []budgetSetting
	Keys       map[string][]string
}

type azureSettings struct {
	Cloud         cloudName
	Tenant        string
	SignIn        signInName `toml:"sign_in"`
	Subscriptions []pattern
	Workspaces    []pattern
	Favourites    []pattern
}

type simSettings struct {
	Scenario string
	Speed    speed
	Seed     uint64
}

type uiSettings struct {
	Theme    themeName
	Start    string
	Mouse    bool
	TimeZone zone `toml:"time_zone"`
	FPS      frames
}

type operationSettings struct {
	Grace span
}

type pollSettings struct {
	Transition pace
	OnScreen   pace `toml:"on_screen"`
	Rest       pace
	Share      percent
}

type stateSettings struct{ Dir string }

type historySettings struct {
	Keep    days
	MaxSize fileSize `toml:"max_size"`
}

// defaultSettings are the settings of an empty file.
func defaultSettings() settings {
	return settings{
		Backend:    "auto",
		Azure:      azureSettings{Cloud: "public", SignIn: "auto", Subscriptions: []pattern{}, Workspaces: []pattern{}, Favourites: []pattern{}},
		Sim:        simSettings{Scenario: "demo", Speed: 60, Seed: 1},
		UI:         uiSettings{Theme: "auto", FPS: 60},
		Operations: operationSettings{Grace: span(5 * time.Second)},
		Poll: pollSettings{
			Transition: pace(2 * time.Second),
			OnScreen:   pace(5 * time.Second),
			Rest:       pace(30 * time.Second),
			Share:      50,
		},
		Cost:    defaultCosts(),
		History: historySettings{Keep: 90, MaxSize: 1 << 30},
	}
}

// settingsPath is where the configuration is looked for: $XDG_CONFIG_HOME, or
// the system's own place.
func settingsPath(env func(string) string) (string, error) {
	if dir := env("XDG_CONFIG_HOME"); dir != "" {
		return filepath.Join(dir, "amltop", "config.toml"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder (set XDG_CONFIG_HOME, or give --config): %w", err)
	}
	return filepath.Join(dir, "amltop", "config.toml"), nil
}

// loadSettings reads a configuration file. A missing file is an error only if
// it was asked for by name.
func loadSettings(path string, named bool) (settings, error) {
	s := defaultSettings()
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return s, nil
	}
	if err != nil {
		return s, usageError{fmt.Errorf("read configuration: %w", err)}
	}
	if err := parseSettings(string(text), &s); err != nil {
		return s, usageError{fmt.Errorf("%s: %w", path, err)}
	}
	return s, nil
}

// parseSettings reads TOML over the defaults in s. Errors name the key, the
// line and what is allowed; all unknown keys are reported at once.
func parseSettings(text string, s *settings) error {
	meta, err := toml.Decode(text, s)
	if err != nil {
		return tomlError(err)
	}
	var errs []error
	for _, key := range meta.Undecoded() {
		errs = append(errs, fmt.Errorf("line %d: unknown key %q%s", lineOf(text, key), key.String(), suggest(key)))
	}
	return errors.Join(append(errs, s.checkMoney(text))...)
}

// tomlError is the TOML library's complaint with its line and key in front.
func tomlError(err error) error {
	var parse toml.ParseError
	switch {
	case !errors.As(err, &parse):
		return err
	case parse.LastKey == "":
		return fmt.Errorf("line %d: %s", parse.Position.Line, parse.Message)
	default:
		return fmt.Errorf("line %d: %s: %s", parse.Position.Line, parse.LastKey, parse.Message)
	}
}

// lineOf finds the line a key stands on; the TOML library knows it and does
// not say.
func lineOf(text string, key toml.Key) int {
	table, name := strings.Join(key[:len(key)-1], "."), key[len(key)-1]
	current := ""
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			current = strings.Trim(line[:strings.IndexByte(line+"]", ']')], "[ ")
			if current == key.String() {
				return i + 1
			}
			continue
		}
		left, _, found := strings.Cut(line, "=")
		left = strings.Trim(strings.TrimSpace(left), `"'`)
		if found && (current == table && left == name || current == "" && left == key.String()) {
			return i + 1
		}
	}
	return 1
}

// suggest names the key that was probably meant, or the keys there are.
func suggest(key toml.Key) string {
	known := settingKeys(strings.Join(key[:len(key)-1], "."))
	if known == nil {
		known = settingKeys("")
	}
	best, distance := "", 3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(key[len(key)-1], strings.Trim(k, "[]")); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return "; did you mean " + best + "?"
	}
	return "; allowed here: " + strings.Join(known, ", ")
}
