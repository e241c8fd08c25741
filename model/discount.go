package model

import (
	"fmt"
	"path"
	"strings"
)

// Discount is a factor for the list prices of some VM sizes.
type Discount struct {
	Pattern string // of family, series or size; * and ? stand for any letters
	Factor  Factor
}

// Discounts are negotiated factors on list prices.
type Discounts []Discount

// CheckDiscount says what is wrong with the pattern of a discount.
func CheckDiscount(pattern string) error {
	if strings.TrimSpace(pattern) == "" {
		return fmt.Errorf("a discount needs a VM family, series or size, or \"*\" for all")
	}
	if err := CheckPattern(pattern); err != nil {
		return fmt.Errorf("%q is no pattern: %w", pattern, err)
	}
	return nil
}

// For is the factor for a size; zero if none fits. Of several that fit, the
// most letters decide, and among equals the first: "NC*" before "*".
func (d Discounts) For(s *Size) Factor {
	if s == nil {
		return 0
	}
	names := []string{FamilyKey(s.Family), FamilyKey(s.Series), FamilyKey(s.Name.Short()), FamilyKey(string(s.Name))}
	best, letters := Factor(0), -1
	for _, one := range d {
		pattern := FamilyKey(strings.TrimSpace(one.Pattern))
		n := len(strings.NewReplacer("*", "", "?", "").Replace(pattern))
		if n <= letters {
			continue
		}
		for _, name := range names {
			if ok, err := path.Match(pattern, name); err == nil && ok && name != "" {
				best, letters = one.Factor, n
				break
			}
		}
	}
	return best
}
