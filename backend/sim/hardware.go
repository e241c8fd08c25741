package sim

import (
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// hardware is what the world needs to know of a VM size.
type hardware struct {
	family string // lower case
	label  string // as the service spells it
	cores  int
	gpu    bool
}

// hardwareOf looks a VM size up; false if Azure ML has no such size.
func hardwareOf(size string) (hardware, bool) {
	s, ok := catalog.Lookup(model.SizeName(size))
	if !ok {
		return hardware{}, false
	}
	return hardware{strings.ToLower(s.Family), s.Family, s.VCPUs, s.GPUs > 0}, true
}
