package local

import (
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// wordPiece cuts a word into the longest pieces that its vocabulary has, from
// the left.
type wordPiece struct {
	Unknown string           `json:"unk_token"`
	Prefix  *string          `json:"continuing_subword_prefix"`
	Longest int              `json:"max_input_chars_per_word"`
	Vocab   map[string]int64 `json:"vocab"`
	// inner are the pieces within words, without their prefix.
	inner   map[string]int64
	unknown int64
}

func readWordPiece(data json.RawMessage, steering map[string]bool) (func([]int64, string) []int64, error) {
	w := wordPiece{Unknown: "[UNK]", Longest: 100}
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, err
	}
	var known bool
	if w.unknown, known = w.Vocab[w.Unknown]; !known {
		return nil, errors.New("its vocabulary has no token for what is unknown")
	}
	prefix := "##"
	if w.Prefix != nil {
		prefix = *w.Prefix
	}
	w.inner = make(map[string]int64)
	for piece, id := range w.Vocab {
		if len(piece) > len(prefix) && piece[:len(prefix)] == prefix {
			w.inner[piece[len(prefix):]] = id
		}
		if steering[piece] {
			delete(w.Vocab, piece)
		}
	}
	return w.pieces, nil
}

func (w *wordPiece) pieces(ids []int64, word string) []int64 {
	if utf8.RuneCountInString(word) > w.Longest {
		return append(ids, w.unknown)
	}
	vocabulary, begun := w.Vocab, len(ids)
	for word != "" {
		id, n := longest(vocabulary, word)
		if n == 0 {
			return append(ids[:begun], w.unknown)
		}
		ids, word, vocabulary = append(ids, id), word[n:], w.inner
	}
	return ids
}

// longest returns the longest start of a word that is in the vocabulary, with
// its length; 0 for none.
func longest(vocabulary map[string]int64, word string) (id int64, n int) {
	for n = len(word); n > 0; n-- {
		if n < len(word) && !utf8.RuneStart(word[n]) {
			continue
		}
		if id, ok := vocabulary[word[:n]]; ok {
			return id, n
		}
	}
	return 0, 0
}
