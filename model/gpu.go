package model

import "strings"

// GPUText is the accelerators of a size in the fewest words: "4×V100". It is ""
// for none and for a size that is not known.
func (s *Size) GPUText() string {
	if s == nil || s.GPUs == 0 {
		return ""
	}
	return itoa(s.GPUs) + "×" + shortGPU(s.GPUModel)
}

// shortGPU drops the maker, the brand and the memory from a model: "NVIDIA
// Tesla V100 16GB" is a V100 to everybody who rents one.
func shortGPU(model string) string {
	for word := range strings.FieldsSeq(model) {
		switch strings.ToLower(word) {
		case "nvidia", "amd", "tesla", "radeon", "instinct", "quadro":
			continue
		}
		return word
	}
	return "GPU"
}
