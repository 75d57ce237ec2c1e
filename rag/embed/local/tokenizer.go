package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// tokenizer makes a model's tokens of texts, as its tokenizer.json says. The
// file's format is that of the tokenizers library of Hugging Face.
type tokenizer struct {
	normalize normalizer
	split     preTokenizer
	// pieces appends the tokens of a word.
	pieces func(ids []int64, word string) []int64
	// before and after go around every text.
	before, after []int64
	// padID fills a text up, see padded.
	padID int64
}

// tokenizerFile is tokenizer.json.
type tokenizerFile struct {
	Added         []addedToken    `json:"added_tokens"`
	Normalizer    json.RawMessage `json:"normalizer"`
	PreTokenizer  json.RawMessage `json:"pre_tokenizer"`
	PostProcessor json.RawMessage `json:"post_processor"`
	Model         json.RawMessage `json:"model"`
	Padding       *struct {
		ID int64 `json:"pad_id"`
	} `json:"padding"`
}

type addedToken struct {
	ID      int64  `json:"id"`
	Content string `json:"content"`
	Special bool   `json:"special"`
}

func readTokenizer(data []byte) (*tokenizer, error) {
	var f tokenizerFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	t := &tokenizer{padID: f.padID()}
	var err error
	if t.normalize, err = readNormalizer(f.Normalizer); err != nil {
		return nil, fmt.Errorf("normalizer: %w", err)
	}
	if t.split, err = readPreTokenizer(f.PreTokenizer); err != nil {
		return nil, fmt.Errorf("pre_tokenizer: %w", err)
	}
	if t.before, t.after, err = readPostProcessor(f.PostProcessor); err != nil {
		return nil, fmt.Errorf("post_processor: %w", err)
	}
	if t.pieces, err = f.readModel(); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	return t, nil
}

// padID is the token of padding, by its number or by its usual names.
func (f tokenizerFile) padID() int64 {
	if f.Padding != nil {
		return f.Padding.ID
	}
	for _, a := range f.Added {
		if a.Content == "[PAD]" || a.Content == "<pad>" {
			return a.ID
		}
	}
	return 0
}

// specialTokens are the tokens that no text may become.
func (f tokenizerFile) specialTokens() map[string]bool {
	special := make(map[string]bool)
	for _, a := range f.Added {
		special[a.Content] = special[a.Content] || a.Special
	}
	return special
}

func (f tokenizerFile) readModel() (func([]int64, string) []int64, error) {
	var kind struct {
		Type   string          `json:"type"`
		Prefix *string         `json:"continuing_subword_prefix"`
		Unk    *int64          `json:"unk_id"`
		Merges json.RawMessage `json:"merges"`
	}
	if len(f.Model) == 0 {
		return nil, errors.New("there is none")
	}
	if err := json.Unmarshal(f.Model, &kind); err != nil {
		return nil, err
	}
	switch {
	// Older files do not name the type.
	case kind.Type == "WordPiece", kind.Type == "" && kind.Prefix != nil && kind.Merges == nil:
		return readWordPiece(f.Model, f.specialTokens())
	case kind.Type == "Unigram", kind.Type == "" && kind.Unk != nil:
		return readUnigram(f.Model, f.specialTokens())
	}
	return nil, fmt.Errorf("it is of the type %q, and WordPiece and Unigram are known", kind.Type)
}

// encode makes the tokens of a text: with those around it, and those that fill
// it up, at most so many. It reports false for a text that has none.
func (t *tokenizer) encode(text string, most int) (tokens, bool) {
	room := most - len(t.after)
	ids := slices.Clone(t.before)
	for _, word := range t.split([]string{t.normalize(text)}) {
		if len(ids) >= room {
			break
		}
		ids = t.pieces(ids, word)
	}
	if len(ids) == len(t.before) {
		return tokens{}, false
	}
	ids = append(ids[:min(len(ids), room)], t.after...)
	n := len(ids)
	for len(ids) < min(padded(n), most) {
		ids = append(ids, t.padID)
	}
	return tokens{ids: ids, n: n}, true
}
