package model

import "strings"

// AssetName is the name and version of a registered model or environment, by
// the id or the reference the service gives: "fraud:102". Anything else, such
// as a container image, comes back as it is.
func AssetName(ref string) string {
	if name, ok := strings.CutPrefix(ref, "azureml:"); ok && !strings.Contains(name, "/") {
		return name
	}
	parts := strings.Split(ref, "/")
	for i := len(parts) - 3; i >= 1; i-- {
		if strings.EqualFold(parts[i+1], "versions") {
			return parts[i] + ":" + parts[i+2]
		}
	}
	return ref
}
