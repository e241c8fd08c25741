package arm

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// recordedDir is where the recorded traffic of the real service may lie.
const recordedDir = "../../../../shared/data/recorded"

// recordedBodies are the bodies of a recording, by method and last segment.
func recordedBodies(t *testing.T, file string) []interaction {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(recordedDir, file))
	if err != nil {
		t.Skip("the recorded traffic of ../shared/data is not here")
	}
	var doc struct{ Interactions []interaction }
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Interactions
}

type interaction struct {
	Method, URL string
	Status      int
	Headers     map[string]string
	Body        any
}

// lacking lists what the real body has and ours has not, or has with another
// type. null goes with everything.
func lacking(path string, real, ours any) []string {
	if real == nil || ours == nil {
		return nil
	}
	if kind(real) != kind(ours) {
		return []string{fmt.Sprintf("%s: %s, the service's is %s", path, kind(ours), kind(real))}
	}
	var found []string
	switch r := real.(type) {
	case map[string]any:
		if free[path[strings.LastIndex(path, ".")+1:]] {
			return nil
		}
		o := ours.(map[string]any)
		for k, v := range r {
			w, ok := o[k]
			if !ok {
				found = append(found, path+"."+k+": missing")
				continue
			}
			found = append(found, lacking(path+"."+k, v, w)...)
		}
	case []any:
		o := ours.([]any)
		if len(r) > 0 && len(o) > 0 {
			found = lacking(path+"[0]", r[0], o[0])
		}
	}
	return found
}

// free are objects whose keys are the user's.
var free = map[string]bool{"tags": true, "environmentVariables": true, "traffic": true}

func kind(v any) string {
	switch v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "bool"
	default:
		return "number"
	}
}

// item finds the list item for which a field has a value.
func item(list any, field, value string) any {
	for _, i := range dig(list, "value").([]any) {
		if dig(i, field) == value {
			return i
		}
	}
	return nil
}

func plain(t *testing.T, v *town, path string) any {
	t.Helper()
	_, body := v.send("GET", path, "")
	var doc any
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatal(err, body)
	}
	return doc
}

func TestBodiesHaveEveryKeyOfTheRecordedOnes(t *testing.T) {
	v := newTown(t, Options{})
	computes := recordedBodies(t, "Get-AzMLWorkspaceCompute.json")[0].Body
	for name, pair := range map[string][2]any{
		"cluster":           {item(computes, "properties.computeType", "AmlCompute"), plain(t, v, visionPath+"/computes/warm")},
		"instance":          {item(computes, "properties.computeType", "ComputeInstance"), plain(t, v, visionPath+"/computes/ana-full")},
		"workspace":         {item(recordedBodies(t, "Get-AzMLWorkspace.json")[0].Body, "kind", "Default"), plain(t, v, visionPath)},
		"job":               {recordedBodies(t, "Get-AzMLWorkspaceJob.json")[1].Body, plain(t, v, firstJob(t, v))},
		"online deployment": {recordedBodies(t, "Get-AzMLWorkspaceOnlineDeployment.json")[1].Body, plain(t, v, visionPath+"/onlineEndpoints/defects/deployments/blue")},
		"batch endpoint":    {recordedBodies(t, "Get-AzMLWorkspaceBatchEndpoint.json")[1].Body, plain(t, v, visionPath+"/batchEndpoints/nightly")},
		"batch deployment":  {recordedBodies(t, "Get-AzMLWorkspaceBatchDeployment.json")[1].Body, plain(t, v, visionPath+"/batchEndpoints/nightly/deployments/first")},
		"nodes":             {recordedBodies(t, "Get-AzMLWorkspaceComputeNode.json")[0].Body, post(t, v, visionPath+"/computes/cold/listNodes")},
		"usages":            {recordedBodies(t, "Get-AzMLServiceUsage.json")[0].Body, plain(t, v, eastus+"/usages")},
	} {
		if pair[0] == nil {
			t.Errorf("%s: nothing recorded", name)
		}
		for _, l := range lacking(name, pair[0], pair[1]) {
			t.Error(l)
		}
	}
}

func firstJob(t *testing.T, v *town) string {
	t.Helper()
	return visionPath + "/jobs/" + names(v.get(visionPath + "/jobs"))[0]
}

func post(t *testing.T, v *town, path string) any {
	t.Helper()
	_, body := v.send("POST", path, "")
	return any(decode(t, body))
}

