package llmtest

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// mostTexts is how many text-embeddings-inference takes at once, unless told
// otherwise.
const mostTexts = 32

// rerank answers https://docs.cohere.com/reference/rerank at version 2, Jina's
// at version 1, and text-embeddings-inference's where there is none. A text's
// score is the share of the question's words that it has.
func rerank(c *conversation) {
	switch {
	case strings.HasSuffix(c.request.Path, "/v2/rerank"):
		if c.failed(object{"id": "1", "message": c.reply.Message}) {
			return
		}
		c.ranked(func(index int, of float64) object { return object{"index": index, "relevance_score": of} }, func(list []any) any {
			return object{"id": "1", "results": list, "meta": object{"api_version": object{"version": "2"}, "billed_units": object{"search_units": 1}}}
		})
	case strings.HasSuffix(c.request.Path, "/v1/rerank"):
		if c.failed(object{"detail": c.reply.Message}) {
			return
		}
		c.ranked(func(index int, of float64) object { return object{"index": index, "relevance_score": of} }, func(list []any) any {
			n := tokens(append(c.request.Inputs, c.request.Query)...)
			return object{"model": c.request.Model, "object": "list", "usage": object{"total_tokens": n}, "results": list}
		})
	default:
		if n := len(c.request.Inputs); n > mostTexts {
			c.reply.Status, c.reply.Message = http.StatusRequestEntityTooLarge, "batch size > maximum allowed batch size 32"
		}
		if c.failed(object{"error": c.reply.Message, "error_type": "Validation"}) {
			return
		}
		c.ranked(func(index int, of float64) object { return object{"index": index, "score": of} }, func(list []any) any { return list })
	}
}

// ranked writes the scores, best first, in a provider's words.
func (c *conversation) ranked(one func(int, float64) object, whole func([]any) any) {
	switch c.reply.Fault {
	case Page:
		c.page()
		return
	case Malformed:
		c.w.Header().Set("Content-Type", "application/json")
		_, _ = c.w.Write([]byte(`{"results":[{"index":`))
		return
	case Cut:
		c.w.Header().Set("Content-Type", "application/json")
		_, _ = c.w.Write([]byte(`{"results":[`))
		c.flush()
		panic(http.ErrAbortHandler)
	}
	type scored struct {
		index int
		of    float64
	}
	var all []scored
	for i, text := range c.request.Inputs {
		all = append(all, scored{i, shared(c.request.Query, text)})
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.of, a.of) })
	switch c.reply.Fault {
	case Shuffled:
		slices.Reverse(all)
	case Missing:
		all = all[:len(all)-1]
	case Foreign:
		all[0].index = len(all)
	}
	list := []any{}
	for _, s := range all {
		list = append(list, one(s.index, s.of))
	}
	c.json(http.StatusOK, whole(list))
}

// shared is the part of the words of a question that a text has.
func shared(question, text string) float64 {
	words := strings.Fields(strings.ToLower(question))
	n := 0
	for _, w := range words {
		if slices.Contains(strings.Fields(strings.ToLower(text)), w) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(words)))
}
