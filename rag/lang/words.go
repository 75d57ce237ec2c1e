package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a word of a text.
type Word struct {
	// Surface is the word folded as Fold does, without what is elided before
	// it: "l’avion" is "avion".
	Surface string
	// Stem is the folded stem in the text's language; Surface where the
	// language is unknown.
	Stem string
	// Start and End are bytes of the text, and leave out the elided article.
	Start, End int
	// Stop is set for a word that says little by itself, in the language.
	Stop bool
}

// Words returns the words of a text in order: runs of letters, marks and
// digits, with apostrophes inside a word ("don't", "aujourd’hui") and points
// or commas inside a number ("5,5").
func Words(language, text string) []Word {
	words := make([]Word, 0, len(text)/7+1)
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		if start == end {
			break
		}
		at = end
		start += elided(language, text[start:end])
		raw := withoutPossessive(language, text[start:end])
		if raw == "" {
			continue
		}
		lower := strings.ToLower(raw)
		folded := Fold(raw)
		if folded == "" {
			continue
		}
		w := Word{Surface: folded, Start: start, End: start + len(raw), Stop: isStop(language, folded)}
		w.Stem = stem(language, strings.ReplaceAll(lower, "’", "'"), folded)
		words = append(words, w)
	}
	return words
}

// nextWord finds the first run of word characters from at on.
func nextWord(text string, at int) (start, end int) {
	start = len(text)
	for i, r := range text[at:] {
		if isWordRune(r) {
			start = at + i
			break
		}
	}
	end = start
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isWordRune(r) && !joins(text, start, end, r, size) {
			break
		}
		end += size
	}
	return start, end
}

// joins reports whether a rune that is no letter or digit belongs to the word
// all the same: an apostrophe between letters, a separator between digits.
func joins(text string, start, at int, r rune, size int) bool {
	if at == start {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[start:at])
	after, _ := utf8.DecodeRuneInString(text[at+size:])
	switch r {
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '.', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// elisions are the words that French and Italian shorten before a vowel.
var elisions = map[string]bool{
	"l": true, "d": true, "m": true, "t": true, "s": true, "n": true, "j": true, "c": true, "qu": true,
	"jusqu": true, "quoiqu": true, "lorsqu": true, "puisqu": true,
	"dell": true, "all": true, "nell": true, "sull": true, "dall": true, "un": true, "quell": true,
}

// elided returns the length of an elided word with its apostrophe. Words of
// unknown language are cut too, since an English word never looks like one:
// its apostrophes stand before s, t, re, ve, ll, d and m.
func elided(language, word string) int {
	if language == "en" || language == "de" {
		return elidedName(word)
	}
	at := strings.IndexAny(word, "'’ʼ")
	if at <= 0 || !elisions[strings.ToLower(word[:at])] {
		return 0
	}
	_, size := utf8.DecodeRuneInString(word[at:])
	return at + size
}

// elidedName cuts "d'" and "l'" before a capital also in languages without
// elision, where they stand in names only.
func elidedName(word string) int {
	at := strings.IndexAny(word, "'’ʼ")
	if at != 1 || !strings.ContainsAny(word[:1], "dlDL") {
		return 0
	}
	r, size := utf8.DecodeRuneInString(word[at:])
	if r == utf8.RuneError {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(word[at+size:]); unicode.IsUpper(next) {
		return at + size
	}
	return 0
}

// withoutPossessive cuts the English genitive: "Hale's" is "Hale".
func withoutPossessive(language, word string) string {
	if language != "en" && language != "" {
		return word
	}
	for _, suffix := range []string{"'s", "’s", "'S", "’S"} {
		if cut, ok := strings.CutSuffix(word, suffix); ok {
			return cut
		}
	}
	return word
}
