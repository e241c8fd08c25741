package azure

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// claims are what a token says of its owner. It is not verified: it is for the
// screen, and nothing is decided by it.
type claims struct{ name, tenant string }

// maxClaim is as much of a claim as fits on a screen.
const maxClaim = 100

// claimsOf reads a token's claims; what is no JSON Web Token has none.
func claimsOf(token string) claims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return claims{}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return claims{}
	}
	var c struct {
		UPN       text `json:"upn"`
		Preferred text `json:"preferred_username"`
		Unique    text `json:"unique_name"`
		App       text `json:"app_displayname"`
		AppID     text `json:"appid"`
		Tenant    text `json:"tid"`
	}
	if json.Unmarshal(payload, &c) != nil {
		return claims{}
	}
	who := claims{tenant: short(c.Tenant)}
	for _, name := range []text{c.UPN, c.Preferred, c.Unique, c.App, c.AppID} {
		if who.name == "" {
			who.name = short(name)
		}
	}
	return who
}

func short(t text) string {
	runes := []rune(string(t))
	return string(runes[:min(len(runes), maxClaim)])
}
