package arm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every route stands in the emulator's documentation, as it is served.
func TestRoutesAreDocumented(t *testing.T) {
	path := filepath.Join("..", "..", "..", "docs", "emulator.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range routes() {
		row := fmt.Sprintf("| `%s` | %s | `%s` |", r.name, r.method, pathOf(r))
		if !strings.Contains(string(text), row) {
			t.Errorf("%s lacks the row\n%s", path, row)
		}
	}
	for _, kind := range faultKinds {
		if row := fmt.Sprintf("| `%s` | %s |", kind.kind, kind.meaning); !strings.Contains(string(text), row) {
			t.Errorf("%s lacks the row\n%s", path, row)
		}
	}
}
