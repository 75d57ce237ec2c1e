package lang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a word of a text.
type Word struct {
	// Surface is the word folded as Fold does, without what is elided before
	// it: "l’avion" is "avion". The points of an acronym are left out: "S.N.C.F."
	// is "sncf". It may share the text's memory.
	Surface string
	// Stem is the folded stem in the text's language; Surface where the
	// language is unknown, and for a stop word.
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
	a := newAnalyser(language, text)
	words := make([]Word, 0, len(text)/6+1)
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		if start == end {
			break
		}
		at = end
		if w, ok := a.word(start, end); ok {
			words = append(words, w)
		}
	}
	restoreAcronyms(text, words)
	return words
}

// analyser holds what one call of Words needs: all its folded forms lie in one
// buffer, and its stems are found once for a word that comes again.
type analyser struct {
	language, text string
	stops          map[string]bool
	folds          strings.Builder
	buffer         []byte
	stemmer        stemmer
}

func newAnalyser(language, text string) *analyser {
	a := &analyser{language: language, text: text, stops: stopWords[language], stemmer: newStemmer(language)}
	a.folds.Grow(len(text)/4 + 16)
	return a
}

// word analyses a run of word characters; it reports false for one in which
// nothing is left to compare, such as a lone combining mark.
func (a *analyser) word(start, end int) (Word, bool) {
	start += elided(a.language, a.text[start:end])
	end -= possessive(a.text[start:end])
	raw := a.text[start:end]
	surface := a.fold(raw)
	if surface == "" {
		return Word{}, false
	}
	w := Word{Surface: surface, Stem: surface, Start: start, End: end, Stop: a.stops[surface] && !isLetterName(a.language, raw)}
	if !w.Stop && !isDotted(raw) {
		w.Stem = a.stemmer.stem(surface)
	}
	return w, true
}

// fold is Fold, with the result in the text itself or in the common buffer.
func (a *analyser) fold(raw string) string {
	if isFolded(raw) && !isDotted(raw) {
		return raw
	}
	a.buffer = AppendFold(a.buffer[:0], raw)
	if isDotted(raw) {
		a.buffer = slices.DeleteFunc(a.buffer, func(c byte) bool { return c == '.' })
	}
	start := a.folds.Len()
	a.folds.Write(a.buffer)
	return a.folds.String()[start:]
}

// nextWord finds the first word from at on; start == end where there is none.
func nextWord(text string, at int) (start, end int) {
	for start = at; start < len(text); {
		size, ok := wordRune(text, start)
		if ok {
			break
		}
		start += size
	}
	for end = start; end < len(text); {
		size, ok := wordRune(text, end)
		if !ok && end > start {
			size = joined(text, start, end)
			ok = size > 0
		}
		if !ok {
			break
		}
		end += size
	}
	return start, end + appended(text, start, end)
}

// wordRune returns the size of the character at at, and whether it is a
// letter, a digit or a mark on one.
func wordRune(text string, at int) (int, bool) {
	c := text[at]
	if c < utf8.RuneSelf {
		return 1, c|0x20 >= 'a' && c|0x20 <= 'z' || IsDigit(c)
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	return size, IsWordRune(r)
}

// IsWordRune reports whether a word may hold the character: letters, digits
// and the marks that combine with them.
func IsWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// IsDigit reports whether a byte is one of 0 to 9.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// joined returns the size of a mark that belongs to the word all the same: an
// apostrophe between letters, a separator between digits, a point in an
// acronym; else 0.
func joined(text string, start, at int) int {
	size := 1
	switch text[at] {
	case '.', ',':
		if at+1 < len(text) && IsDigit(text[at-1]) && IsDigit(text[at+1]) {
			return 1
		}
		if text[at] == '.' && inAcronym(text, start, at) {
			return 1
		}
		return 0
	case '\'':
	case apostropheLead:
		if !strings.HasPrefix(text[at:], "’") {
			return 0
		}
		size = len("’")
	default:
		return 0
	}
	before, _ := utf8.DecodeLastRuneInString(text[start:at])
	after, _ := utf8.DecodeRuneInString(text[at+size:])
	if !unicode.IsDigit(before) && unicode.IsLetter(after) {
		return size
	}
	return 0
}

// appended returns the length of what belongs to a name of one letter after
// it: C++, C#.
func appended(text string, start, end int) int {
	if end-start != 1 || end == len(text) || IsDigit(text[start]) || start > 0 && text[start-1] == '.' {
		return 0
	}
	for _, suffix := range []string{"++", "#"} {
		if strings.HasPrefix(text[end:], suffix) {
			if next := end + len(suffix); next < len(text) {
				if _, ok := wordRune(text, next); ok {
					return 0
				}
			}
			return len(suffix)
		}
	}
	return 0
}
