package retrieve

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// SpellingWeight is what a word counts that differs by one letter from the
	// question's, which no document has and no table of words knows.
	SpellingWeight = 0.8
	// A word of fewer letters is one letter away from too many; one of more
	// would ask for a thousand lookups.
	shortestMisspelt, longestMisspelt = 5, 20
)

// spellings are the words that a folded word may be a misspelling of: one
// letter left out, one too many, one for another, or two in the wrong order
// (Damerau, "A Technique for Computer Detection and Correction of Spelling
// Errors", 1964: four errors in five). The first letter is taken to be right.
// None for what has a digit or another letter than a to z, or is too short.
func spellings(word string) []string {
	if n := utf8.RuneCountInString(word); n < shortestMisspelt || n > longestMisspelt {
		return nil
	}
	if strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLower(r) }) {
		return nil
	}
	var found []string
	for i := 1; i <= len(word); i++ {
		before, after := word[:i], word[i:]
		if after != "" {
			found = append(found, before+after[1:])
		}
		if len(after) > 1 && after[0] != after[1] {
			found = append(found, before+after[1:2]+after[:1]+after[2:])
		}
		for c := 'a'; c <= 'z'; c++ {
			if after == "" || rune(after[0]) != c {
				found = append(found, before+string(c)+after)
			}
			if after != "" && rune(after[0]) != c {
				found = append(found, before+string(c)+after[1:])
			}
		}
	}
	return found
}
