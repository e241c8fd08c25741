package azure

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/amltop/amltop/model"
)

// failedOnline are the lists of a workspace with one online endpoint and
// deployments of it, each as written.
func failedOnline(deployments ...string) []*exchange {
	return []*exchange{
		ok("GET", "/onlineEndpoints?", `{"value":[{"id":"`+onlineID+`","name":"score","properties":{"provisioningState":"Succeeded"}}]}`),
		ok("GET", "/batchEndpoints?", `{"value":[]}`),
		ok("GET", "/deployments?", `{"value":[`+strings.Join(deployments, ",")+`]}`),
	}
}

// failedDeployment is a deployment that failed and names an operation.
func failedDeployment(name, operation string) string {
	return fmt.Sprintf(`{"id":"%s/deployments/%s","name":"%[2]s","properties":{"provisioningState":"Failed","properties":{"AzureAsyncOperationUri":"%s"}}}`,
		onlineID, name, operation)
}

const outOfMemory = `{"status":"Failed","error":{"code":"ResourceNotReady","message":"out of memory"}}`

// asked counts the requests for operations.
func (s *script) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, r := range s.requests {
		if strings.Contains(r.URL.Path, "mfeOperationsStatus") {
			n++
		}
	}
	return n
}

func listEndpoints(t *testing.T, c *Client) ([]*model.Endpoint, []*model.Deployment) {
	t.Helper()
	found, err := c.Endpoints(t.Context(), testWorkspace(), 0)
	endpoints, deployments := found.Endpoints, found.Deployments
	if err != nil {
		t.Fatal(err)
	}
	return endpoints, deployments
}

// TestWhyItFailed lists three times: what each list shows, and how often the
// operation was asked in the end.
func TestWhyItFailed(t *testing.T) {
	at := opsMFE + "d?api-version=2024-04-01"
	answer := func(status int, body string) *exchange {
		return &exchange{method: "GET", path: "mfeOperationsStatus/d?", status: status, body: body}
	}
	const known = "ResourceNotReady: out of memory"
	for name, tc := range map[string]struct {
		deployment string
		answers    []*exchange
		shows      [3]string
		asked      int
	}{
		"known after one question":     {failedDeployment("blue", at), []*exchange{answer(200, outOfMemory)}, [3]string{known, known, known}, 1},
		"a service that forgot":        {failedDeployment("blue", at), []*exchange{answer(404, `{"error":{"code":"NotFound"}}`)}, [3]string{}, 1},
		"an operation that succeeded":  {failedDeployment("blue", at), []*exchange{answer(200, `{"status":"Succeeded"}`)}, [3]string{}, 1},
		"not over at first":            {failedDeployment("blue", at), []*exchange{answer(200, `{"status":"Updating"}`), answer(200, outOfMemory)}, [3]string{"", known, known}, 2},
		"a service that is busy":       {failedDeployment("blue", at), []*exchange{answer(429, ""), answer(503, ""), answer(200, outOfMemory)}, [3]string{"", "", known}, 3},
		"a network that is away":       {failedDeployment("blue", at), []*exchange{{method: "GET", path: "mfeOperationsStatus/d?", err: io.ErrUnexpectedEOF}, answer(200, outOfMemory)}, [3]string{"", known, known}, 2},
		"half an answer":               {failedDeployment("blue", at), []*exchange{answer(200, `{"status":`), answer(200, outOfMemory)}, [3]string{"", known, known}, 2},
		"signed out for a moment":      {failedDeployment("blue", at), []*exchange{answer(401, ""), answer(200, outOfMemory)}, [3]string{"", known, known}, 2},
		"another host":                 {failedDeployment("blue", strings.Replace(at, "azure.com", "azure.evil.example", 1)), nil, [3]string{}, 0},
		"this host without encryption": {failedDeployment("blue", strings.Replace(at, "https", "http", 1)), nil, [3]string{}, 0},
		"not a URL":                    {failedDeployment("blue", "::"), nil, [3]string{}, 0},
		"no operation":                 {failedDeployment("blue", ""), nil, [3]string{}, 0},
		"words of its own":             {strings.Replace(failedDeployment("blue", at), `"properties":{"prov`, `"properties":{"error":{"code":"Own"},"prov`, 1), nil, [3]string{"Own", "Own", "Own"}, 0},
		"one that did not fail":        {strings.Replace(failedDeployment("blue", at), "Failed", "Succeeded", 1), nil, [3]string{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript(append(failedOnline(tc.deployment), tc.answers...)...)
			c := clientOn(t, s)
			for n, want := range tc.shows {
				_, deployments := listEndpoints(t, c)
				if got := detailOf(deployments[0].Faults); got != want {
					t.Errorf("list %d shows %q, want %q", n+1, got, want)
				}
			}
			if s.asked() != tc.asked {
				t.Errorf("asked %d times, want %d", s.asked(), tc.asked)
			}
			for _, r := range s.requests {
				if r.URL.Scheme != "https" || r.URL.Host != "management.azure.com" {
					t.Errorf("sent to %s", r.URL)
				}
			}
		})
	}
}

