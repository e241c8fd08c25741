package backendtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/backendtest"
	"github.com/amltop/amltop/model"
)

// TestRecordings is the third carrier: what the service really answered, as far
// as it is public, and what no public recording has, made up by hand.
func TestRecordings(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared", "data", "recorded")
	for name, dir := range map[string]string{"recorded": shared, "made up": filepath.Join("..", "azure", "testdata", "cassettes")} {
		t.Run(name, func(t *testing.T) {
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the folder of recordings is not beside this clone: %s", dir)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*.json"))
			if err != nil || len(files) == 0 {
				t.Fatalf("%d recordings in %s, %v", len(files), dir, err)
			}
			for _, file := range files {
				t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { replay(t, file) })
			}
		})
	}
}

func replay(t *testing.T, file string) {
	tape, ok, err := backendtest.ReadTape(file)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Skip("a body alone: the tests of backend/azure read it")
	}
	backendtest.Replay(t, tape, func(t *testing.T) backendtest.Fixture {
		clock := newHand()
		c := client(t, azure.Options{Carrier: model.CarrierSim, Transport: tape, Now: clock.Now})
		return backendtest.Fixture{Cloud: c, Advance: clock.Advance}
	})
}
