package train

import (
	"encoding/json"

	"docent/rag/embed"
)

// avoidedRun is the number of words in a row that a text may not share with
// one to avoid.
const avoidedRun = 8

// Avoid reads texts that the table will be judged by, JSON objects with a
// "text" a line: pairs read afterwards that share eight words in a row with one
// of them are left out.
func (c *Corpus) Avoid(path string) error {
	return eachLine(path, func(line []byte) error {
		var record struct {
			Text string `json:"text"`
		}
		if err := json.Unmarshal(line, &record); err != nil {
			return err
		}
		var hashes []uint64
		for w := range embed.Words(record.Text) {
			hashes = append(hashes, hashOf(string(w)))
		}
		for i := 0; i+avoidedRun <= len(hashes); i++ {
			c.avoided[hashOfRun(hashes[i:i+avoidedRun])] = true
		}
		return nil
	})
}

func (c *Corpus) isAvoided(text span) bool {
	if len(c.avoided) == 0 || text.len() < avoidedRun {
		return false
	}
	var hashes []uint64
	for _, k := range c.words(text) {
		hashes = append(hashes, hashOf(c.names[k]))
	}
	for i := 0; i+avoidedRun <= len(hashes); i++ {
		if c.avoided[hashOfRun(hashes[i:i+avoidedRun])] {
			return true
		}
	}
	return false
}

// hashOf is 64-bit FNV-1a.
func hashOf(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return h
}

func hashOfRun(hashes []uint64) (h uint64) {
	for _, x := range hashes {
		h = (h ^ x) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return h
}
