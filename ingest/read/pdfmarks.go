package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// itemMarks are what items of lists begin with: a bullet, or a number or letter
// with a point or parenthesis.
var itemMarks = regexp.MustCompile(`^(?:[•◦▪▫■□●○◆◇►▶➢➔➤✓✔◻–—\-*·‣⁃] ?|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)°] )\S`)

// itemMark returns the size of the mark that a line begins with, or 0.
func itemMark(text string) int {
	if len(text) < 3 || text[0] < 0x80 && text[1] >= 'a' && text[1] <= 'z' && text[0] != '(' && text[2] >= 'a' && text[2] <= 'z' {
		return 0 // a word
	}
	n := len(itemMarks.FindString(text))
	if n == 0 {
		return 0
	}
	_, size := utf8.DecodeLastRuneInString(text[:n])
	mark := text[:n-size]
	// "-5" and "—et" are no items, and "A. Dupont" is a name.
	if strings.HasPrefix(mark, "-") && !strings.HasSuffix(mark, " ") {
		return 0
	}
	return len(mark)
}

// endsSentence reports whether a text ends as sentences do, or as what leads
// to a list.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "\"'”’»)] \u00a0\u202f")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…:;。！？", r)
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}
