package theme

import "github.com/amltop/amltop/model"

// OfHealth is how a health strikes the eye. What is at rest is quiet.
func OfHealth(h model.Health) Tone {
	switch h {
	case model.HealthGood:
		return Good
	case model.HealthChange:
		return Change
	case model.HealthWarn, model.HealthUnknown:
		return Warn
	case model.HealthBad:
		return Bad
	default:
		return Dim
	}
}
