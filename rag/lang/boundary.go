package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isBoundary decides whether the stop at at, with what closes after it up to
// end, ends a sentence.
func (c *segmenter) isBoundary(at int, mark rune, end int) bool {
	next, size := utf8.DecodeRuneInString(c.text[end:])
	if size == 0 || mark >= '。' {
		return true // scripts without spaces or capitals
	}
	if !unicode.IsSpace(next) {
		return false
	}
	following, newline := afterSpace(c.text[end:])
	first, _ := utf8.DecodeRuneInString(following)
	switch {
	case following == "":
		return true
	case isStopMark(first):
		return false
	case unicode.IsLower(first):
		return newline && mark == '.' && end == at+1 && !c.isAbbreviation(at)
	case mark != '.' || end > at+1:
		return true
	}
	return !c.abbreviated(at, following) && !c.isMarker(at)
}

// afterSpace skips the white space after a stop and the marks that open what
// follows, and reports whether a line ends there.
func afterSpace(s string) (following string, newline bool) {
	for i, r := range s {
		switch {
		case r == '\n':
			newline = true
		case unicode.IsSpace(r), strings.ContainsRune(`«“„"'‘’([—–-`, r):
		default:
			return s[i:], newline
		}
	}
	return "", newline
}

// wordBefore returns the word that the point at at follows, in lower case and
// as it stands. It is "" when the word is too long to be an abbreviation.
func (c *segmenter) wordBefore(at int) (lower, word string) {
	from := at
	for from > c.start && at-from <= longestAbbreviation+2 {
		r, size := utf8.DecodeLastRuneInString(c.text[c.start:from])
		if unicode.IsSpace(r) || strings.ContainsRune("(«“„\"'’[/", r) {
			break
		}
		from -= size
	}
	if at-from > longestAbbreviation+2 {
		return "", ""
	}
	return strings.ToLower(c.text[from:at]), c.text[from:at]
}

func (c *segmenter) isAbbreviation(at int) bool {
	lower, word := c.wordBefore(at)
	return lower == "etc" || abbreviations[lower] != "" || isInitial(word)
}

// abbreviated reports whether the point at at belongs to the word before it,
// seeing what follows.
func (c *segmenter) abbreviated(at int, following string) bool {
	lower, word := c.wordBefore(at)
	first, _ := utf8.DecodeRuneInString(following)
	switch abbreviations[lower] {
	case beforeAny:
		return true
	case title:
		capital, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(capital)
	case beforeNumber:
		return unicode.IsDigit(first) || isRoman(firstWord(following)) || isInitial(word) && !isStarter(following)
	case beforeCode:
		return unicode.IsDigit(first) || isInitial(firstWord(following)) || isRoman(firstWord(following))
	case beforeName:
		return !isStarter(following)
	}
	if lower != "" && len(lower) <= 2 && IsDigit(lower[0]) {
		return starters[strings.ToLower(firstWord(following))] == "ordinal"
	}
	return isInitial(word) && !isStarter(following)
}

// isInitial reports whether a word is the initial of a name, "J" or "J.-C", or
// a label such as the L of "L. 3121-1".
func isInitial(word string) bool {
	if i := strings.LastIndexAny(word, ".-"); i >= 0 && strings.Contains(word, ".") {
		word = word[i+1:]
	}
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && size > 0 && unicode.IsUpper(r)
}

// firstWord returns the letters that a text begins with, twelve bytes at most.
func firstWord(s string) string {
	s = FirstBytes(s, 12)
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

// isStarter reports whether what follows begins a sentence rather than goes on
// with a name. An article does before a small letter: "Le patient", "Le Roy".
func isStarter(following string) bool {
	word := firstWord(following)
	rest := following[len(word):]
	switch lower := strings.ToLower(word); lower {
	case "le", "la":
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, " "))
		return unicode.IsLower(next)
	default:
		return starters[lower] == "starter" && !(len(word) == 1 && strings.HasPrefix(rest, ".")) // the next initial
	}
}

func isRoman(word string) bool {
	return word != "" && strings.Trim(word, "IVXLCDM") == ""
}

// isMarker reports whether the sentence so far is only the number or letter of
// a list item or heading: "12." or "B.".
func (c *segmenter) isMarker(at int) bool {
	if at-c.start > 40 {
		return false
	}
	word := strings.TrimSpace(c.text[c.start:at])
	if word == "" || len(word) > 5 {
		return false
	}
	if len(word) == 1 && IsASCIILetter(word[0]) || isRoman(word) {
		return true
	}
	return len(word) <= 3 && strings.Trim(word, "0123456789") == "" || strings.Contains(word, ".") && strings.Trim(word, "0123456789.") == ""
}
