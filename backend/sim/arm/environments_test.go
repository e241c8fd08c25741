package arm

import (
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
