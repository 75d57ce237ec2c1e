package llm

import "docent/rag"

// Price is what a model costs for a million tokens, in any currency.
type Price struct {
	Input, Output float64
}

// Cost estimates what the tokens cost.
func (p Price) Cost(u rag.Usage) float64 {
	return (p.Input*float64(u.InputTokens) + p.Output*float64(u.OutputTokens)) / 1e6
}
