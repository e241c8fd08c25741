package azure

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
)

// readShares reads an endpoint's traffic: shares in per cent by deployment, as
// numbers, as numbers in quotes, or with a fraction. odd is what cannot be
// understood, as it came.
func readShares(traffic json.RawMessage) (shares map[string]int, odd map[string]json.RawMessage) {
	shares = map[string]int{}
	if json.Unmarshal(traffic, &odd) != nil {
		return shares, nil // no object: there is nothing to keep by name
	}
	for name, raw := range odd {
		if share, ok := readShare(raw); ok {
			shares[name] = share
			delete(odd, name)
		}
	}
	return shares, odd
}

// readShare rounds a share to a whole one, but never away: a deployment that
// gets a little of the traffic is not one that gets none.
func readShare(raw json.RawMessage) (int, bool) {
	f, err := strconv.ParseFloat(string(bytes.TrimSpace(bytes.Trim(raw, `"`))), 64)
	switch {
	case err != nil || !(f >= 0 && f <= 100):
		return 0, false
	case f > 0 && f < 1:
		return 1, true
	}
	return int(math.Round(f)), true
}

// writeShares is traffic to send: what was decided, and beside it what came
// and was not understood.
func writeShares(decided map[string]int, odd map[string]json.RawMessage) map[string]json.RawMessage {
	all := make(map[string]json.RawMessage, len(decided)+len(odd))
	for name, raw := range odd {
		all[name] = raw
	}
	for name, share := range decided {
		all[name] = json.RawMessage(strconv.Itoa(share))
	}
	return all
}
