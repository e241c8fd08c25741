package sim

import "testing"

func load(t testing.TB, name string) Scenario {
	t.Helper()
	sc, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}
