package pdf

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// itemMarks are what items of lists begin with: a bullet, a dash and a space,
// or a number or letter with a point or parenthesis. The symbols of fonts for
// symbols are in the area for private use.
var itemMarks = regexp.MustCompile(`^(?:[•◦▪▫■□●○◆◇►▶➢➔➤✓✔◻·‣⁃\x{f000}-\x{f0ff}] ?|[–—\-*] |\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)°] )`)

// itemMark returns the size of the mark that a line begins with, or 0.
func itemMark(text string) int {
	if n := len(itemMarks.FindString(text)); n < len(text) {
		return n
	}
	return 0
}

// endsSentence reports whether a text ends as sentences do, or as what leads
// to a list.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "\"'”’»)] \u00a0\u202f")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…:;。！？", r)
}

func startsLower(text string) bool { return unicode.IsLower(firstRune(text)) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
