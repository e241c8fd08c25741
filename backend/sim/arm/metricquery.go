package arm

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mostPoints is how many points a series may have.
const mostPoints = 1500

func workspaceMetrics(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	return c.metrics(workspaceMetricList(), "workspaces", ws.ID(), ws.Location)
}

func deploymentMetrics(c *call) error {
	d, err := c.deployment(false)
	if err != nil {
		return err
	}
	return c.metrics(deploymentMetricList(), "workspaces/onlineEndpoints/deployments", d.ID(), d.Endpoint.Location)
}

func workspaceDefinitions(c *call) error {
	ws, err := c.inside()
	if err != nil {
		return err
	}
	return c.definitions(workspaceMetricList(), ws.ID())
}

func deploymentDefinitions(c *call) error {
	d, err := c.deployment(false)
	if err != nil {
		return err
	}
	return c.definitions(deploymentMetricList(), d.ID())
}

// definitions writes which metrics there are.
func (c *call) definitions(list []metric, resource string) error {
	return c.list(len(list), func(i int) string { return list[i].name }, func(i int) {
		m := list[i]
		c.object("")
		c.str("id", resource+"/providers/"+insights+"/metricDefinitions/"+m.name)
		c.str("resourceId", resource)
		c.localizable("name", m.name, m.name)
		c.str("unit", m.unit)
		c.str("primaryAggregationType", "Average")
		c.raw("supportedAggregationTypes", `["Average","Maximum","Minimum","Total","Count"]`)
		c.array("dimensions")
		for _, d := range m.dimensions {
			c.localizable("", d, d)
		}
		c.endArray()
		c.endObject()
	})
}

// metricQuery is what is asked of metrics.
type metricQuery struct {
	from, to     time.Time
	interval     time.Duration
	aggregations []string // lower case
	filter       condition
}

// grains are the intervals that the service has.
var grains = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}

func badMetrics(message string) error {
	return &refusal{status: http.StatusBadRequest, code: "BadRequest", message: message, bare: true}
}

// metricQuery reads what is asked.
func (c *call) metricQuery() (metricQuery, error) {
	q := metricQuery{to: c.now.Truncate(time.Minute), interval: time.Minute, aggregations: []string{"average"}}
	q.from = q.to.Add(-time.Hour)
	if span := c.query.Get("timespan"); span != "" {
		from, to, _ := strings.Cut(span, "/")
		begin, err1 := parseTime(from)
		end, err2 := parseTime(to)
		if err1 != nil || err2 != nil || !begin.Before(end) {
			return q, badMetrics("Invalid time span: '" + span + "' is not of the form START/END.")
		}
		q.from, q.to = begin.Truncate(time.Minute), end
	}
	if text := c.query.Get("interval"); text != "" {
		d, err := parseDuration(text)
		if err != nil || !slices.Contains(grains, d) {
			return q, badMetrics("Detected invalid time grain input: '" + text + "' is not one of PT1M, PT5M, PT15M, PT30M, PT1H, PT6H, PT12H, P1D.")
		}
		q.interval = d
	}
	if q.to.Sub(q.from)/q.interval > mostPoints {
		return q, badMetrics("The time span has more than " + strconv.Itoa(mostPoints) + " points at this interval.")
	}
	if text := c.query.Get("aggregation"); text != "" {
		q.aggregations = nil
		for word := range strings.SplitSeq(strings.ToLower(text), ",") {
			if word = strings.TrimSpace(word); aggregators[word] == nil {
				return q, badMetrics("Invalid aggregation '" + word + "': it is not one of Average, Count, Maximum, Minimum, Total.")
			}
			q.aggregations = append(q.aggregations, word)
		}
	}
	if text := c.query.Get("$filter"); text != "" {
		var err error
		if q.filter, err = parseFilter(text); err != nil {
			return q, badMetrics("The filter is not valid: " + err.Error() + ".")
		}
	}
	return q, nil
}

// aggregators make one figure of the samples of an interval, of which there is
// at least one.
var aggregators = map[string]func([]float64) float64{
	"average": func(v []float64) float64 { return total(v) / float64(len(v)) },
	"count":   func(v []float64) float64 { return float64(len(v)) },
	"maximum": slices.Max[[]float64],
	"minimum": slices.Min[[]float64],
	"total":   total,
}

func total(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum
}

// metrics answers a query of metrics.
func (c *call) metrics(list []metric, kind, resource, region string) error {
	q, err := c.metricQuery()
	if err != nil {
		return err
	}
	if names := c.query.Get("metricnames"); names != "" {
		if list, err = findMetrics(list, kind, strings.Split(names, ",")); err != nil {
			return err
		}
	} else {
		list = list[:1]
	}
	chosen := make([][]series, len(list))
	for i, m := range list {
		if chosen[i], err = m.choose(c, q.filter); err != nil {
			return err
		}
	}
	c.object("")
	c.int("cost", max(0, int(q.to.Sub(q.from)/q.interval)-1))
	c.str("timespan", q.from.Format(time.RFC3339)+"/"+q.to.Format(time.RFC3339))
	c.str("interval", isoDuration(q.interval))
	c.array("value")
	for i, m := range list {
		c.object("")
		c.str("id", resource+"/providers/"+insights+"/metrics/"+m.name)
		c.str("type", insights+"/metrics")
		c.localizable("name", m.name, m.name)
		c.str("unit", m.unit)
		c.array("timeseries")
		for _, s := range chosen[i] {
			c.timeseries(s, q)
		}
		c.endArray()
		c.str("errorCode", "Success")
		c.endObject()
	}
	c.endArray()
	c.str("namespace", namespace+"/"+kind)
	c.str("resourceregion", region)
	c.endObject()
	return nil
}

// timeseries writes a series, unless nothing is known of all its time. A point
// of which nothing is known has a time and no value.
func (c *call) timeseries(s series, q metricQuery) {
	points, known := s.sample(q)
	if !known {
		return
	}
	c.object("")
	c.array("metadatavalues")
	for _, name := range sortedKeys(s.dimensions) {
		c.object("")
		c.object("name")
		c.str("value", name)
		c.str("localizedValue", name)
		c.endObject()
		c.str("value", s.dimensions[name])
		c.endObject()
	}
	c.endArray()
	c.array("data")
	for i, samples := range points {
		c.object("")
		c.str("timeStamp", q.from.Add(time.Duration(i)*q.interval).Format(time.RFC3339))
		if len(samples) > 0 {
			for _, a := range q.aggregations {
				c.raw(a, strconv.FormatFloat(aggregators[a](samples), 'f', -1, 64))
			}
		}
		c.endObject()
	}
	c.endArray()
	c.endObject()
}

// sample asks a series once a minute.
func (s series) sample(q metricQuery) (points [][]float64, known bool) {
	for at := q.from; at.Before(q.to); at = at.Add(q.interval) {
		var samples []float64
		for t := at; t.Before(at.Add(q.interval)) && t.Before(q.to); t = t.Add(time.Minute) {
			if value, ok := s.at(t); ok {
				samples = append(samples, value)
			}
		}
		points, known = append(points, samples), known || len(samples) > 0
	}
	return points, known
}
