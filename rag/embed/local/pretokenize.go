package local

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// preTokenizer cuts texts into words, which tokens do not reach across.
type preTokenizer = func([]string) []string

func readPreTokenizer(data json.RawMessage) (preTokenizer, error) {
	if isNull(data) {
		return func(all []string) []string { return all }, nil
	}
	var s struct {
		Type          string            `json:"type"`
		PreTokenizers []json.RawMessage `json:"pretokenizers"`
		metaspace
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	switch s.Type {
	case "Sequence":
		return sequence(s.PreTokenizers, readPreTokenizer)
	case "BertPreTokenizer":
		return func(all []string) []string { return each(each(all, strings.Fields), punctuation) }, nil
	case "WhitespaceSplit":
		return func(all []string) []string { return each(all, strings.Fields) }, nil
	case "Metaspace":
		return s.split, nil
	}
	return nil, fmt.Errorf("the type %q is not known", s.Type)
}

func each(all []string, cut func(string) []string) []string {
	var words []string
	for _, s := range all {
		words = append(words, cut(s)...)
	}
	return words
}

// punctuation cuts around each sign; of ASCII that is all that is neither letter
// nor digit.
func punctuation(s string) []string {
	var words []string
	for s != "" {
		n := strings.IndexFunc(s, isSign)
		switch {
		case n < 0:
			n = len(s)
		case n == 0:
			_, n = utf8.DecodeRuneInString(s)
		}
		words, s = append(words, s[:n]), s[n:]
	}
	return words
}

func isSign(r rune) bool {
	return unicode.IsPunct(r) || r < utf8.RuneSelf && r > ' ' && r != 0x7f && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// metaspace writes spaces as a letter of the vocabulary, which begins words.
type metaspace struct {
	Replacement string `json:"replacement"`
	// AddPrefixSpace is what older files have for a Scheme of always or never.
	AddPrefixSpace *bool  `json:"add_prefix_space"`
	Scheme         string `json:"prepend_scheme"`
	Split          *bool  `json:"split"`
}

func (m metaspace) split(all []string) []string {
	letter := cmp.Or(m.Replacement, "▁")
	var words []string
	for i, s := range all {
		s = strings.ReplaceAll(s, " ", letter)
		if m.prepends(i) && !strings.HasPrefix(s, letter) {
			s = letter + s
		}
		if m.Split != nil && !*m.Split {
			words = append(words, s)
			continue
		}
		for s != "" {
			_, size := utf8.DecodeRuneInString(s) // of the letter, if it begins with it
			next := len(s)
			if n := strings.Index(s[size:], letter); n >= 0 {
				next = size + n
			}
			words, s = append(words, s[:next]), s[next:]
		}
	}
	return words
}

func (m metaspace) prepends(i int) bool {
	switch m.Scheme {
	case "always":
		return true
	case "first":
		return i == 0
	case "never":
		return false
	}
	return m.AddPrefixSpace == nil || *m.AddPrefixSpace
}
