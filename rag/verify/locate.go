package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// Locate finds a quote in a document's text and returns the bytes where it
// stands, preferring an occurrence within near. White space, apostrophes,
// quotation marks, dashes, ligatures and case may differ; words and their order
// may not, and the quote must begin and end between words. There is no match by
// meaning.
func Locate(text, quote string, near lang.Span) (lang.Span, bool) {
	if near.Start < 0 || near.End > len(text) || near.Start > near.End {
		near = lang.Span{}
	}
	if at := strings.Index(text[near.Start:near.End], quote); at >= 0 && strings.TrimSpace(quote) != "" {
		span := lang.Span{Start: near.Start + at, End: near.Start + at + len(quote)}
		if betweenWords(text, span) {
			return lang.TrimSpan(text, span), true
		}
	}
	pattern, _ := Comparable(quote)
	if pattern == "" {
		return lang.Span{}, false
	}
	if span, ok := Find(text[near.Start:near.End], pattern); ok {
		span = lang.Span{Start: near.Start + span.Start, End: near.Start + span.End}
		if betweenWords(text, span) {
			return span, true
		}
	}
	return Find(text, pattern)
}

// Find returns the first occurrence of a comparable pattern that stands
// between words.
func Find(text, pattern string) (lang.Span, bool) {
	folded, offsets := Comparable(text)
	for from := 0; ; {
		at := strings.Index(folded[from:], pattern)
		if at < 0 {
			return lang.Span{}, false
		}
		at += from
		last := at + len(pattern) - 1
		span := lang.Span{Start: offsets[at], End: offsets[last]}
		span.End += runeLength(text[span.End:])
		if betweenWords(text, span) {
			return span, true
		}
		_, size := utf8.DecodeRuneInString(folded[at:])
		from = at + size
	}
}

// Comparable folds a text for comparison and returns, for each byte of the
// result, the offset of the rune that it came from.
func Comparable(s string) (string, []int) {
	var b strings.Builder
	offsets := make([]int, 0, len(s))
	put := func(r rune, at int) {
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			offsets = append(offsets, at)
		}
	}
	var gap, gapAt, previous = false, 0, rune(0)
	for at, r := range s {
		switch {
		case lang.IsInvisible(r):
			continue
		case unicode.IsSpace(r):
			if !gap {
				gap, gapAt = true, at
			}
			continue
		}
		r = foldRune(r)
		// The space inside « guillemets » and before high marks is typography,
		// not text.
		if gap && previous != 0 && previous != '"' && !setApart(r) {
			put(' ', gapAt)
		}
		gap = false
		previous = r
		if written, ok := ligatures[r]; ok {
			for _, r = range written {
				put(r, at)
			}
			continue
		}
		put(r, at)
	}
	return b.String(), offsets
}

// setApart holds for the marks that French sets apart from the word before them
// and English does not.
func setApart(r rune) bool {
	return r == '"' || r == ':' || r == ';' || r == '?' || r == '!' || r == '%'
}

// ligatures are letters and signs that are also written as several.
var ligatures = map[rune]string{'œ': "oe", 'æ': "ae", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬀ': "ff", 'ﬃ': "ffi", 'ﬄ': "ffl", '…': "..."}

func foldRune(r rune) rune {
	switch r {
	case '’', '‘', 'ʼ', '′', '`':
		return '\''
	case '«', '»', '“', '”', '„', '″':
		return '"'
	case '‐', '‑', '‒', '–', '—', '−':
		return '-'
	}
	return unicode.ToLower(r)
}

func betweenWords(text string, s lang.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	first, _ := utf8.DecodeRuneInString(text[s.Start:s.End])
	last, _ := utf8.DecodeLastRuneInString(text[s.Start:s.End])
	after, _ := utf8.DecodeRuneInString(text[s.End:])
	return !(lang.IsWordRune(before) && lang.IsWordRune(first)) && !(lang.IsWordRune(last) && lang.IsWordRune(after)) &&
		!splitsNumber(text, s)
}

// splitsNumber reports whether the span cuts a number at its separator, as
// "5 milliards" would out of "5,5 milliards".
func splitsNumber(text string, s lang.Span) bool {
	return digitAcross(text, s.Start, -1) || digitAcross(text, s.End, 1)
}

func digitAcross(text string, at, direction int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	separator := func(i int) bool { return i >= 0 && i < len(text) && (text[i] == ',' || text[i] == '.') }
	if direction < 0 {
		return digit(at) && separator(at-1) && digit(at-2)
	}
	return digit(at-1) && separator(at) && digit(at+1)
}

func runeLength(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}
