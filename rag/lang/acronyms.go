package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inAcronym reports whether the point at at stands within letters that have a
// point each, as in "U.S.A.": one ASCII letter before it and one after it,
// which no other letter follows.
func inAcronym(text string, start, at int) bool {
	if at+1 >= len(text) || !IsASCIILetter(text[at-1]) || !IsASCIILetter(text[at+1]) {
		return false
	}
	if before := text[start : at-1]; before != "" && !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "'") && !strings.HasSuffix(before, "’") {
		return false
	}
	if at+2 == len(text) {
		return true
	}
	_, more := wordRune(text, at+2)
	return !more && text[at+2] != '\''
}

// IsASCIILetter reports whether a byte is one of a to z, in capitals or not.
func IsASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isDotted reports whether a word is one with points, as nextWord finds them.
func isDotted(word string) bool {
	return len(word) >= 3 && word[1] == '.' && IsASCIILetter(word[0])
}

// isLetterName reports whether a single capital is a name, as in "vitamine C",
// rather than the word or elided word that its small form is in French.
func isLetterName(language, raw string) bool {
	return language == "fr" && len(raw) == 1 && raw[0] >= 'B' && raw[0] <= 'X'
}

// restoreAcronyms takes back the mark of a stop word from one that is written
// in capitals among words that are not: IT, US, WHO.
func restoreAcronyms(text string, words []Word) {
	for i := range words {
		w := &words[i]
		if !w.Stop || !inCapitals(text[w.Start:w.End]) {
			continue
		}
		if i > 0 && shouted(text, words[i-1]) || i+1 < len(words) && shouted(text, words[i+1]) {
			continue
		}
		w.Stop = len(words) == 1
	}
}

// shouted reports whether a word has capitals only, so that capitals beside
// it mean nothing. A number does not tell.
func shouted(text string, w Word) bool {
	raw := text[w.Start:w.End]
	r, size := utf8.DecodeRuneInString(raw)
	return unicode.IsUpper(r) && size == len(raw) || inCapitals(raw)
}

// inCapitals reports whether a word of two letters or more has capitals only.
func inCapitals(raw string) bool {
	n := 0
	for _, r := range raw {
		if unicode.IsLower(r) || unicode.IsDigit(r) {
			return false
		}
		n++
	}
	return n >= 2
}
