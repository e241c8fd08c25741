package azure

import (
	"encoding/json"
	"errors"
	"math"
	"time"

	"github.com/sosodev/duration"

	"github.com/amltop/amltop/model"
)

// The types of this file decode leniently: what they cannot read is unknown.

// text is a string from outside, cleaned as it is decoded; also as a map's key.
type text string

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *text) UnmarshalText(b []byte) error {
	*t = text(clean(string(b)))
	return nil
}

// stamp is a moment as the service writes it: with or without a zone, with a
// T or a space, with up to seven digits of a second.
type stamp struct{ at time.Time }

var stampLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999",
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *stamp) UnmarshalText(b []byte) error {
	s.at = parseStamp(string(b))
	return nil
}

// parseStamp is zero for what it cannot read, and for the year 1, the
// service's way to say never.
func parseStamp(value string) time.Time {
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, value); err == nil && t.Year() > 1 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// period is an ISO 8601 duration such as PT2M; unreadable or negative is zero.
type period time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *period) UnmarshalText(b []byte) error {
	*p = 0
	if d, err := duration.Parse(string(b)); err == nil {
		*p = period(max(0, d.ToTimeDuration()))
	}
	return nil
}

// isoPeriod writes a duration the way the service reads it.
func isoPeriod(d time.Duration) string { return duration.Format(d.Round(time.Second)) }

// whole is a whole number that may come as a float or not at all.
type whole int

// UnmarshalJSON implements json.Unmarshaler.
func (w *whole) UnmarshalJSON(b []byte) error {
	var f float64
	if json.Unmarshal(b, &f) == nil && math.Abs(f) < 1<<53 {
		*w = whole(f)
	}
	return nil
}

type wireSystemData struct {
	CreatedBy      text  `json:"createdBy"`
	CreatedAt      stamp `json:"createdAt"`
	LastModifiedAt stamp `json:"lastModifiedAt"`
}

// wireError is an error object as ARM and Azure ML write it.
type wireError struct {
	Code       text        `json:"code"`
	Message    text        `json:"message"`
	Details    []wireError `json:"details"`
	InnerError *wireError  `json:"innerError"`
}

// wireFault is an error inside a resource: wrapped in "error" or bare.
type wireFault struct {
	wireError
	Error *wireError `json:"error"`
}

func (f wireFault) fault() model.Fault {
	e := f.wireError
	if f.Error != nil {
		e = *f.Error
	}
	code, message := e.words()
	return model.Fault{Code: code, Message: message}
}

// words are the code and the message that say most: details stand in where
// the error itself says nothing.
func (e wireError) words() (code, message string) {
	code, message = string(e.Code), string(e.Message)
	for _, d := range e.Details {
		c, m := d.words()
		if code == "" {
			code = c
		}
		if message == "" {
			message = m
		}
	}
	if e.InnerError != nil && (code == "" || message == "") {
		c, m := e.InnerError.words()
		if code == "" {
			code = c
		}
		if message == "" {
			message = m
		}
	}
	return code, message
}

func faults(lists ...[]wireFault) []model.Fault {
	var all []model.Fault
	for _, list := range lists {
		for _, f := range list {
			if fault := f.fault(); fault != (model.Fault{}) {
				all = append(all, fault)
			}
		}
	}
	return all
}

// page is one page of a list. Three answers name their list differently.
type page[W any] struct {
	Value    *[]W   `json:"value"`
	Nodes    *[]W   `json:"nodes"`      // listNodes
	Sizes    *[]W   `json:"amlCompute"` // vmSizes of 2020
	Data     *[]W   `json:"data"`       // Resource Graph
	NextLink string `json:"nextLink"`
	Token    string `json:"$skipToken"` // Resource Graph
}

var errNoList = errors.New("there is no list in it")

// rows are the list of a page. A null list is an empty one; none at all is an
// answer from somebody else.
func (p page[W]) rows(body []byte) ([]W, error) {
	for _, list := range []*[]W{p.Value, p.Nodes, p.Sizes, p.Data} {
		if list != nil {
			return *list, nil
		}
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(body, &keys); err != nil {
		return nil, err
	}
	for _, key := range []string{"value", "nodes", "amlCompute", "data"} {
		if v, ok := keys[key]; ok && string(v) == "null" {
			return nil, nil
		}
	}
	return nil, errNoList
}

// decode reads JSON and takes a field of an unexpected type as unknown.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) && odd.Field != "" {
		return nil
	}
	return err
}

// tags copies tags out of their wire type.
func tags(in map[text]text) map[string]string {
	if len(in) == 0 {
		return nil
	}
	out := make(map[string]string, len(in))
	for k, v := range in {
		out[string(k)] = string(v)
	}
	return out
}
