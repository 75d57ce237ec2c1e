package train

import "docent/rag/embed"

// Frequencies counts words in training text, by language.
type Frequencies struct {
	weights map[string]float64
	counts  map[string]map[string]float64
	totals  map[string]float64
}

// NewFrequencies counts the words of a source as often as they weigh in the
// choice of the vocabulary.
func NewFrequencies(mix []Pool) *Frequencies {
	f := &Frequencies{weights: make(map[string]float64), counts: make(map[string]map[string]float64), totals: make(map[string]float64)}
	for _, pool := range mix {
		for _, s := range pool.Sources {
			f.weights[s.Name] = s.Words
		}
	}
	return f
}

// Read counts the words of a file, see [Corpus.Read].
func (f *Frequencies) Read(path string) error {
	return eachPair(path, func(laws bool, l [5]string) {
		if laws {
			l = [5]string{Laws, "en", l[2], "fr", l[4]}
		}
		f.add(l[1], l[2], f.weights[l[0]])
		f.add(l[3], l[4], f.weights[l[0]])
	})
}

func (f *Frequencies) add(language, text string, weight float64) {
	if weight == 0 {
		return
	}
	if f.counts[language] == nil {
		f.counts[language] = make(map[string]float64)
	}
	for w := range embed.Words(text) {
		f.counts[language][string(w)] += weight
		f.totals[language] += weight
	}
}

// Share is a word's share of the words of a language.
func (f *Frequencies) Share(language, word string) float64 {
	if f.totals[language] == 0 {
		return 0
	}
	return f.counts[language][word] / f.totals[language]
}

// Encode lays the frequencies of a table's words out, see
// [embed.EncodeFrequencies].
func (f *Frequencies) Encode(table []byte) ([]byte, error) {
	return embed.EncodeFrequencies(string(table), f.Share)
}
