package sim

import (
	"fmt"
	"net/http"
)

// conflict is the refusal of an operation while another one runs.
func conflict(what, name, doing string) *Denial {
	return &Denial{http.StatusConflict, "Conflict", fmt.Sprintf(
		"Another operation is in progress on %s %s (%s). Please retry after it has completed.", what, name, doing)}
}

// badArgument is the refusal of a request that can never succeed.
func badArgument(format string, args ...any) *Denial {
	return &Denial{http.StatusBadRequest, "BadArgument", fmt.Sprintf(format, args...)}
}

// fault is the denial as it is stored inside a resource.
func (d *Denial) fault() []Fault { return []Fault{{d.Code, d.Message}} }
