package embed

import (
	"context"
	"math"

	"docent/rag"
	"docent/rag/lang"
)

const (
	dimension = 256
	// The sizes of the character n-grams, in runes of "<word>".
	minGram, maxGram = 3, 5
)

// Hashed embeds a text as the signed sum of its hashed words, stems and
// character n-grams (Weinberger et al., "Feature Hashing for Large Scale
// Multitask Learning", 2009; n-grams of words as in Bojanowski et al.,
// "Enriching Word Vectors with Subword Information", 2017). It knows
// spelling, not meaning: what it adds to a search by words is misspelt words,
// compounds and cognates. It keeps no state; the zero value is ready.
type Hashed struct{}

// NewHashed returns the built-in embedder.
func NewHashed() *Hashed { return &Hashed{} }

// Fingerprint names the embedder; its version grows with every change of a
// vector.
func (*Hashed) Fingerprint() rag.Fingerprint {
	return rag.Fingerprint{Name: "hashed-ngrams", Version: "1", Dimension: dimension}
}

// EmbedPassages returns a unit vector of 256 numbers for each text, nil for
// one without words.
func (h *Hashed) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, t := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = embed(lang.Detect(t), t)
	}
	return vectors, nil
}

// EmbedQuery returns the unit vector of a question.
func (h *Hashed) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	return embed(lang.DetectQuestion(text), text), ctx.Err()
}

func embed(language, text string) []float32 {
	v := make([]float32, dimension)
	for _, w := range distinctWords(language, text) {
		weight := 1 + math.Log(w.count)
		add(v, "w"+w.surface, weight)
		add(v, "s"+w.stem, weight)
		addGrams(v, w.surface, weight)
	}
	return normalised(v)
}

type word struct {
	surface, stem string
	count         float64
}

// distinctWords are in the order of the text: sums of floats depend on their
// order, and one text has one vector.
func distinctWords(language, text string) []word {
	var words []word
	at := make(map[string]int)
	for _, w := range lang.Words(language, text) {
		if w.Stop {
			continue
		}
		i, seen := at[w.Surface]
		if !seen {
			i = len(words)
			at[w.Surface] = i
			words = append(words, word{surface: w.Surface, stem: w.Stem})
		}
		words[i].count++
	}
	return words
}

// addGrams spreads a word's n-grams so that together they weigh as much as the
// word itself.
func addGrams(v []float32, word string, weight float64) {
	runes := []rune("<" + word + ">")
	var grams int
	for n := minGram; n <= maxGram; n++ {
		grams += max(0, len(runes)-n+1)
	}
	share := weight / math.Sqrt(float64(max(1, grams)))
	for n := minGram; n <= maxGram; n++ {
		for i := 0; i+n <= len(runes); i++ {
			add(v, string(runes[i:i+n]), share)
		}
	}
}

// add puts a feature on two coordinates with signs, so that two features which
// share one are still told apart.
func add(v []float32, feature string, weight float64) {
	h := hash(feature)
	for range 2 {
		w := float32(weight)
		if h&dimension != 0 {
			w = -w
		}
		v[h%dimension] += w
		h >>= 32
	}
}

// hash is 64-bit FNV-1a with a final mix: FNV alone leaves the high half of
// short keys too regular.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	return h ^ h>>33
}

// normalised scales to length one; nil where nothing was added.
func normalised(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return nil
	}
	scale := 1 / math.Sqrt(sum)
	for i := range v {
		v[i] = float32(float64(v[i]) * scale)
	}
	return v
}
