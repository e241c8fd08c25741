package arm

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// faultsPath is where faults are looked at, added and taken away while the
// server runs. It is none of ARM's.
const faultsPath = "/amltop/faults"

// mostFaults is how many faults there may be at a time: each is asked about
// every request.
const mostFaults = 100

// administers reports whether a request is about the faults, and from where it
// may be: a program on this machine, at a server that checks the Host header. A
// browser's page names its origin, and no page has any business here.
func (s *Server) administers(r *http.Request) bool {
	if r.URL.Path != faultsPath || len(s.hosts) == 0 || r.Header.Get("Origin") != "" {
		return false
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}

// administer answers a request about the faults.
func (s *Server) administer(c *call) error {
	switch c.request.Method {
	case http.MethodGet:
	case http.MethodPost:
		if err := s.addFaults(c.body); err != nil {
			return err
		}
		c.status = http.StatusCreated
	case http.MethodDelete:
		if err := s.dropFaults(c.query["fault"]); err != nil {
			return err
		}
	default:
		return gateway(http.StatusMethodNotAllowed, "MethodNotAllowed",
			"The requested resource does not support http method '%s'.", c.request.Method)
	}
	c.object("")
	c.array("value")
	for _, f := range s.faults {
		c.object("")
		c.str("fault", f.String())
		c.int("seen", f.seen)
		c.int("struck", f.struck)
		c.endObject()
	}
	c.endArray()
	c.endObject()
	return nil
}

// addFaults takes {"faults":["…"]}, or the faults' text, one a line. All are
// added or none.
func (s *Server) addFaults(body []byte) error {
	var texts []string
	if body = bytes.TrimSpace(body); bytes.HasPrefix(body, []byte("{")) {
		var in struct {
			Faults []string `json:"faults"`
		}
		if err := json.Unmarshal(body, &in); err != nil {
			return badRequest("InvalidRequestContent", err.Error())
		}
		texts = in.Faults
	} else {
		texts = strings.Fields(string(body))
	}
	if len(texts) == 0 {
		return badRequest("InvalidRequestContent", `No fault was given: {"faults":["computes:500:3"]}, or one a line.`)
	}
	if len(s.faults)+len(texts) > mostFaults {
		return badRequest("TooManyFaults", "There may be "+strconv.Itoa(mostFaults)+" faults at a time.")
	}
	added := make([]faultState, len(texts))
	for i, text := range texts {
		f, err := ParseFault(text)
		if err != nil {
			return badRequest("InvalidFault", err.Error())
		}
		added[i].Fault = f
	}
	s.faults = append(s.faults, added...)
	return nil
}

// dropFaults removes the faults given by their text, or all.
func (s *Server) dropFaults(texts []string) error {
	var gone []Fault
	for _, text := range texts {
		f, err := ParseFault(text)
		if err != nil {
			return badRequest("InvalidFault", err.Error())
		}
		gone = append(gone, f)
	}
	s.faults = slices.DeleteFunc(s.faults, func(f faultState) bool {
		return len(gone) == 0 || slices.Contains(gone, f.Fault)
	})
	clear(s.stale)
	return nil
}

// String is the text that ParseFault reads.
func (f Fault) String() string {
	text := f.Route + ":" + string(f.Kind)
	if f.Duration != 0 {
		text += "=" + f.Duration.String()
	}
	if f.Amount != 0 {
		text += "=" + strconv.Itoa(f.Amount)
	}
	for _, option := range []struct {
		name  string
		value int
	}{{"count", f.Count}, {"every", f.Every}, {"after", f.After}} {
		if option.value != 0 {
			text += ":" + option.name + "=" + strconv.Itoa(option.value)
		}
	}
	if f.Probability != 0 {
		text += ":p=" + strconv.FormatFloat(f.Probability, 'g', -1, 64)
	}
	return text
}
