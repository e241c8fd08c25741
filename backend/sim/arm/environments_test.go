package arm

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// An environment is no long-running operation: it is there at once.
func TestEnvironment(t *testing.T) {
	v := newTown(t, Options{})
	path := visionPath + "/environments/images/versions/a1"
	const body = `{"properties":{"image":"ghcr.io/acme/churn:1.4","tags":{"team":"churn"}}}`
	if resp, text := v.send("GET", path, ""); resp.StatusCode != 404 || dig(decode(t, text), "error.code") != "ResourceNotFound" {
		t.Errorf("before: %s %s", resp.Status, text)
	}
	resp, made := v.send("PUT", path, body)
	if resp.StatusCode != 201 || resp.Header.Get("Azure-AsyncOperation") != "" {
		t.Fatalf("%s %v %s", resp.Status, resp.Header, made)
	}
	doc := decode(t, made)
	for key, want := range map[string]any{
		"name": "a1", "type": "Microsoft.MachineLearningServices/workspaces/environments/versions",
		"properties.image": "ghcr.io/acme/churn:1.4", "properties.tags.team": "churn", "properties.condaFile": nil,
		"properties.provisioningState": "Succeeded", "systemData.createdBy": v.server.opts.Principal.Name,
	} {
		if got := dig(doc, key); got != want {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	if id := dig(doc, "id").(string); !strings.EqualFold(id, path) {
		t.Errorf("id %s", id)
	}
	v.pass(time.Hour)
	if _, read := v.send("GET", resp.Header.Get("Location"), ""); read != made {
		t.Errorf("made %s\nread %s", made, read)
	}
	for what, tt := range map[string]struct {
		path, body string
		status     int
		code       any
	}{
		"again":                 {path, body, 200, nil},
		"another image":         {path, strings.ReplaceAll(body, "1.4", "1.5"), 409, "Conflict"},
		"no properties":         {path, `{}`, 400, "UserError"},
		"no body":               {path, ``, 400, "InvalidRequestContent"},
		"somebody else's place": {secretPath + "/environments/images/versions/a1", body, 403, "AuthorizationFailed"},
		"no place":              {strings.Replace(path, "/vision/", "/nowhere/", 1), body, 404, "ParentResourceNotFound"},
	} {
		if resp, text := v.send("PUT", tt.path, tt.body); resp.StatusCode != tt.status || dig(decode(t, text), "error.code") != tt.code {
			t.Errorf("%s: %s %s", what, resp.Status, text)
		}
	}
}

func TestEnvironmentsAreListed(t *testing.T) {
	v := newTown(t, Options{})
	list := visionPath + "/environments"
	if got := names(v.get(list)); len(got) != 0 {
		t.Errorf("before any is registered: %q", got)
	}
	for _, path := range []string{"/sklearn/versions/1", "/torch/versions/1", "/sklearn/versions/2"} {
		if resp, body := v.send("PUT", list+path, `{"properties":{"image":"mcr.microsoft.com/azureml/minimal"}}`); resp.StatusCode != 201 {
			t.Fatal(resp.Status, body)
		}
		v.pass(time.Minute)
	}
	doc := v.get(list)
	if got := names(doc); !slices.Equal(got, []string{"torch", "sklearn"}) {
		t.Errorf("containers %q", got)
	}
	second := doc["value"].([]any)[1].(map[string]any)
	if dig(second, "properties.latestVersion") != "2" || !strings.HasSuffix(dig(second, "id").(string), "/environments/sklearn") {
		t.Errorf("container %v", second)
	}
	if got := names(v.get(list + "/SKLEARN/versions")); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("versions %q", got)
	}
	if resp, body := v.send("GET", list+"/none/versions", ""); resp.StatusCode != 404 || dig(decode(t, body), "error.code") != "ParentResourceNotFound" {
		t.Errorf("%s %s", resp.Status, body)
	}
}
