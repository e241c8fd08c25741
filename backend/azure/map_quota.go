package azure

import (
	"strings"

	"github.com/amltop/amltop/model"
)

// wireUsage is an entry of usages. Names and ids repeat: only the type tells
// dedicated cores from low-priority ones.
type wireUsage struct {
	ID    text   `json:"id"`
	Type  text   `json:"type"`
	Unit  text   `json:"unit"`
	Used  whole  `json:"currentValue"`
	Limit *whole `json:"limit"`
	Name  struct {
		Value     text `json:"value"`
		Localized text `json:"localizedValue"`
	} `json:"name"`
}

// mapQuota maps a usage of the region. ok is false for the entries that show
// how one workspace or one compute shares in it.
func mapQuota(w *wireUsage, sub model.SubscriptionID, location string) (q *model.Quota, ok bool) {
	kind := model.Fold(string(w.Type))
	if strings.Contains(kind, "/workspace") || w.Name.Value == "" {
		return nil, false
	}
	q = &model.Quota{
		Subscription: sub,
		Location:     location,
		Name:         string(w.Name.Localized),
		Unit:         string(w.Unit),
		Used:         int64(w.Used),
		Limit:        -1,
	}
	if w.Limit != nil {
		q.Limit = max(-1, int64(*w.Limit))
	}
	if q.Name == "" {
		q.Name = string(w.Name.Value)
	}
	perFamily := strings.Contains(kind, "vmfamily")
	if perFamily {
		q.Family = string(w.Name.Value)
	}
	switch {
	case strings.Contains(kind, "lowpriority"):
		q.Priority = "lowPriority"
	case strings.Contains(kind, "dedicated"), perFamily:
		q.Priority = "dedicated"
	}
	_, short, _ := strings.Cut(kind, "/")
	q.ID = model.Fold("/subscriptions/" + string(sub) + "/locations/" + location + "/" + short + "/" + string(w.Name.Value))
	return q, true
}
