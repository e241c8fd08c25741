package azure

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/amltop/amltop/model"
)

// said is what a failed sign-in says, read.
type said struct {
	text   string // a sentence or less, safe to print
	code   string // AADSTS…; "" if none
	remedy remedy
	unset  bool // it only means that the way is not set up
}

var (
	stsCode    = regexp.MustCompile(`AADSTS\d{5,8}`)
	stsWords   = regexp.MustCompile(`AADSTS\d{5,8}:\s*([^\r\n"]*)`)
	toolPrefix = regexp.MustCompile(`^(?:[A-Za-z]+Credential(?:\.GetToken\(\))?:\s*)?(?:ERROR:\s*)*`)
	toolHelp   = regexp.MustCompile(`\s*\.?\s*To troubleshoot, visit \S+`)
)

// readSignIn boils the words of a credential down. Entra's codes come in its
// own answers as in the tools' output, and say most.
func readSignIn(err error) said {
	text := signInText(err)
	if code := stsCode.FindString(text); code != "" {
		s := said{code: code, remedy: remedyLogin}
		if known, ok := stsCodes[code]; ok {
			s.text, s.remedy = known.sentence+" ("+code+")", known.remedy
		} else {
			words := code
			if m := stsWords.FindStringSubmatch(text); m != nil {
				words = m[0]
			}
			s.text = brief(words)
		}
		return s
	}
	if unset, ok := errors.AsType[unsetError](err); ok {
		return said{text: brief(unset.Error()), unset: true}
	}
	low := strings.ToLower(text)
	for _, p := range phrases {
		if strings.Contains(low, p.has) {
			return said{text: p.sentence, remedy: p.remedy, unset: p.unset}
		}
	}
	return said{text: brief(text), remedy: remedyLogin}
}

// signInText is what a credential says: of an answer of Entra, its words alone.
func signInText(err error) string {
	if failed, ok := errors.AsType[*azidentity.AuthenticationFailedError](err); ok && failed.RawResponse != nil {
		var body struct {
			Code  string `json:"error"`
			Words string `json:"error_description"`
		}
		if json.Unmarshal(payload(failed.RawResponse), &body) == nil && body.Code != "" {
			return body.Code + ": " + body.Words
		}
		return statusText(failed.RawResponse.StatusCode) + " from the sign-in service"
	}
	return toolHelp.ReplaceAllString(toolPrefix.ReplaceAllString(err.Error(), ""), "")
}

// maxVerdict is as much of a way's words as one line of the screen takes.
const maxVerdict = 200

// brief is the first line of a text, safe to print.
func brief(text string) string {
	line := ""
	for l := range strings.Lines(text) {
		if line = strings.TrimSpace(l); line != "" {
			break
		}
	}
	runes := []rune(clean(line))
	if len(runes) > maxVerdict {
		return string(runes[:maxVerdict]) + "…"
	}
	return strings.TrimSuffix(string(runes), ".")
}

// phrases are what tools and hosts say without a code of Entra's.
var phrases = []struct {
	has      string
	sentence string
	remedy   remedy
	unset    bool
}{
	{has: "please run 'az login'", sentence: "nobody is signed in with az", remedy: remedyLogin},
	{has: `please run "az login"`, sentence: "nobody is signed in with az", remedy: remedyLogin},
	{has: "az login --claims-challenge", sentence: "Azure asks for a second factor or a newer sign-in", remedy: remedyMFA},
	{has: "not logged in, run `azd auth login`", sentence: "nobody is signed in with azd", remedy: remedyLogin},
	{has: "azd auth login", sentence: "azd is not signed in, or has to sign in again", remedy: remedyLogin},
	{has: "executable not found", sentence: notInstalled, unset: true},
	{has: "command not found", sentence: notInstalled, unset: true},
	{has: "az: not found", sentence: notInstalled, unset: true},
	{has: "doesn't exist in cloud", sentence: "the subscription az is set to is not in this cloud or not the account's", remedy: remedyTenant},
	{has: "subscription not found", sentence: "the subscription az is set to is not the account's", remedy: remedyTenant},
	{has: "identity not found", sentence: "this machine has no managed identity assigned", unset: true},
	{has: "nobody has entered a code yet", sentence: "nobody has entered a code yet", remedy: remedyDevice},
	{has: "without user interaction", sentence: "the sign-in has expired", remedy: remedyDevice},
	{has: "no such host", sentence: "the sign-in service's address is not known here: check the network or VPN", remedy: remedyNetwork},
	{has: "connection refused", sentence: "the sign-in service cannot be reached: check the network or proxy", remedy: remedyNetwork},
	{has: "network is unreachable", sentence: "the network is unreachable", remedy: remedyNetwork},
	{has: "certificate", sentence: "no secure connection to the sign-in service: a proxy's certificate authority may be missing here", remedy: remedyNetwork},
}

// explainRefusal makes a refusal of what a credential said.
func explainRefusal(e *model.SignInError) *model.Refusal {
	return &model.Refusal{Class: model.ErrSignIn, Message: e.Why, Next: e.Next(), Err: e}
}
