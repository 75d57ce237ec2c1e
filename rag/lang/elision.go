package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// elisions are the words that lose their last vowel before another. Words
// that only look alike ("aujourd'hui", "presqu'île", "quelqu'un", "prud'homme")
// are whole.
var elisions = map[string]map[string]bool{
	"fr": WordSet("l d m t s n j c qu jusqu quoiqu lorsqu puisqu"),
	"it": WordSet("l d m t s n c v un dell all nell sull dall quell quest sant bell com dov"),
	"":   WordSet("l d m t s n j c qu jusqu quoiqu lorsqu puisqu dell all nell sull dall"),
}

// apostropheLead is the first byte of the typographic apostrophe.
const apostropheLead = 0xE2

// elided returns the length of the elided words before a word, with their
// apostrophes. A text of unknown language is cut too: what English shortens
// stands after the apostrophe.
func elided(language, word string) int {
	cut := 0
	for {
		before, after := apostrophe(word[cut:])
		if before <= 0 || before > len("puisqu") {
			return cut
		}
		if set, ok := elisions[language]; ok {
			if !set[lowered(word[cut:cut+before])] {
				return cut
			}
		} else if !elidesName(word[cut:], before, after) {
			return cut
		}
		cut += after
	}
}

// apostrophe finds the first apostrophe of a word: where it begins and where
// it ends; -1 where there is none.
func apostrophe(word string) (start, end int) {
	for i := range len(word) {
		if word[i] == '\'' {
			return i, i + 1
		}
		if word[i] == apostropheLead && strings.HasPrefix(word[i:], "’") {
			return i, i + len("’")
		}
	}
	return -1, -1
}

// elidesName reports whether "d'" or "l'" stands before a capital: in a
// language without elision this is a name from one with it.
func elidesName(word string, before, after int) bool {
	if before != 1 || !strings.ContainsAny(word[:1], "dlDL") {
		return false
	}
	next, _ := utf8.DecodeRuneInString(word[after:])
	return unicode.IsUpper(next)
}

// possessive returns the length of an English genitive's ending: "Hale's" is
// "Hale". Names bring it into texts of other languages.
func possessive(word string) int {
	last := len(word) - 1
	if last < 1 || word[last]|0x20 != 's' {
		return 0
	}
	switch before := word[:last]; {
	case strings.HasSuffix(before, "'"):
		return 2
	case strings.HasSuffix(before, "’"):
		return 1 + len("’")
	}
	return 0
}