func TestWhyAnEndpointFailed(t *testing.T) {
	s := newScript(
		ok("GET", "/onlineEndpoints?", `{"value":[{"id":"`+onlineID+`","name":"score","properties":{"provisioningState":"Failed","properties":{"AzureAsyncOperationUri":"`+opsMFE+`e"}}}]}`),
		ok("GET", "/batchEndpoints?", `{"value":[]}`), ok("GET", "/deployments?", `{"value":[]}`),
		ok("GET", "mfeOperationsStatus/e", outOfMemory),
	)
	endpoints, _ := listEndpoints(t, clientOn(t, s))
	if got := detailOf(endpoints[0].Faults); got != "ResourceNotReady: out of memory" {
		t.Errorf("%q", got)
	}
}

// TestWhyTheNextAttemptFailed: another operation has another reason, and the
// first one's is no longer kept.
func TestWhyTheNextAttemptFailed(t *testing.T) {
	lists := failedOnline(failedDeployment("blue", opsMFE+"one"))
	s := newScript(append(lists,
		ok("GET", "/deployments?", `{"value":[`+failedDeployment("blue", opsMFE+"two")+`]}`),
		ok("GET", "/deployments?", `{"value":[]}`),
		ok("GET", "mfeOperationsStatus/one", outOfMemory),
		ok("GET", "mfeOperationsStatus/two", `{"status":"Failed","error":{"code":"OutOfQuota"}}`))...)
	c := clientOn(t, s)
	for _, want := range []string{"ResourceNotReady: out of memory", "OutOfQuota"} {
		_, deployments := listEndpoints(t, c)
		if got := detailOf(deployments[0].Faults); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if n := len(c.reasons.in(testWorkspace().ID)); n != 1 {
		t.Errorf("%d reasons kept of one failure", n)
	}
	listEndpoints(t, c)
	if len(c.reasons.of) != 0 {
		t.Errorf("reasons are kept of what is gone: %v", c.reasons.of)
	}
}

// TestManyFailures: one list asks so much and no more, and lists at the same
// time do not get into each other's way.
func TestManyFailures(t *testing.T) {
	const failed = reasonsPerList + 7
	var deployments []string
	for n := range failed {
		deployments = append(deployments, failedDeployment(fmt.Sprint("d", n), fmt.Sprint(opsMFE, "d", n)))
	}
	s := newScript(append(failedOnline(deployments...), ok("GET", "mfeOperationsStatus/", outOfMemory))...)
	c := clientOn(t, s)
	for _, asked := range []int{reasonsPerList, failed, failed} {
		if listEndpoints(t, c); s.asked() != asked {
			t.Errorf("asked %d times, want %d", s.asked(), asked)
		}
	}
	var lists sync.WaitGroup
	for range 4 {
		lists.Go(func() {
			all, err := c.Endpoints(t.Context(), testWorkspace(), 0)
			if found := all.Deployments; err != nil || len(found) != failed || len(found[failed-1].Faults) != 1 {
				t.Errorf("%d deployments, %v", len(found), err)
			}
		})
	}
	lists.Wait()
}

// TestWhyADeployFailed: what a command left behind is judged with the reason.
func TestWhyADeployFailed(t *testing.T) {
	s := newScript(ok("GET", "/deployments/blue?", failedDeployment("blue", opsMFE+"d")), ok("GET", "mfeOperationsStatus/d", outOfMemory))
	state, err := clientOn(t, s).State(t.Context(), deployCommand(managed()))
	if err != nil || !state.Failed || state.Detail != "ResourceNotReady: out of memory" {
		t.Errorf("%+v, %v", state, err)
	}
}
