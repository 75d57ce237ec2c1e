package local

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normalizer writes a text the way that the vocabulary is written.
type normalizer = func(string) string

func readNormalizer(data json.RawMessage) (normalizer, error) {
	if isNull(data) {
		return func(s string) string { return s }, nil
	}
	var n struct {
		Type        string            `json:"type"`
		Normalizers []json.RawMessage `json:"normalizers"`
		Charsmap    []byte            `json:"precompiled_charsmap"`
		Content     string            `json:"content"`
		Left        bool              `json:"strip_left"`
		Right       bool              `json:"strip_right"`
		bertNormalizer
		Pattern pattern `json:"pattern"`
	}
	if err := json.Unmarshal(data, &n); err != nil {
		return nil, err
	}
	switch n.Type {
	case "Sequence":
		return sequence(n.Normalizers, readNormalizer)
	case "BertNormalizer":
		return n.normalize, nil
	case "NFC":
		return norm.NFC.String, nil
	case "NFD":
		return norm.NFD.String, nil
	case "NFKC":
		return norm.NFKC.String, nil
	case "NFKD":
		return norm.NFKD.String, nil
	case "Lowercase":
		return strings.ToLower, nil
	case "StripAccents":
		return withoutMarks, nil
	case "Strip":
		return strip(n.Left, n.Right), nil
	case "Replace":
		return n.Pattern.replacer(n.Content)
	case "Precompiled":
		m, err := readCharsmap(n.Charsmap)
		if err != nil {
			return nil, err
		}
		return m.normalize, nil
	}
	return nil, fmt.Errorf("the type %q is not known", n.Type)
}

// sequence makes one step of several, each of which read knows.
func sequence[T any](all []json.RawMessage, read func(json.RawMessage) (func(T) T, error)) (func(T) T, error) {
	var steps []func(T) T
	for _, data := range all {
		step, err := read(data)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return func(x T) T {
		for _, step := range steps {
			x = step(x)
		}
		return x
	}, nil
}

// pattern is a String to look for, or a Regex.
type pattern struct{ String, Regex string }

func (p pattern) replacer(content string) (normalizer, error) {
	if p.Regex == "" {
		return func(s string) string { return strings.ReplaceAll(s, p.String, content) }, nil
	}
	r, err := regexp.Compile(p.Regex)
	if err != nil {
		return nil, err
	}
	return func(s string) string { return r.ReplaceAllLiteralString(s, content) }, nil
}

func strip(left, right bool) normalizer {
	return func(s string) string {
		if left {
			s = strings.TrimLeftFunc(s, unicode.IsSpace)
		}
		if right {
			s = strings.TrimRightFunc(s, unicode.IsSpace)
		}
		return s
	}
}

// withoutMarks drops the marks of letters that were taken apart.
func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
}

// bertNormalizer is that of BERT; StripAccents is as Lowercase where it is not
// said.
type bertNormalizer struct {
	CleanText    bool  `json:"clean_text"`
	ChineseChars bool  `json:"handle_chinese_chars"`
	StripAccents *bool `json:"strip_accents"`
	Lowercase    bool  `json:"lowercase"`
}

func (b bertNormalizer) normalize(s string) string {
	if b.CleanText {
		s = strings.Map(cleanRune, s)
	}
	if b.ChineseChars {
		s = spaceIdeographs(s)
	}
	if b.StripAccents == nil && b.Lowercase || b.StripAccents != nil && *b.StripAccents {
		s = withoutMarks(norm.NFD.String(s))
	}
	if b.Lowercase {
		s = strings.ToLower(s)
	}
	return s
}

// cleanRune drops what has no shape, and makes a space of every white one.
func cleanRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r == 0, r == unicode.ReplacementChar, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
		return -1
	}
	return r
}

// spaceIdeographs puts spaces around ideographs, which are words of their own.
func spaceIdeographs(s string) string {
	if !strings.ContainsFunc(s, ideograph) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if ideograph(r) {
			b.WriteString(" " + string(r) + " ")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// ideograph has the blocks that BERT's tokenizer takes for Chinese.
func ideograph(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x2CEAF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
}
