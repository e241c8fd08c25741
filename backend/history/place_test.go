package history

import (
	"path/filepath"
	"testing"

	"github.com/amltop/amltop/model"
)

func TestPlace(t *testing.T) {
	for _, c := range []struct{ goos, home, xdg, local, want string }{
		{"linux", "/home/ana", "", "", "/home/ana/.local/state/amltop"},
		{"linux", "/home/ana", "/state", "", "/state/amltop"},
		{"linux", "/home/ana", "relative", "", "/home/ana/.local/state/amltop"},
		{"darwin", "/Users/ana", "", "", "/Users/ana/Library/Application Support/amltop"},
		{"windows", "/Users/ana", "", "/Users/ana/AppData/Local", "/Users/ana/AppData/Local/amltop"},
		{"linux", "", "", "", ""},
	} {
		env := map[string]string{"XDG_STATE_HOME": c.xdg, "LocalAppData": c.local}
		if got := Place(c.goos, c.home, func(k string) string { return env[k] }); filepath.ToSlash(got) != c.want {
			t.Errorf("%v: %q", c, got)
		}
	}
	if got := FileName(model.Origin{Carrier: model.CarrierEmulator, Host: "127.0.0.1:7070"}); got != "history-emulator-127.0.0.1_7070.db" {
		t.Error(got)
	}
}
