package train

import (
	"encoding/json"
	"hash/maphash"
	"iter"
	"strings"

	"docent/rag/embed"
)

// sharedWords is the number of words in a row that a text may not share with
// one to be judged by.
const sharedWords = 8

// Decontaminate reads texts that the table will be judged by, JSON objects with a
// "text" a line: pairs read afterwards that share eight words in a row with one
// of them are left out.
func (c *Corpus) Decontaminate(path string) error {
	return eachLine(path, func(line []byte) error {
		var record struct {
			Text string `json:"text"`
		}
		if err := json.Unmarshal(line, &record); err != nil {
			return err
		}
		var words []string
		for w := range embed.Words(record.Text) {
			words = append(words, string(w))
		}
		for run := range c.runs(words) {
			c.judged[run] = true
		}
		return nil
	})
}

func (c *Corpus) isContaminated(text span) bool {
	if len(c.judged) == 0 {
		return false
	}
	var words []string
	for _, k := range c.words(text) {
		words = append(words, c.names[k])
	}
	for run := range c.runs(words) {
		if c.judged[run] {
			return true
		}
	}
	return false
}

// runs yields the hashes of all runs of so many words.
func (c *Corpus) runs(words []string) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := 0; i+sharedWords <= len(words); i++ {
			if !yield(maphash.String(c.seed, strings.Join(words[i:i+sharedWords], " "))) {
				return
			}
		}
	}
}
