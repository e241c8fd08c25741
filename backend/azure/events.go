package azure

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

const (
	activityVersion = "2015-04-01"
	activityPath    = "/providers/Microsoft.Insights/eventtypes/management/values"
	activityFields  = "caller,operationName,status,subStatus,eventTimestamp,correlationId,properties"
	// mostActivity is how many pages of a log are read: the newest come first.
	mostActivity = 5
	// longestActivity is how far the log reaches back, less a while for clocks
	// that differ.
	longestActivity = 90*24*time.Hour - time.Hour
)

// Events reads the activity log of a resource since a moment of the other
// end's time, newest first; at most as far back as the log goes. See
// [model.Requests].
func (c *Client) Events(ctx context.Context, armID string, since time.Time) ([]model.Event, error) {
	const doing = "read the activity log"
	id, err := model.ParseResourceID(armID)
	if err != nil {
		return nil, &model.Refusal{Message: clean(err.Error()), Err: err}
	}
	clock := c.Clock()
	if oldest := clock.At(clock.Wall).Add(-longestActivity); since.Before(oldest) {
		since = oldest
	}
	req, err := c.resource(ctx, http.MethodGet, "/subscriptions/"+id.Subscription+activityPath, activityVersion)
	if err != nil {
		return nil, refuse(doing, err)
	}
	query := req.Raw().URL.Query()
	query.Set("$filter", "eventTimestamp ge '"+since.UTC().Format("2006-01-02T15:04:05Z")+
		"' and resourceUri eq '"+strings.ReplaceAll(armID, "'", "''")+"'")
	query.Set("$select", activityFields)
	req.Raw().URL.RawQuery = query.Encode()

	var list []model.Event
	a, err := c.send(req)
	for pages := 1; ; pages++ {
		if err != nil {
			return nil, refuse(doing, err)
		}
		events, next, err := readEvents(a)
		if err != nil {
			return nil, refuse(doing, err)
		}
		list = append(list, events...)
		if next == "" || pages == mostActivity {
			return list, nil
		}
		if a, err = c.get(ctx, next); err != nil {
			return nil, refuse(doing, err)
		}
	}
}

// wireEvent is an event, as far as it was selected.
type wireEvent struct {
	Caller        text      `json:"caller"`
	OperationName wireLabel `json:"operationName"`
	Status        wireLabel `json:"status"`
	SubStatus     wireLabel `json:"subStatus"`
	At            stamp     `json:"eventTimestamp"`
	CorrelationID text      `json:"correlationId"`
	Properties    struct {
		StatusMessage string `json:"statusMessage"` // a JSON document of its own
	} `json:"properties"`
}

type wireLabel struct {
	Value          text `json:"value"`
	LocalizedValue text `json:"localizedValue"`
}

// readEvents decodes a page of the log.
func readEvents(a answer) (events []model.Event, next string, err error) {
	rows, next, err := decodePage[wireEvent](a.body)
	if err != nil {
		return nil, "", unreadable(a, err)
	}
	for _, w := range rows {
		events = append(events, model.Event{
			At: w.At.at, Caller: string(w.Caller), Action: string(w.OperationName.Value), Status: string(w.Status.Value),
			Detail: w.detail(), Correlation: string(w.CorrelationID),
		})
	}
	return events, next, nil
}

// detail is why a request failed: the service's words, or at least its status.
func (w *wireEvent) detail() string {
	if !strings.EqualFold(string(w.Status.Value), "Failed") {
		return ""
	}
	var doc struct {
		Error *wireError `json:"error"`
	}
	if err := json.Unmarshal([]byte(w.Properties.StatusMessage), &doc); err == nil && doc.Error != nil {
		code, message := doc.Error.words()
		return shorten(strings.TrimPrefix(code+": "+message, ": "))
	}
	return string(w.SubStatus.LocalizedValue)
}
