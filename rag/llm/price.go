package llm

import (
	"cmp"

	"docent/rag"
)

// Price is what a model costs for a million tokens, in any currency.
type Price struct {
	Input, Output float64
	// Cached is for what the provider had read before; 0 makes no difference
	// of it.
	Cached float64
}

// Cost estimates what the tokens cost.
func (p Price) Cost(u rag.Usage) float64 {
	return (p.Input*float64(u.InputTokens-u.CachedTokens) + cmp.Or(p.Cached, p.Input)*float64(u.CachedTokens) + p.Output*float64(u.OutputTokens)) / 1e6
}
