package arm

import (
	"encoding/json"
	"fmt"
)

// asset is a reference to a registered model. Online deployments write it as a
// string, batch deployments as an object.
type asset string

// UnmarshalJSON takes both forms.
func (a *asset) UnmarshalJSON(text []byte) error {
	var id string
	if err := json.Unmarshal(text, &id); err == nil {
		*a = asset(id)
		return nil
	}
	var reference struct {
		AssetID string `json:"assetId"`
		Path    string `json:"path"`
	}
	if err := json.Unmarshal(text, &reference); err != nil {
		return fmt.Errorf("model: neither an id nor a reference: %w", err)
	}
	*a = asset(reference.AssetID)
	if *a == "" {
		*a = asset(reference.Path)
	}
	return nil
}
