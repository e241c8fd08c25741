package arm

import (
	"net"
	"strings"
)

// allowed is the set of hosts in lower case.
func allowed(hosts []string) map[string]bool {
	set := make(map[string]bool, len(hosts))
	for _, h := range hosts {
		set[strings.ToLower(strings.Trim(h, "[]"))] = true
	}
	return set
}

// allows reports whether a Host header is one of those served. A host without
// a port in the list stands for that host on any port.
func (s *Server) allows(host string) bool {
	if len(s.hosts) == 0 {
		return true
	}
	host = strings.ToLower(host)
	if s.hosts[host] {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		return s.hosts[strings.Trim(host, "[]")]
	}
	return s.hosts[name]
}
