package azure

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// What can be told of the ways to sign in without asking anybody: by the
// environment, and by files that the tools leave behind. All of it together
// takes less than a millisecond.

const notInstalled = "not installed"

func unsetEnvironment(s *SignIn) string {
	var missing []string
	for _, name := range []string{"AZURE_TENANT_ID", "AZURE_CLIENT_ID"} {
		if s.o.Env(name) == "" {
			missing = append(missing, name)
		}
	}
	if s.o.Env("AZURE_CLIENT_SECRET") == "" && s.o.Env("AZURE_CLIENT_CERTIFICATE_PATH") == "" && s.o.Env("AZURE_USERNAME") == "" {
		missing = append(missing, "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH")
	}
	return unsetNames(missing)
}

func unsetWorkload(s *SignIn) string {
	var missing []string
	for _, name := range []string{"AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID", "AZURE_TENANT_ID"} {
		if s.o.Env(name) == "" && (name != "AZURE_TENANT_ID" || s.o.Tenant == "") {
			missing = append(missing, name)
		}
	}
	return unsetNames(missing)
}

// unsetNames says which variables are missing; "" for none.
func unsetNames(missing []string) string {
	switch len(missing) {
	case 0:
		return ""
	case 1:
		return missing[0] + " is not set"
	}
	last := len(missing) - 1
	return strings.Join(missing[:last], ", ") + " and " + missing[last] + " are not set"
}

// identityHost reports whether the environment names a place to ask for a
// managed identity: App Service, Functions, Container Apps, Arc, Azure ML.
func identityHost(env func(string) string) bool {
	return env("IDENTITY_ENDPOINT") != "" || env("MSI_ENDPOINT") != "" || env("AZURE_POD_IDENTITY_AUTHORITY_HOST") != ""
}

// unsetManaged: other hosts too answer at the address of Azure's machines, so
// that it is asked only where something says that this is one, or by name.
func unsetManaged(s *SignIn) string {
	yes, known := s.onAzure()
	switch {
	case yes, identityHost(s.o.Env), len(s.ways) == 1:
		return ""
	case known:
		return "this is not one of Azure's machines"
	}
	return "nothing says that this is one of Azure's machines; --sign-in managed asks all the same"
}

func (s *SignIn) onAzure() (yes, known bool) {
	if s.o.OnAzure == nil {
		return false, true
	}
	return s.o.OnAzure()
}

// assetTag is where Linux has the chassis' tag, and azureTag the one that all
// of Azure's virtual machines have.
const (
	assetTag = "/sys/class/dmi/id/chassis_asset_tag"
	azureTag = "7783-7084-3265-9085-8269-3286-77"
)

// OnAzureMachine tells by its hardware whether this machine is one of Azure's.
// known is false where the hardware does not say.
func OnAzureMachine() (yes, known bool) {
	tag, err := os.ReadFile(assetTag)
	if err != nil {
		return false, false
	}
	return strings.TrimSpace(string(tag)) == azureTag, true
}

func unsetTool(name string) func(*SignIn) string {
	return func(s *SignIn) string {
		for _, dir := range filepath.SplitList(s.o.Env("PATH")) {
			if dir == "" {
				continue
			}
			if _, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
				return ""
			}
		}
		return notInstalled
	}
}

// idleAz looks whether anybody is in the Azure CLI's profile. One that cannot
// be read is as good as somebody: az then says itself what is wrong.
func idleAz(s *SignIn) string {
	text, err := os.ReadFile(filepath.Join(toolDir(s.o.Env, "AZURE_CONFIG_DIR", ".azure"), "azureProfile.json"))
	if os.IsNotExist(err) {
		return "nobody has signed in with it"
	}
	var profile struct {
		Subscriptions []json.RawMessage `json:"subscriptions"`
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err == nil && json.Unmarshal(text, &profile) == nil && len(profile.Subscriptions) == 0 {
		return "nobody is signed in with it"
	}
	return ""
}

// idleAzd looks whether the Azure Developer CLI has ever signed anybody in.
func idleAzd(s *SignIn) string {
	dir := toolDir(s.o.Env, "AZD_CONFIG_DIR", ".azd")
	for _, name := range []string{"auth.json", "auth"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return ""
		}
	}
	return "nobody has signed in with it"
}

// toolDir is the folder a tool keeps its state in.
func toolDir(env func(string) string, variable, name string) string {
	if dir := env(variable); dir != "" {
		return dir
	}
	home := env("HOME")
	if runtime.GOOS == "windows" {
		home = env("USERPROFILE")
	}
	return filepath.Join(home, name)
}
