package costs

import (
	"github.com/amltop/amltop/model"
)

// Scope is the part of the fleet whose cost is looked at: targets that fall
// under one of its keys. The zero Scope is everything.
type Scope struct {
	Title string // "ana-gpu", "3 targets"
	keys  map[model.CostKey]bool
}

// Everything reports whether the scope leaves nothing out.
func (s Scope) Everything() bool { return len(s.keys) == 0 }

// ScopeOf is the scope of several keys.
func ScopeOf(title string, keys []model.CostKey) Scope {
	s := Scope{Title: title, keys: make(map[model.CostKey]bool, len(keys))}
	for _, k := range keys {
		s.keys[k] = true
	}
	return s
}

// Only is the scope as history understands it: one key of those that it keeps
// costs by. It does not add several up, and knows neither series nor endpoints.
func (s Scope) Only() (keys []model.CostKey, ok bool) {
	if len(s.keys) > 1 {
		return nil, false
	}
	for k := range s.keys {
		switch k.By {
		case model.CostByTarget, model.CostByOwner, model.CostByWorkspace, model.CostBySubscription:
			keys = append(keys, k)
		default:
			return nil, false
		}
	}
	return keys, true
}

// byEndpoint is the key of an endpoint's deployments.
const byEndpoint model.CostBy = "endpoint"

// has reports whether a target is in the scope.
func (s Scope) has(t *target) bool {
	if s.Everything() {
		return true
	}
	for _, by := range [...]model.CostBy{model.CostByTarget, model.CostByOwner, model.CostByWorkspace, model.CostBySubscription, BySeries} {
		if s.keys[model.CostKey{By: by, Key: Grouping{By: by}.key(t)}] {
			return true
		}
	}
	return t.endpoint != "" && s.keys[model.CostKey{By: byEndpoint, Key: string(t.endpoint)}]
}

// KeyOf is the key of a row of any pane, and whether the row has costs.
func KeyOf(row any) (model.CostKey, bool) {
	switch r := row.(type) {
	case *model.Instance:
		return model.CostKey{By: model.CostByTarget, Key: string(r.ID)}, true
	case *model.Cluster:
		return model.CostKey{By: model.CostByTarget, Key: string(r.ID)}, true
	case *model.Attached:
		return model.CostKey{By: model.CostByTarget, Key: string(r.ID)}, true
	case *model.Deployment:
		return model.CostKey{By: model.CostByTarget, Key: string(r.ID)}, true
	case *model.Endpoint:
		return model.CostKey{By: byEndpoint, Key: string(r.ID)}, true
	case *model.Workspace:
		return model.CostKey{By: model.CostByWorkspace, Key: string(r.ID)}, true
	case *Row:
		return model.CostKey{By: r.By, Key: r.Key}, true
	}
	return model.CostKey{}, false
}
