package llmtest

import (
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
)

// Dimension is the length of a server's vectors where a request names none.
const Dimension = 64

// openAIEmbeddings answers https://platform.openai.com/docs/api-reference/embeddings
// with vectors that count words: texts with words in common are near each
// other. They are as long as that makes them.
func openAIEmbeddings(c *conversation) {
	if c.failed(c.openAIError()) {
		return
	}
	if c.reply.Fault == Page {
		c.page()
		return
	}
	dimension := Dimension
	field(c.request, "dimensions", &dimension)
	data := make([]any, len(c.request.Inputs))
	for i, text := range c.request.Inputs {
		data[i] = object{"object": "embedding", "index": i, "embedding": wordCounts(text, dimension)}
	}
	switch c.reply.Fault {
	case Shuffled:
		slices.Reverse(data)
	case Missing:
		data = data[:len(data)-1]
	}
	n := tokens(c.request.Inputs...)
	c.json(http.StatusOK, object{
		"object": "list", "data": data, "model": c.request.Model, "usage": object{"prompt_tokens": n, "total_tokens": n},
	})
}

func wordCounts(text string, dimension int) []float32 {
	v := make([]float32, dimension)
	for _, w := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(w)) // a hash takes everything
		v[h.Sum32()%uint32(dimension)]++
	}
	return v
}
