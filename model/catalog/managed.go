package catalog

import (
	"fmt"
	"strings"
	"sync"

	"github.com/amltop/amltop/model"
)

// managed holds Azure's list of sizes for managed online endpoints: lower-case
// name to whether the size is exempt from the quota reservation.
var managed = sync.OnceValue(func() map[string]bool {
	m, _ := parseManaged(managedText) // a test holds that it parses
	return m
})

// ManagedOnline reports whether a size can serve a managed online deployment:
// Azure's list of such sizes holds it, or the table has it with compute type
// MIR. For a size newer than the table ask the service's answer.
func ManagedOnline(name model.SizeName) bool {
	if _, ok := managed()[name.Key()]; ok {
		return true
	}
	t := load()
	i, ok := t.find(name)
	return ok && t.sizes[i].Supports(typeManaged)
}

// SkipsReservation reports whether managed online deployments on a size are
// exempt from the 20 % of extra quota that Azure reserves for upgrades. A size
// that Azure's list does not hold is not exempt.
func SkipsReservation(name model.SizeName) bool { return managed()[name.Key()] }

func parseManaged(text string) (map[string]bool, error) {
	m := make(map[string]bool)
	last := ""
	for n, line := range rows(text) {
		short, mark, _ := strings.Cut(line, " ")
		key := strings.ToLower(namePrefix + short)
		if short == "" || key <= last {
			return m, fmt.Errorf("managed table: line %d: %s: out of order or twice", n, line)
		}
		if mark != "" && mark != "exempt" {
			return m, fmt.Errorf("managed table: line %d: unknown mark %q", n, mark)
		}
		last = key
		m[key] = mark == "exempt"
	}
	return m, nil
}
