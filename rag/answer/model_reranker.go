package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// ModelReranker has a language model order the passages, with one short answer.
type ModelReranker struct {
	Model rag.Model
	// Tokens bounds what the model is shown of the passages together; 0 means
	// 2,500, as for Writer.
	Tokens int
	// Timeout is how long an order is waited for; 0 means 15 seconds. An answer
	// can do without it.
	Timeout time.Duration
	// Cache keeps orders; nil keeps none.
	Cache *rag.Cache
}

var _ rag.Reranker = ModelReranker{}

// errNoOrder says that a model wrote no number of a passage.
var errNoOrder = errors.New("the language model wrote no order of the passages")

// Rerank implements Reranker.
func (r ModelReranker) Rerank(ctx context.Context, question string, texts []string) ([]int, rag.Usage, error) {
	p := r.prompt(question, texts)
	key := fmt.Sprintf("rerank %q %q %q", p.System, p.User, r.Model.Name())
	if kept, ok := r.Cache.Get(key); ok {
		return slices.Clone(kept.([]int)), rag.Usage{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(r.Timeout, 15*time.Second))
	defer cancel()
	g, err := r.Model.Generate(ctx, rag.ModelRequest{System: p.System, Turns: []rag.Turn{{Text: p.User}}, MaxTokens: auxiliaryTokens}, bounded(nil))
	if err != nil {
		return nil, g.Usage, fmt.Errorf("ask %s: %w", r.Model.Name(), err)
	}
	order := orderIn(withoutThoughts(g.Text), len(texts))
	if len(order) == 0 {
		return nil, g.Usage, errNoOrder
	}
	r.Cache.Put(key, slices.Clone(order))
	return order, g.Usage, nil
}

// prompt shows each passage's beginning, as much as there is room for. Orders in
// them are left out, and a mark that no passage can hold parts them.
func (r ModelReranker) prompt(question string, texts []string) prompts.Prompt {
	each := max(100, cmp.Or(r.Tokens, 2500)*bytesPerToken/len(texts))
	q := prompts.Question{Question: lang.OneLine(question), Language: lang.DetectQuestion(question)}
	var shown []string
	for i, text := range texts {
		text = lang.OneLine(lang.FirstBytes(verify.WithoutOrders(text), each))
		q.Passages = append(q.Passages, prompts.Passage{N: i + 1, Text: text})
		shown = append(shown, text)
	}
	q.Mark = hashOf(shown...)[:markLength]
	return prompts.Rerank(q)
}

// placed are the numbers of a list in front of those of passages.
var placed = regexp.MustCompile(`(?m)^\s*[*-]?\s*\d{1,2}[.)]\s+(\D*\d)`)

// orderIn reads the numbers of n passages, from 1, off what a model wrote, and
// returns their indexes.
func orderIn(text string, n int) []int {
	var order []int
	for _, number := range numbersIn(placed.ReplaceAllString(text, "$1")) {
		if i := number - 1; i >= 0 && i < n && !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	return order
}
