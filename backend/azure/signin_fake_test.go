package azure

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// bench is a machine to sign in from: an environment of its own, tools that are
// scripts, and an Entra in this process. Nothing of the developer's is seen.
type bench struct {
	t     *testing.T
	dir   string
	env   map[string]string
	now   time.Time
	entra *entra
}

func newBench(t *testing.T) *bench {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the tools are shell scripts")
	}
	b := &bench{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), entra: &entra{answers: map[string]string{}}}
	b.env = map[string]string{"HOME": b.dir, "PATH": b.dir}
	for _, name := range []string{
		"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_USERNAME",
		"AZURE_PASSWORD", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "MSI_ENDPOINT",
	} {
		t.Setenv(name, "")
	}
	t.Setenv("PATH", b.dir+":/usr/bin:/bin")
	return b
}

// set sets variables for the SDK and for this package alike.
func (b *bench) set(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		b.t.Setenv(pairs[i], pairs[i+1])
		b.env[pairs[i]] = pairs[i+1]
	}
}

// tool puts a tool on the path. Each run leaves a mark.
func (b *bench) tool(name, script string) {
	b.t.Helper()
	text := "#!/bin/sh\necho \"$@\" >> " + filepath.Join(b.dir, name+".runs") + "\n" + script + "\n"
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o755); err != nil {
		b.t.Fatal(err)
	}
}

// runs are the command lines a tool was run with.
func (b *bench) runs(name string) []string {
	text, err := os.ReadFile(filepath.Join(b.dir, name+".runs"))
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func (b *bench) signIn(o SignInOptions) *SignIn {
	b.t.Helper()
	o.Env = func(name string) string { return b.env[name] }
	o.Now = func() time.Time { return b.now }
	o.Transport = b.entra
	s, err := NewSignIn(o)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// azToken is what az prints.
func azToken(token string, end time.Time) string {
	text, _ := json.Marshal(map[string]any{"accessToken": token, "expires_on": end.Unix(), "tokenType": "Bearer"})
	return "cat <<'END'\n" + string(text) + "\nEND"
}

// jwt is a token with claims and no signature.
func jwt(claims map[string]string) string {
	text, _ := json.Marshal(claims)
	return "e30." + base64.RawURLEncoding.EncodeToString(text) + ".sig"
}

// fails is a tool that says something and fails.
func fails(words string) string { return "cat >&2 <<'END'\n" + words + "\nEND\nexit 1" }

// entra answers as Microsoft Entra does: its discovery, and what is set for the
// end of a path. It refuses what it does not know.
type entra struct {
	answers map[string]string // by the end of the path; a refusal begins with {"error"
	asked   []string
}

// Do implements policy.Transporter.
func (e *entra) Do(req *http.Request) (*http.Response, error) {
	path := req.URL.Host + req.URL.Path
	e.asked = append(e.asked, path)
	status, body := http.StatusNotFound, `{"error":"unknown"}`
	base := "https://" + req.URL.Host + "/tenant-a"
	switch {
	case strings.HasSuffix(path, "/discovery/instance"):
		status, body = 200, `{"tenant_discovery_endpoint":"`+base+`/v2.0/.well-known/openid-configuration","metadata":[{"preferred_network":"`+req.URL.Host+`","preferred_cache":"`+req.URL.Host+`","aliases":["`+req.URL.Host+`","login.microsoftonline.com"]}]}`
	case strings.HasSuffix(path, "/openid-configuration"):
		status, body = 200, `{"authorization_endpoint":"`+base+`/oauth2/v2.0/authorize","token_endpoint":"`+base+
			`/oauth2/v2.0/token","device_authorization_endpoint":"`+base+`/oauth2/v2.0/devicecode","issuer":"`+base+`/v2.0"}`
	}
	for end, answer := range e.answers {
		if strings.HasSuffix(path, end) {
			status, body = 200, answer
			if strings.HasPrefix(answer, `{"error"`) {
				status = 400
			}
		}
	}
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Request: req, ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

// verdicts are a sign-in error's tries by way.
func verdicts(e *model.SignInError) map[string]model.SignInVerdict {
	m := map[string]model.SignInVerdict{}
	for _, t := range e.Tries {
		m[t.Way] = t.Verdict
	}
	return m
}
