package azure

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/amltop/amltop/model"
)

// hiddenValue stands where a secret was.
const hiddenValue = `"(hidden)"`

// secretKeys are the fields, in lower case, that open something to whoever
// reads them. A public key does not.
var secretKeys = map[string]bool{
	"databricksaccesstoken": true, "sdktelemetryappinsightskey": true, "instrumentationkey": true, "connectionstring": true,
	"primarykey": true, "secondarykey": true, "accesstoken": true, "refreshtoken": true, "token": true, "userstoragekey": true,
	"password": true, "passwords": true, "adminuserpassword": true, "adminpassword": true, "privatekeydata": true, "adminuserprivatekey": true,
	"clientsecret": true, "secret": true, "key": true, "sastoken": true, "sasuri": true, "accountkey": true, "sharedaccesskey": true,
	"keyvalue1": true, "keyvalue2": true, "pat": true, "secretaccesskey": true,
}

// signature is what makes a URL open something: the signature in its query.
var signature = regexp.MustCompile(`(?i)([?&](?:sig|s|h|code)=)[A-Za-z0-9%+/=_.~-]{16,}`)

// hideSecrets writes a JSON text without the values of secret fields and the
// signatures of URLs, keeping everything else as it stands. The text is valid.
func hideSecrets(doc json.RawMessage) json.RawMessage {
	var out bytes.Buffer
	out.Grow(len(doc))
	for i := 0; i < len(doc); {
		if doc[i] != '"' {
			out.WriteByte(doc[i])
			i++
			continue
		}
		end := stringEnd(doc, i)
		word := doc[i:end]
		after := skipSpace(doc, end)
		i = end
		if after == len(doc) || doc[after] != ':' {
			out.Write(signature.ReplaceAll(word, []byte("${1}(hidden)")))
			continue
		}
		out.Write(word)
		value := skipSpace(doc, after+1)
		if isSecret(word) && doc[value] == '"' {
			out.Write(doc[end:value])
			out.WriteString(hiddenValue)
			i = stringEnd(doc, value)
		}
	}
	return out.Bytes()
}

// isSecret tells a secret field by its name, which stands in quotes.
func isSecret(quoted []byte) bool {
	var name string
	return json.Unmarshal(quoted, &name) == nil && secretKeys[model.Fold(strings.TrimSpace(name))]
}

// stringEnd is where the string that begins at i is over.
func stringEnd(doc []byte, i int) int {
	for i++; i < len(doc) && doc[i] != '"'; i++ {
		if doc[i] == '\\' {
			i++
		}
	}
	return min(i+1, len(doc))
}

func skipSpace(doc []byte, i int) int {
	for i < len(doc) && (doc[i] == ' ' || doc[i] == '\n' || doc[i] == '\t' || doc[i] == '\r') {
		i++
	}
	return i
}
