package local

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitter cuts texts into words, which tokens do not reach across.
type splitter func([]string) []string

func readSplitter(data json.RawMessage) (splitter, error) {
	if isNull(data) {
		return func(all []string) []string { return all }, nil
	}
	var s struct {
		Type          string            `json:"type"`
		PreTokenizers []json.RawMessage `json:"pretokenizers"`
		Individual    bool              `json:"individual_digits"`
		Behavior      string            `json:"behavior"`
		metaspace
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	switch s.Type {
	case "Sequence":
		return splitters(s.PreTokenizers)
	case "BertPreTokenizer":
		return func(all []string) []string { return each(each(all, strings.Fields), punctuation) }, nil
	case "WhitespaceSplit":
		return func(all []string) []string { return each(all, strings.Fields) }, nil
	case "Whitespace":
		return func(all []string) []string { return each(each(all, strings.Fields), wordsAndOthers) }, nil
	case "Punctuation":
		if s.Behavior == "" || s.Behavior == "Isolated" {
			return func(all []string) []string { return each(all, punctuation) }, nil
		}
	case "Digits":
		return func(all []string) []string { return each(all, digits(s.Individual)) }, nil
	case "Metaspace":
		return s.split, nil
	}
	return nil, fmt.Errorf("the type %q %s is not known", s.Type, s.Behavior)
}

func splitters(all []json.RawMessage) (splitter, error) {
	var steps []splitter
	for _, data := range all {
		step, err := readSplitter(data)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return func(words []string) []string {
		for _, step := range steps {
			words = step(words)
		}
		return words
	}, nil
}

func each(all []string, cut func(string) []string) []string {
	var words []string
	for _, s := range all {
		words = append(words, cut(s)...)
	}
	return words
}

// runs cuts where the kind of character changes, and around every character of
// a kind below 0.
func runs(s string, kind func(rune) int) []string {
	var words []string
	from, before := 0, 0
	for i, r := range s {
		k := kind(r)
		if i > from && (k != before || k < 0) {
			words = append(words, s[from:i])
			from = i
		}
		before = k
	}
	if from < len(s) {
		words = append(words, s[from:])
	}
	return words
}

// punctuation stands alone; that of ASCII is all that is neither letter nor
// digit.
func punctuation(s string) []string {
	return runs(s, func(r rune) int {
		if unicode.IsPunct(r) || r < utf8.RuneSelf && r > ' ' && r != 0x7f && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return 0
	})
}

// wordsAndOthers are \w+ and [^\w\s]+.
func wordsAndOthers(s string) []string {
	return runs(s, func(r rune) int {
		if unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc) {
			return 1
		}
		return 2
	})
}

func digits(individual bool) func(string) []string {
	return func(s string) []string {
		return runs(s, func(r rune) int {
			switch {
			case !unicode.IsNumber(r):
				return 0
			case individual:
				return -1
			}
			return 1
		})
	}
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