// Every size of the real answer for eastus is in ours with the same figures.
func TestSizesAgreeWithTheRecordedAnswer(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(recordedDir, "vmSizes-eastus-2025-11-04.json"))
	if err != nil {
		t.Skip("the recorded traffic of ../shared/data is not here")
	}
	var real any
	if err := json.Unmarshal(text, &real); err != nil {
		t.Fatal(err)
	}
	v := newTown(t, Options{})
	ours := plain(t, v, eastus+"/vmSizes")
	for _, r := range dig(real, "value").([]any) {
		name := dig(r, "name").(string)
		o := item(ours, "name", name)
		if o == nil {
			t.Errorf("%s: missing", name)
			continue
		}
		for _, field := range []string{"family", "vCPUs", "gpus", "osVhdSizeMB", "maxResourceVolumeMB", "memoryGB", "lowPriorityCapable", "premiumIO", "generation", "supportsIB"} {
			if got, want := dig(o, field), dig(r, field); got != want {
				t.Errorf("%s: %s is %v, the service's is %v", name, field, got, want)
			}
		}
		if got, want := sorted(dig(o, "supportedComputeTypes")), sorted(dig(r, "supportedComputeTypes")); got != want {
			t.Errorf("%s: compute types %s, the service's are %s", name, got, want)
		}
		for _, price := range lacking(name, dig(r, "estimatedVMPrices"), dig(o, "estimatedVMPrices")) {
			t.Error(price)
		}
	}
}

// sorted is a list of strings in one, its order taken away.
func sorted(list any) string {
	var words []string
	for _, w := range list.([]any) {
		words = append(words, w.(string))
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// The answer to a PUT and what is there when it is done have the nulls, the
// objects and the gaps of the recorded ones.
func TestCreationFillsInLikeTheRecordedOne(t *testing.T) {
	real := recordedBodies(t, "New-AzMLWorkspaceCompute.json")
	v := newTown(t, Options{})
	const put = `{"location":"eastus","properties":{"computeType":"AmlCompute","properties":{"vmSize":"STANDARD_DS3_V2","scaleSettings":{"maxNodeCount":8,"minNodeCount":0}}}}`
	_, body := v.send("PUT", visionPath+"/computes/aml03", put)
	compareShape(t, "PUT", real[0].Body, decode(t, body))
	v.pass(5 * time.Minute)
	compareShape(t, "GET", real[2].Body, v.get(visionPath+"/computes/aml03"))
	_, body = v.send("PATCH", visionPath+"/computes/aml03", `{"properties":{"properties":{"scaleSettings":{"maxNodeCount":7}}}}`)
	compareShape(t, "PATCH", real[3].Body, decode(t, body))
}

// What is known of an instance grows: nothing at first, its state midway,
// everything in the end.
func TestAnInstanceIsToldOfBitByBit(t *testing.T) {
	v := newTown(t, Options{})
	_, body := v.send("PUT", visionPath+"/computes/fresh", `{"properties":{"computeType":"ComputeInstance","properties":{"vmSize":"Standard_DS3_v2","idleTimeBeforeShutdown":"PT30M"}}}`)
	type told struct{ state, address, runtime, tags any }
	look := func(doc any) told {
		in := dig(doc, "properties.properties")
		return told{dig(in, "state"), dig(in, "connectivityEndpoints.publicIpAddress"), dig(in, "versions.runtime"), dig(doc, "tags") != nil}
	}
	if got := look(decode(t, body)); got != (told{nil, nil, nil, false}) {
		t.Errorf("the answer: %v", got)
	}
	v.pass(30 * time.Second)
	if got := look(v.get(visionPath + "/computes/fresh")); got != (told{"Creating", nil, nil, true}) {
		t.Errorf("midway: %v", got)
	}
	v.pass(20 * time.Minute)
	doc := v.get(visionPath + "/computes/fresh")
	if got := look(doc); got.state != "Running" || got.address == nil || got.runtime == nil {
		t.Errorf("in the end: %v", got)
	}
	if name := dig(doc, "properties.properties.createdBy.userName"); name != v.server.opts.Principal.Name {
		t.Errorf("created by %v", name)
	}
}

// compareShape wants the same keys with the same kind of value, null included.
func compareShape(t *testing.T, path string, real, ours any) {
	t.Helper()
	if (real == nil) != (ours == nil) {
		t.Errorf("%s: %v, the service's is %v", path, ours, real)
		return
	}
	r, isObject := real.(map[string]any)
	o, _ := ours.(map[string]any)
	if !isObject || free[path[strings.LastIndex(path, ".")+1:]] {
		return
	}
	for k := range o {
		if _, ok := r[k]; !ok {
			t.Errorf("%s.%s: the service has no such key", path, k)
		}
	}
	for k, v := range r {
		w, ok := o[k]
		if !ok {
			t.Errorf("%s.%s: missing", path, k)
			continue
		}
		compareShape(t, path+"."+k, v, w)
	}
}
