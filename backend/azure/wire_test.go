package azure

import (
	"encoding/json"
	"testing"
	"time"
)

func TestStamp(t *testing.T) {
	noon := time.Date(2024, 7, 24, 8, 48, 48, 0, time.UTC)
	for in, want := range map[string]time.Time{
		`"2024-07-24T08:48:48Z"`:                   noon,
		`"2024-07-24T10:48:48+02:00"`:              noon,
		`"2024-07-24T08:48:48.0000000+00:00"`:      noon,
		`"2024-07-24T08:48:48.0000000\u002B00:00"`: noon,
		`"2024-07-24T08:48:48.500"`:                noon.Add(500 * time.Millisecond),
		`"2024-07-24 08:48:48"`:                    noon,
		`"2024-07-24 08:48:48Z"`:                   noon,
		`"0001-01-01T00:00:00+00:00"`:              {},
		`"0001-01-01T00:00:00-05:00"`:              {},
		`"yesterday"`:                              {},
		`17`:                                       {},
		`null`:                                     {},
	} {
		var doc struct {
			At stamp `json:"at"`
		}
		if err := decode([]byte(`{"at":`+in+`}`), &doc); err != nil || !doc.At.at.Equal(want) {
			t.Errorf("%s: %s, %v", in, doc.At.at, err)
		}
	}
}

func TestPeriod(t *testing.T) {
	for in, want := range map[string]time.Duration{
		`"PT2M"`: 2 * time.Minute, `"PT900S"`: 15 * time.Minute, `"P3D"`: 72 * time.Hour, `"PT1H30M"`: 90 * time.Minute,
		`"PT0.5S"`: 500 * time.Millisecond, `"-PT5M"`: 0, `"5 minutes"`: 0, `""`: 0, `120`: 0, `null`: 0,
	} {
		var doc struct {
			P period `json:"p"`
		}
		if err := decode([]byte(`{"p":`+in+`}`), &doc); err != nil || time.Duration(doc.P) != want {
			t.Errorf("%s: %s, %v", in, time.Duration(doc.P), err)
		}
	}
	for d, want := range map[time.Duration]string{2 * time.Minute: "PT2M", 0: "PT0S", 90 * time.Minute: "PT1H30M", 50 * time.Hour: "P2DT2H"} {
		if got := isoPeriod(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

// TestOddTypes gives every field of a compute a value of the wrong type: each
// is unknown, and the ones beside it are read.
func TestOddTypes(t *testing.T) {
	for _, odd := range []string{`7`, `"x"`, `[]`, `{}`, `true`, `null`, `[[]]`, `{"a":{}}`} {
		for _, field := range []string{"vmSize", "errors", "state", "lastOperation", "schedules", "scaleSettings", "nodeStateCounts", "currentNodeCount", "applications", "instanceTypes", "idleTimeBeforeShutdown", "customServices"} {
			body := `{"id":"/x/computes/a","tags":` + odd + `,"properties":{"computeType":"AmlCompute","provisioningState":"Succeeded","createdOn":` + odd +
				`,"properties":{"` + field + `":` + odd + `,"osType":"Linux"}}}`
			var w wireCompute
			if err := decode([]byte(body), &w); err != nil {
				t.Fatalf("%s %s: %v", field, odd, err)
			}
			if c := mapCluster(&w, ""); c.OSType != "Linux" || c.Name != "a" || c.ProvisioningState != "Succeeded" {
				t.Errorf("%s %s: %+v", field, odd, c)
			}
			mapInstance(&w, "")
			mapAttached(&w, "")
		}
	}
}

func TestDecodeRefusesWhatIsNoObject(t *testing.T) {
	for _, body := range []string{``, `[]`, `"x"`, `{`, `nul`, `{"a":1}{`} {
		if err := decode([]byte(body), &wireCompute{}); err == nil {
			t.Errorf("%q was read as a compute", body)
		}
	}
}

func TestWholeNumbers(t *testing.T) {
	var doc struct {
		A, B, C, D whole
	}
	err := json.Unmarshal([]byte(`{"a":3,"b":3.0,"c":"3","d":1e300}`), &doc)
	if err != nil || doc.A != 3 || doc.B != 3 || doc.C != 3 || doc.D != 0 {
		t.Errorf("%+v, %v", doc, err)
	}
}
