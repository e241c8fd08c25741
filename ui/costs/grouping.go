package costs

import (
	"strings"

	"github.com/amltop/amltop/model"
)

// Grouping is a way to add costs up.
type Grouping struct {
	By    model.CostBy
	Name  string       // "by owner"
	Asked model.CostBy // what history is asked for; its keys are turned into this grouping's
}

// Groupings are all there are, in the order in which one goes through them.
func Groupings() []Grouping {
	return []Grouping{
		{model.CostByTarget, "target", model.CostByTarget},
		{model.CostByOwner, "owner", model.CostByOwner},
		{model.CostByWorkspace, "workspace", model.CostByWorkspace},
		{model.CostBySubscription, "subscription", model.CostBySubscription},
		{BySeries, "series", model.CostBySize},
	}
}

// key is what a target falls under.
func (g Grouping) key(t *target) string {
	switch g.By {
	case model.CostByOwner:
		return t.owner
	case model.CostByWorkspace:
		return string(t.workspace)
	case model.CostBySubscription:
		return subscription(t.workspace)
	case BySeries:
		return t.series()
	default:
		return t.id
	}
}

// named is what people call a key.
func (g Grouping) named(s *model.Snapshot, key, name string) string {
	switch {
	case g.By == model.CostByWorkspace:
		return s.WorkspaceName(model.WorkspaceID(key))
	case g.By == model.CostBySubscription:
		for _, sub := range s.Subscriptions {
			if strings.EqualFold(string(sub.ID), key) && sub.Name != "" {
				return sub.Name
			}
		}
	case key == "":
		return "(not said)"
	case g.By == model.CostByTarget && name != "":
		return name
	}
	return key
}

// remembered is this grouping's key of a bar that history answered with.
func (g Grouping) remembered(bar *model.CostBar, series map[string]string) string {
	if g.By != BySeries {
		return bar.Key
	}
	size, _, _ := strings.Cut(bar.Key, " ") // "Standard_NC24s_v3 LowPriority"
	if s, ok := series[model.Fold(size)]; ok {
		return s
	}
	return model.SizeName(size).Short()
}

// seriesOf maps sizes, without case, to their series.
func seriesOf(s *model.Snapshot) map[string]string {
	m := make(map[string]string, len(s.Sizes))
	for _, z := range s.Sizes {
		if z.Series != "" {
			m[model.Fold(string(z.Name))] = z.Series
		}
	}
	return m
}
