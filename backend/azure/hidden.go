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
	variablesEnd := 0 // before this, fields are environment variables
	secretEnd := 0    // before this, they are of a secret one, whose value is a field
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
		switch {
		case doc[value] == '"' && (isSecret(word) || value < secretEnd && fieldName(word) == "value" || value < variablesEnd && isSecretVariable(word)):
			out.Write(doc[end:value])
			out.WriteString(hiddenValue)
			i = stringEnd(doc, value)
		case doc[value] == '{' && value < variablesEnd && isSecretVariable(word):
			secretEnd = objectEnd(doc, value)
		case doc[value] == '{' && variablesEnd <= value && isVariables(word):
			variablesEnd = objectEnd(doc, value)
		}
	}
	return out.Bytes()
}

// variableFields hold environment variables by name, in lower case: those of a
// deployment, and those of an environment's image and of a job.
var variableFields = map[string]bool{"environmentvariables": true}

// secretVariable is a part of a variable's name that speaks of a secret. Of
// KEY, SAS and the like the whole word counts: MONKEY_COUNT is no key, and a
// TOKENIZER no token.
var secretVariable = regexp.MustCompile(`SECRET|TOKEN([^I]|$)|PASSW|CONNECTION_?STRING|CREDENTIAL|(^|[^A-Z])(PWD|SAS|CONN_?STR)([^A-Z]|$)|(^|[^A-Z]|API|ACCESS|ACCOUNT|PRIVATE|STORAGE|SHARED)KEYS?([^A-Z]|$)`)

func isVariables(quoted []byte) bool { return variableFields[fieldName(quoted)] }

// isSecretVariable tells an environment variable by its name that holds a
// secret, as far as names tell: API_KEY, STORAGE_SAS, DbPassword.
func isSecretVariable(quoted []byte) bool {
	return secretVariable.MatchString(strings.ToUpper(fieldName(quoted)))
}

// isSecret tells a secret field by its name, which stands in quotes.
func isSecret(quoted []byte) bool {
	return secretKeys[fieldName(quoted)]
}

// fieldName is a field's name in lower case, which stands in quotes; "" for
// none.
func fieldName(quoted []byte) string {
	var name string
	if json.Unmarshal(quoted, &name) != nil {
		return ""
	}
	return model.Fold(strings.TrimSpace(name))
}

// objectEnd is where the object that begins at i is over.
func objectEnd(doc []byte, i int) int {
	for depth := 0; i < len(doc); i++ {
		switch doc[i] {
		case '"':
			i = stringEnd(doc, i) - 1
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(doc)
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
