package azure

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
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
	"2006-01-02T15:04:05.999999999Z0700", time.RFC1123,
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

// whole is a whole number that may come as a float, in quotes or not at all.
type whole int

// UnmarshalJSON implements json.Unmarshaler.
func (w *whole) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(string(bytes.Trim(b, `"`)), 64)
	if err == nil && math.Abs(f) < 1<<53 {
		*w = whole(f)
	}
	return nil
}

// decimal is a number that may come in quotes or not at all.
type decimal float64

// UnmarshalJSON implements json.Unmarshaler.
func (d *decimal) UnmarshalJSON(b []byte) error {
	if f, err := strconv.ParseFloat(string(bytes.Trim(b, `"`)), 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
		*d = decimal(f)
	}
	return nil
}

// figure is a number as it is written, to be read without loss.
type figure string

// UnmarshalJSON implements json.Unmarshaler.
func (f *figure) UnmarshalJSON(b []byte) error {
	*f = figure(bytes.Trim(b, `"`))
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
	return faultOf(code, message)
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

// says reports whether there is an error at all.
func (e *wireError) says() bool {
	if e == nil {
		return false
	}
	code, message := e.words()
	return code != "" || message != ""
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
