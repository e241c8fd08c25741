package azure

import (
	"encoding/json"
	"testing"
	"time"
)

// TestUsageIsReadFromMetrics holds that points without a value are no figures,
// that what has none is not there, and that names are in lower case.
func TestUsageIsReadFromMetrics(t *testing.T) {
	const body = `{"value":[
		{"name":{"value":"CpuUtilizationPercentage"},"timeseries":[
			{"metadatavalues":[{"name":{"value":"computename"},"value":"Ana-GPU"}],"data":[
				{"timeStamp":"2026-11-23T12:00:00Z","average":10},{"timeStamp":"2026-11-23T12:05:00Z","average":2},
				{"timeStamp":"2026-11-23T12:10:00Z"}]},
			{"metadatavalues":[{"name":{"value":"computename"},"value":"quiet"}],"data":[{"timeStamp":"2026-11-23T12:00:00Z"}]},
			{"metadatavalues":[],"data":[{"timeStamp":"2026-11-23T12:00:00Z","average":50}]}]},
		{"name":{"value":"GpuUtilizationPercentage"},"timeseries":[
			{"metadatavalues":[{"name":{"value":"ComputeName"},"value":"ana-gpu"}],"data":[{"timeStamp":"2026-11-23T12:05:00Z","average":4}]}]}]}`
	var w wireMetrics
	if err := json.Unmarshal([]byte(body), &w); err != nil {
		t.Fatal(err)
	}
	all := w.usage()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	u, ok := all["ana-gpu"]
	if !ok || len(all) != 1 || u.CPU != 6 || !u.HasGPU || u.GPU != 4 || !u.Busy.Equal(noon) || !u.From.Equal(noon) || !u.To.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("%+v", all)
	}
}
