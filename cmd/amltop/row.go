package main

import (
	"encoding/json"
	"time"

	"github.com/amltop/amltop/model"
)

// The rows of "ls -o json". Keys are snake_case, money is a decimal string with
// the currency beside it, unknown is null, times are RFC 3339, durations are
// seconds. Scripts rely on them: keys are added, never renamed.

// head is what every row has.
type head struct {
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	Workspace      *string `json:"workspace"`
	SubscriptionID *string `json:"subscription_id"`
	Location       *string `json:"location"`
	AsOf           *stamp  `json:"as_of"`
}

// stamp is a time as RFC 3339 in UTC.
type stamp time.Time

func (s stamp) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Time(s).UTC().Format(time.RFC3339))
}

// at is null for the zero time.
func at(t time.Time) *stamp {
	if t.IsZero() {
		return nil
	}
	s := stamp(t)
	return &s
}

// text is null for the empty string.
func text[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	t := string(s)
	return &t
}

// amount is a decimal string, null if it is not known.
func amount(m model.Money, known bool) *string {
	if !known {
		return nil
	}
	d := m.Decimal()
	return &d
}

// hourly is a price, null if it is unknown.
func hourly(p model.Price) *string { return amount(p.PerHour, p.Known()) }

// seconds is a duration, null if it is not known.
func seconds(d time.Duration, known bool) *int64 {
	if !known {
		return nil
	}
	n := int64(d / time.Second)
	return &n
}

// faults writes errors as the service worded them; never null.
func faults(list []model.Fault) []faultRow {
	rows := make([]faultRow, 0, len(list))
	for _, f := range list {
		rows = append(rows, faultRow{Code: f.Code, Message: f.Message})
	}
	return rows
}

type faultRow struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// view is a snapshot at a moment: what rows are made from.
type view struct {
	snap *model.Snapshot
	now  time.Time
}

// head fills in what every row has.
func (v view) head(r model.Resource, id string, ws model.WorkspaceID, section model.SectionKey) head {
	h := head{ID: r.ARMID, Name: r.Name, Location: text(r.Location)}
	if h.ID == "" {
		h.ID = id
	}
	if ws != "" {
		h.Workspace = text(v.snap.WorkspaceName(ws))
	}
	if parsed, err := model.ParseResourceID(h.ID); err == nil {
		h.SubscriptionID = text(parsed.Subscription)
	}
	if part := v.snap.Part(section, string(ws)); part != nil {
		h.AsOf = at(part.AsOf)
	}
	return h
}
