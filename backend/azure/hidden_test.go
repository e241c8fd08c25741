package azure

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestDescribeHidesSecrets gives a resource whose answer holds what opens
// something, in fields, beside them and within URLs.
func TestDescribeHidesSecrets(t *testing.T) {
	const body = `{"properties":{ "databricksAccessToken" : "dapi-SECRET", "SDKTelemetryAppInsightsKey":"SECRET", "adminPublicKey":"ssh-rsa AAAA",
  "keys":{"primaryKey":"SECRET\"x","secondaryKey":null}, "note":"primaryKey", "s\u0065cret":"SECRET", "key":{"name":"k"},
  "log":"https://x.blob.core.windows.net/c?sv=1&sig=SECRETSECRETSECRETSECRET%3D&se=2", "scoringUri":"https://e.eastus.inference.ml.azure.com/score"}}`
	const want = `{"properties":{ "databricksAccessToken" : "(hidden)", "SDKTelemetryAppInsightsKey":"(hidden)", "adminPublicKey":"ssh-rsa AAAA",
  "keys":{"primaryKey":"(hidden)","secondaryKey":null}, "note":"primaryKey", "s\u0065cret":"(hidden)", "key":{"name":"k"},
  "log":"https://x.blob.core.windows.net/c?sv=1&sig=(hidden)&se=2", "scoringUri":"https://e.eastus.inference.ml.azure.com/score"}}`
	doc, err := clientOn(t, newScript(ok("GET", testWS, body))).Describe(t.Context(), testWS)
	if err != nil || string(doc) != want {
		t.Errorf("%s, %v", doc, err)
	}
	if !json.Valid(doc) || strings.Contains(string(doc), "SECRET\"") {
		t.Errorf("not JSON, or a secret is left: %s", doc)
	}
}

// TestDescribeHidesVariables gives a deployment with environment variables:
// what a name says is a secret is not shown, and everything else is.
func TestDescribeHidesVariables(t *testing.T) {
	hidden := []string{
		"API_KEY", "OPENAI_API_KEY", "AZURE_CLIENT_SECRET", "HF_TOKEN", "tokens", "DbPassword", "DB_PASSWD", "AZURE_STORAGE_CONNECTION_STRING",
		"ConnectionString", "BLOB_SAS", "sas_url", "storageKey", "accountkey", "KEYS", "SIGNING_KEY_1", "DB_PWD", "GOOGLE_CREDENTIALS",
	}
	shown := []string{"MONKEY_COUNT", "TOKENIZERS_PARALLELISM", "WORKER_COUNT", "HOTKEYED", "SASH_COLOUR", "LOG_LEVEL", "KEYBOARD", "MODEL_DIR"}
	variables := map[string]string{}
	for _, name := range hidden {
		variables[name] = "HIDE-" + name
	}
	for _, name := range shown {
		variables[name] = "SHOW-" + name
	}
	body, err := json.Marshal(map[string]any{
		"customServices": []any{map[string]any{"environmentVariables": map[string]any{ // of an instance
			"APP_SECRET": map[string]string{"type": "SHOW-local", "value": "HIDE-service"}, "PORT": map[string]string{"value": "SHOW-port"},
		}}},
		"before":     map[string]string{"LOCK_TOKEN": "SHOW-before"},
		"properties": map[string]any{"environmentVariables": variables, "properties": map[string]string{"ETAG_TOKEN": "SHOW-after"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	doc := string(hideSecrets(body))
	if !json.Valid([]byte(doc)) || strings.Contains(doc, "HIDE-") || strings.Count(doc, "(hidden)") != len(hidden)+1 || strings.Count(doc, "SHOW-") != len(shown)+4 {
		t.Errorf("%s", doc)
	}
}
