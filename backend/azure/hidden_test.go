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
