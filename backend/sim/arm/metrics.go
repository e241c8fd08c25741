package arm

import (
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// metric is a metric of Azure Monitor: its series, one for each combination of
// its dimensions.
type metric struct {
	name, unit string
	dimensions []string
	sums       bool // over series; otherwise the mean is taken
	series     func(*call) []series
}

// series is a metric of one thing.
type series struct {
	dimensions map[string]string
	at         func(time.Time) (float64, bool) // false: nothing is known of that moment
}

func metricRoutes() []route {
	const deployment = inWorkspace + "/onlineEndpoints/{endpoint}/deployments/{deployment}"
	on := func(name, what, scope string, serve func(*call) error) route {
		return route{name: name, method: http.MethodGet, action: insights + "/" + what + "/read", oldest: "2018-01-01",
			serve: serve}.at(scope + "/providers/" + insights + "/" + what)
	}
	return []route{
		on("metrics.workspace", "metrics", inWorkspace, workspaceMetrics),
		on("metrics.deployment", "metrics", deployment, deploymentMetrics),
		on("metrics.workspaceDefinitions", "metricDefinitions", inWorkspace, workspaceDefinitions),
		on("metrics.deploymentDefinitions", "metricDefinitions", deployment, deploymentDefinitions),
	}
}

// nodeStates are the metrics that count nodes, and what they count.
var nodeStates = []struct {
	name string
	of   func(model.NodeCounts) int
}{
	{"Active", func(n model.NodeCounts) int { return n.Running }},
	{"Idle", func(n model.NodeCounts) int { return n.Idle }},
	{"Leaving", func(n model.NodeCounts) int { return n.Leaving }},
	{"Preempted", func(n model.NodeCounts) int { return n.Preempted }},
	{"Unusable", func(n model.NodeCounts) int { return n.Unusable }},
	{"Total", func(n model.NodeCounts) int {
		return n.Running + n.Idle + n.Preparing + n.Leaving + n.Preempted + n.Unusable
	}},
}

// workspaceMetricList are the metrics of a workspace.
func workspaceMetricList() []metric {
	var list []metric
	for _, state := range nodeStates {
		for _, unit := range []string{"Nodes", "Cores"} {
			list = append(list, metric{state.name + " " + unit, "Count", []string{"Scenario", "ClusterName"}, true,
				func(c *call) []series { return c.nodeSeries(unit, state.of) }})
		}
	}
	for _, name := range []string{"CpuUtilizationPercentage", "GpuUtilizationPercentage"} {
		list = append(list, metric{name, "Percent", []string{"RunId", "InstanceId", "ComputeName"}, false,
			func(c *call) []series { return c.runSeries(name) }})
	}
	return list
}

// nodeSeries counts the nodes of each cluster, or their cores.
func (c *call) nodeSeries(unit string, of func(model.NodeCounts) int) []series {
	ws, err := c.inside()
	if err != nil {
		return nil
	}
	var list []series
	for _, cluster := range ws.Clusters {
		factor := 1
		if s, ok := catalog.Lookup(model.SizeName(cluster.VMSize)); ok && unit == "Cores" {
			factor = s.VCPUs
		}
		list = append(list, series{map[string]string{"clustername": cluster.Name, "scenario": "Training"}, func(t time.Time) (float64, bool) {
			n, known := c.world().CountsAt(cluster, t)
			return float64(of(n) * factor), known
		}})
	}
	return list
}

// runSeries is what jobs use of their computes while they run. Of a compute
// without a job nothing is known: so it is on the service.
func (c *call) runSeries(metric string) []series {
	ws, err := c.inside()
	if err != nil {
		return nil
	}
	var list []series
	for _, j := range ws.Jobs {
		name, size := "", ""
		switch {
		case j.Cluster != nil:
			name, size = j.Cluster.Name, j.Cluster.VMSize
		case j.Instance != nil:
			name, size = j.Instance.Name, j.Instance.VMSize
		}
		s, ok := catalog.Lookup(model.SizeName(size))
		if !ok || j.StartedAt.IsZero() || metric == "GpuUtilizationPercentage" && s.GPUs == 0 {
			continue
		}
		dimensions := map[string]string{"runid": j.Name, "computename": name, "instanceid": name + "-0"}
		list = append(list, series{dimensions, func(t time.Time) (float64, bool) {
			if t.Before(j.StartedAt) || t.After(c.now) || !j.EndedAt.IsZero() && !t.Before(j.EndedAt) {
				return 0, false
			}
			return load(metric+j.Name, t, 62, 97), true
		}})
	}
	return list
}

// deploymentMetricList are the metrics of an online deployment.
func deploymentMetricList() []metric {
	percent := func(name string, low, high float64) metric {
		return metric{name, "Percent", []string{"instanceId"}, false, func(c *call) []series {
			return c.deploymentSeries(func(d *sim.Deployment, t time.Time) float64 { return load(name+d.ID(), t, low, high) * busy(d, t) })
		}}
	}
	return []metric{
		percent("CpuUtilizationPercentage", 20, 70), percent("CpuMemoryUtilizationPercentage", 35, 55),
		{"DeploymentCapacity", "Count", []string{"instanceId", "State"}, true, func(c *call) []series {
			return c.deploymentSeries(func(d *sim.Deployment, _ time.Time) float64 { return float64(d.Instances) })
		}},
		{"RequestsPerMinute", "Count", []string{"envoy_response_code"}, true, func(c *call) []series {
			return c.deploymentSeries(func(d *sim.Deployment, t time.Time) float64 {
				return math.Round(load("requests"+d.ID(), t, 40, 160) * busy(d, t))
			})
		}},
	}
}

// deploymentSeries is one series, known since the deployment took its present
// form, and only if it works.
func (c *call) deploymentSeries(of func(*sim.Deployment, time.Time) float64) []series {
	d, err := c.deployment(false)
	if err != nil || d.ProvisioningState != succeeded {
		return nil
	}
	return []series{{map[string]string{"instanceid": d.Name + "-0", "state": "Ready", "envoy_response_code": "200"}, func(t time.Time) (float64, bool) {
		return of(d, t), !t.Before(d.ModifiedAt) && !t.After(c.now)
	}}}
}

// busy is the share of its endpoint's traffic that a deployment gets, by the
// time of the day.
func busy(d *sim.Deployment, t time.Time) float64 {
	share := float64(d.Endpoint.Traffic[d.Name]) / 100
	hour := float64(t.UTC().Hour()) + float64(t.Minute())/60
	return share * (0.55 - 0.45*math.Cos((hour-2)*math.Pi/12))
}

// load is a figure between two that belongs to a name and a minute: a slow wave
// with a ripple on it.
func load(name string, t time.Time, low, high float64) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	phase := float64(h.Sum64()%1000) / 1000 * 2 * math.Pi
	_, _ = fmt.Fprint(h, t.Unix()/60)
	ripple := float64(h.Sum64()%1000) / 1000
	wave := 0.5 + 0.5*math.Sin(phase+float64(t.Unix())/900)
	return low + (high-low)*(0.75*wave+0.25*ripple)
}

// findMetrics is the metrics of a list by their names; a refusal in the service's
// words if there is none of a name.
func findMetrics(list []metric, kind string, names []string) ([]metric, error) {
	var found []metric
	for _, name := range names {
		i := slices.IndexFunc(list, func(m metric) bool { return strings.EqualFold(m.name, strings.TrimSpace(name)) })
		if i < 0 {
			valid := make([]string, len(list))
			for n, m := range list {
				valid[n] = m.name
			}
			return nil, &refusal{status: http.StatusBadRequest, code: "BadRequest", bare: true, message: fmt.Sprintf(
				"Failed to find metric configuration for provider: %s, resource Type: %s, metric: %s, Valid metrics: %s",
				namespace, kind, name, strings.Join(valid, ","))}
		}
		found = append(found, list[i])
	}
	return found, nil
}
