package model

import (
	"slices"
	"strings"
	"testing"
)

const visionARM = "/subscriptions/S1/resourceGroups/RG-ml/providers/Microsoft.MachineLearningServices/workspaces/Vision"

func TestParseResourceID(t *testing.T) {
	r, err := ParseResourceID(visionARM + "/computes/ana-GPU")
	if err != nil {
		t.Fatal(err)
	}
	if r.Subscription != "S1" || r.ResourceGroup != "RG-ml" || r.Provider != "Microsoft.MachineLearningServices" ||
		!slices.Equal(r.Types, []string{"workspaces", "computes"}) || !slices.Equal(r.Names, []string{"Vision", "ana-GPU"}) || r.Name() != "ana-GPU" {
		t.Errorf("%+v", r)
	}
	if r, err := ParseResourceID("/SUBSCRIPTIONS/x/RESOURCEGROUPS/y/"); err != nil || r.Subscription != "x" || r.ResourceGroup != "y" || r.Name() != "" {
		t.Errorf("%+v, %v", r, err)
	}
	for _, bad := range []string{
		"", "/", "ana-gpu", "/subscriptions", "/subscriptions/s/resourceGroups", "/resourceGroups/rg", "/subscriptions/s/workspaces/w",
		"/subscriptions//resourceGroups/rg", "/subscriptions/s/providers/P/workspaces//computes/c",
	} {
		if r, err := ParseResourceID(bad); err == nil {
			t.Errorf("ParseResourceID(%q) = %+v, want an error", bad, r)
		}
	}
}

func TestWorkspaceIDOf(t *testing.T) {
	want := WorkspaceID(strings.ToLower(visionARM))
	for _, id := range []string{visionARM, visionARM + "/", visionARM + "/computes/c", strings.ToUpper(visionARM) + "/jobs/j"} {
		if got := WorkspaceIDOf(id); got != want {
			t.Errorf("WorkspaceIDOf(%q) = %q", id, got)
		}
	}
	for _, id := range []string{"", "vision", "/subscriptions/s/resourceGroups/workspaces", "/x/workspaces/"} {
		if got := WorkspaceIDOf(id); got != "" {
			t.Errorf("WorkspaceIDOf(%q) = %q, want nothing", id, got)
		}
	}
	if BaseName(visionARM) != "Vision" || BaseName("plain") != "plain" || BaseName("a/") != "" {
		t.Error("BaseName")
	}
}

func FuzzParseResourceID(f *testing.F) {
	for _, s := range []string{visionARM, "/subscriptions/s", "", "//", "/subscriptions/s/providers/P/a/b/c", "/workspaces/w"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, id string) {
		WorkspaceIDOf(id)
		r, err := ParseResourceID(id)
		if err != nil {
			return
		}
		if r.Subscription == "" || len(r.Types) != len(r.Names) || slices.Contains(r.Names, "") || slices.Contains(r.Types, "") {
			t.Fatalf("%q = %+v", id, r)
		}
		if len(r.Names) > 0 && !strings.Contains(id, r.Name()) {
			t.Fatalf("%q does not contain its name %q", id, r.Name())
		}
	})
}

func TestAgo(t *testing.T) {
	for in, want := range map[string]string{
		"-5s": "0s", "0s": "0s", "59s": "59s", "60s": "1m", "3m20s": "3m20s", "9m5s": "9m05s", "10m59s": "10m", "3h12m": "3h12m",
		"9h2m3s": "9h02m", "47h59m": "47h59m", "48h": "2d", "1082h": "45d02h", "24000h": "1000d",
	} {
		if got := Ago(duration(t, in)); got != want {
			t.Errorf("Ago(%s) = %q, want %q", in, got, want)
		}
	}
}
