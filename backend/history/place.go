package history

import (
	"path/filepath"
	"strings"

	"github.com/amltop/amltop/model"
)

// Place is the folder state is kept in, by the conventions of an operating
// system (GOOS) and what its environment says: $XDG_STATE_HOME where it is an
// absolute path, else ~/.local/state; ~/Library/Application Support; %LocalAppData%.
// home is the user's folder. "" if there is no telling.
func Place(goos, home string, env func(string) string) string {
	base := env("XDG_STATE_HOME")
	switch {
	case filepath.IsAbs(base):
	case goos == "windows" && env("LocalAppData") != "":
		base = env("LocalAppData")
	case home == "":
		return ""
	case goos == "darwin" || goos == "ios":
		base = filepath.Join(home, "Library", "Application Support")
	case goos == "windows":
		base = filepath.Join(home, "AppData", "Local")
	default:
		base = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(base, "amltop")
}

// FileName is what the history of a cloud is called, so that no simulated
// dollar is ever added to a real one.
func FileName(o model.Origin) string {
	switch o.Carrier {
	case model.CarrierAzure:
		return "history.db"
	case model.CarrierEmulator:
		return "history-emulator-" + fileSafe(o.Host) + ".db"
	default:
		return "history-sim-" + fileSafe(o.Scenario) + ".db"
	}
}

// fileSafe leaves of a name what every file system takes.
func fileSafe(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		}
		return '_'
	}, name)
}
