package arm

import (
	"maps"
	"slices"
	"strings"
	"time"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// choose are the series of a metric that a filter asks for: split by the
// dimensions that it names, the others put together. Without a filter there is
// one series.
func (m metric) choose(c *call, filter condition) ([]series, error) {
	var split []string
	var wrong error
	filter.each(func(part condition) {
		switch name := strings.ToLower(part.field); {
		case part.op == "":
		case part.op != "eq" && part.op != "ne" && part.op != "startswith":
			wrong = badMetrics("The operator '" + part.op + "' is not supported in the filter of metrics.")
		case !slices.ContainsFunc(m.dimensions, func(d string) bool { return strings.EqualFold(d, name) }):
			wrong = badMetrics("Metric: " + m.name + " does not support requested dimension combination: " + name +
				", supported ones are: " + strings.Join(m.dimensions, ",") + ".")
		case !slices.Contains(split, name):
			split = append(split, name)
		}
	})
	if wrong != nil {
		return nil, wrong
	}
	groups := map[string][]series{}
	var order []string
	for _, s := range m.series(c) {
		if filter.op != "" && !filter.starred().holds(func(field string) string { return s.dimensions[strings.ToLower(field)] }, true) {
			continue
		}
		key := ""
		for _, name := range split {
			key += s.dimensions[name] + "\x1f"
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], s)
	}
	var list []series
	for _, key := range order {
		list = append(list, together(groups[key], split, m.sums))
	}
	return list, nil
}

// starred is a condition in which a comparison with '*' holds always.
func (c condition) starred() condition {
	if c.value == "*" && c.op == "eq" {
		return condition{op: "startswith", field: c.field}
	}
	parts := c.parts
	c.parts = nil
	for _, p := range parts {
		c.parts = append(c.parts, p.starred())
	}
	return c
}

// together is one series of several: their sum, or their mean.
func together(list []series, split []string, sums bool) series {
	dimensions := map[string]string{}
	for _, name := range split {
		dimensions[name] = list[0].dimensions[name]
	}
	return series{dimensions, func(t time.Time) (float64, bool) {
		sum, n := 0.0, 0
		for _, s := range list {
			if value, known := s.at(t); known {
				sum, n = sum+value, n+1
			}
		}
		if n > 1 && !sums {
			sum /= float64(n)
		}
		return sum, n > 0
	}}
}
