package azure

import (
	"errors"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/amltop/amltop/model"
)

// TestMadeUpToken is what simulator and emulator get.
func TestMadeUpToken(t *testing.T) {
	s := newScript(ok("GET", "/computes?", `{"value":[]}`))
	if _, err := clientOn(t, s).Computes(t.Context(), testWorkspace(), 0); err != nil {
		t.Fatal(err)
	}
	if got := s.requests[0].Header.Get("Authorization"); got != "Bearer amltop-made-up-token" {
		t.Errorf("authorization %q", got)
	}
}

// TestAskedOnce: the poller backs off, so the client does not try again itself.
func TestAskedOnce(t *testing.T) {
	for _, status := range []int{429, 500, 503} {
		s := newScript(&exchange{method: "GET", path: "/computes?", status: status, header: map[string]string{"Retry-After": "1"}})
		_, err := clientOn(t, s).Computes(t.Context(), testWorkspace(), 0)
		if err == nil || len(s.requests) != 1 {
			t.Errorf("%d: asked %d times, %v", status, len(s.requests), err)
		}
	}
}

// TestMarkedCredential keeps the cause and the class.
func TestMarkedCredential(t *testing.T) {
	cause := errors.New("nobody is signed in")
	_, err := markedCredential{failingCredential{cause}}.GetToken(t.Context(), policy.TokenRequestOptions{})
	if err = refuse("list", err); !errors.Is(err, model.ErrSignIn) || !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
}
