package azure

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/model"
)

const (
	metricsVersion = "2021-05-01"
	metricsPath    = "/providers/Microsoft.Insights/metrics"
	cpuMetric      = "CpuUtilizationPercentage"
	gpuMetric      = "GpuUtilizationPercentage"
	usageGrain     = 5 * time.Minute
	usageReach     = 3 * time.Hour
)

// wireMetrics is the answer to a query of metrics. A point of which nothing is
// known has a time and no value.
type wireMetrics struct {
	Value []struct {
		Name   wireLabel `json:"name"`
		Series []struct {
			Metadata []struct {
				Name  wireLabel `json:"name"`
				Value text      `json:"value"`
			} `json:"metadatavalues"`
			Data []struct {
				At      stamp    `json:"timeStamp"`
				Average *float64 `json:"average"`
			} `json:"data"`
		} `json:"timeseries"`
	} `json:"value"`
}

// Usage reads what Azure Monitor tells of the use of a workspace's computes in
// the last hours, by their names in lower case. Only computes of which there are
// figures are in it: no series is not zero.
func (c *Client) Usage(ctx context.Context, ws *model.Workspace) (map[string]model.Usage, error) {
	const doing = "read metrics"
	req, err := c.resource(ctx, http.MethodGet, ws.ARMID+metricsPath, metricsVersion)
	if err != nil {
		return nil, refuse(doing, err)
	}
	clock := c.Clock()
	until := clock.At(clock.Wall).UTC().Truncate(usageGrain)
	query := req.Raw().URL.Query()
	query.Set("metricnames", cpuMetric+","+gpuMetric)
	query.Set("timespan", until.Add(-usageReach).Format(time.RFC3339)+"/"+until.Format(time.RFC3339))
	query.Set("interval", "PT5M")
	query.Set("aggregation", "Average")
	query.Set("$filter", "ComputeName eq '*'")
	req.Raw().URL.RawQuery = query.Encode()
	a, err := c.send(req)
	if err != nil {
		return nil, refuse(doing, err)
	}
	var w wireMetrics
	if err := json.Unmarshal(a.body, &w); err != nil {
		return nil, refuse(doing, unreadable(a, err))
	}
	return w.usage(), nil
}

// point is the use of a compute at a moment, in per cent; below zero where
// there is no figure.
type point struct {
	at       time.Time
	cpu, gpu float64
}

// usage sums the series up by compute. Of several series of one compute the
// busier counts.
func (w *wireMetrics) usage() map[string]model.Usage {
	points := map[string]map[time.Time]*point{}
	for _, m := range w.Value {
		gpu := strings.EqualFold(string(m.Name.Value), gpuMetric)
		for _, s := range m.Series {
			name := ""
			for _, d := range s.Metadata {
				if strings.EqualFold(string(d.Name.Value), "ComputeName") {
					name = model.Fold(string(d.Value))
				}
			}
			if name == "" {
				continue
			}
			if points[name] == nil {
				points[name] = map[time.Time]*point{}
			}
			for _, d := range s.Data {
				if d.Average == nil || d.At.at.IsZero() {
					continue
				}
				p := points[name][d.At.at]
				if p == nil {
					p = &point{at: d.At.at, cpu: -1, gpu: -1}
					points[name][d.At.at] = p
				}
				if gpu {
					p.gpu = max(p.gpu, *d.Average)
				} else {
					p.cpu = max(p.cpu, *d.Average)
				}
			}
		}
	}
	return summed(points)
}

func summed(points map[string]map[time.Time]*point) map[string]model.Usage {
	all := make(map[string]model.Usage, len(points))
	for name, of := range points {
		list := make([]*point, 0, len(of))
		for _, p := range of {
			list = append(list, p)
		}
		slices.SortFunc(list, func(a, b *point) int { return cmp.Compare(a.at.Unix(), b.at.Unix()) })
		var u model.Usage
		for _, p := range list {
			u.Take(p.at, p.cpu, p.gpu)
		}
		if u.Known() {
			all[name] = u
		}
	}
	return all
}
