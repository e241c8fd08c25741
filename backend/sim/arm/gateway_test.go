package arm

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// sendWith sends a request with headers and reads the answer.
func (v *town) sendWith(method, path, body string, header map[string]string) (*http.Response, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, "https://management.azure.com"+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	for k, value := range header {
		r.Header.Set(k, value)
	}
	resp, err := v.server.Transport().RoundTrip(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp, string(text)
}

// The default versions of other people's SDKs, and those newer than ours.
func TestVersionsOfOtherClients(t *testing.T) {
	v := newTown(t, Options{})
	for _, version := range []string{
		"2021-07-01", "2022-02-01-preview", "2022-05-01", "2022-10-01", "2023-10-01", "2024-04-01-preview", "2024-10-01", "2025-06-01", "2026-03-15-preview",
	} {
		if resp, body := v.send("GET", visionPath+"/computes/ana-gpu?api-version="+version, ""); resp.StatusCode != 200 {
			t.Errorf("%s: %s %s", version, resp.Status, body)
		}
	}
}

func TestABodyHasToBeJSON(t *testing.T) {
	v := newTown(t, Options{})
	path, body := visionPath+"/computes/cold?api-version=2024-04-01", `{"properties":{}}`
	for media, want := range map[string]int{
		"": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "application/json/": 415,
		"application/json": 202, "Application/JSON; charset=utf-8": 202,
	} {
		resp, text := v.sendWith("PATCH", path, body, map[string]string{"Content-Type": media})
		if resp.StatusCode != want {
			t.Errorf("%q: %s %s", media, resp.Status, text)
		}
		v.pass(time.Hour) // a change in flight is a conflict
	}
	resp, text := v.sendWith("PATCH", path, body, nil)
	doc := decode(t, text)
	if resp.Header.Get("x-ms-failure-cause") != "gateway" || dig(doc, "error.code") != "UnsupportedMediaType" ||
		!strings.Contains(dig(doc, "error.message").(string), "'<null>'") {
		t.Errorf("%v %s", resp.Header, text)
	}
	if resp, text := v.sendWith("POST", visionPath+"/computes/ana-gpu/stop?api-version=2024-04-01", "", map[string]string{"Content-Type": "text/plain"}); resp.StatusCode != 202 {
		t.Errorf("without a body: %s %s", resp.Status, text)
	}
}

func TestTheClientsRequestIDComesBackOnRequest(t *testing.T) {
	v := newTown(t, Options{})
	path := visionPath + "?api-version=2024-04-01"
	for asked, want := range map[string]string{"": "", "false": "", "true": "mine", "True": "mine"} {
		resp, _ := v.sendWith("GET", path, "", map[string]string{"x-ms-client-request-id": "mine", "x-ms-return-client-request-id": asked})
		if got := resp.Header.Get("x-ms-client-request-id"); got != want {
			t.Errorf("%q: %q", asked, got)
		}
	}
}

// What is not there is deleted with 204; what has no parent cannot be.
func TestDeletingWhatIsGone(t *testing.T) {
	v := newTown(t, Options{})
	for path, want := range map[string]int{
		visionPath + "/computes/none?api-version=2024-04-01&underlyingResourceAction=Delete": 204,
		visionPath + "/onlineEndpoints/none":                                                 204,
		visionPath + "/batchEndpoints/none":                                                  204,
		visionPath + "/onlineEndpoints/defects/deployments/none":                             204,
		visionPath + "/onlineEndpoints/none/deployments/none":                                404,
		strings.Replace(visionPath, "rg-vision", "rg-none", 1) + "/computes/none?api-version=2024-04-01&underlyingResourceAction=Delete": 404,
		secretPath + "/onlineEndpoints/none": 403,
	} {
		resp, body := v.send("DELETE", path, "")
		if resp.StatusCode != want || (want == 204) != (body == "") || resp.Header.Get("Azure-AsyncOperation") != "" {
			t.Errorf("%s: %s %q", path, resp.Status, body)
		}
	}
}

func TestAMethodThatIsNotThereNamesThoseThatAre(t *testing.T) {
	v := newTown(t, Options{})
	for path, want := range map[string]string{
		visionPath + "/computes/cold":      "GET, PUT, PATCH, DELETE",
		visionPath + "/computes/cold/stop": "POST",
	} {
		for _, method := range []string{"HEAD", "OPTIONS", "TRACE"} {
			if resp, _ := v.send(method, path, ""); resp.StatusCode != 405 || resp.Header.Get("Allow") != want {
				t.Errorf("%s %s: %s, Allow %q", method, path, resp.Status, resp.Header.Get("Allow"))
			}
		}
	}
}
