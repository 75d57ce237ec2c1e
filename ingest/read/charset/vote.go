package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The letters beyond ASCII that the languages of Western and of Central Europe
// write most, in lower case.
const (
	westernLetters = "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿß"
	centralLetters = westernLetters + "ąćęłńśźżčďěňřšťůžăâîșțşţőűğı"
)

// plausibility is how much what a charset makes of the bytes beyond ASCII
// reads like text: letters among letters, a capital at the start of a word,
// signs where a writer puts them.
func (t *table) plausibility(data []byte, letters string) int {
	var sum int
	for i, c := range data {
		if c < utf8.RuneSelf {
			continue
		}
		before, after := ' ', ' '
		if i > 0 {
			before = t[data[i-1]]
		}
		if i+1 < len(data) {
			after = t[data[i+1]]
		}
		sum += plausible(before, t[c], after, letters)
	}
	return sum
}

// What signs beyond ASCII people write, and what they hardly ever do.
const (
	usualSigns = "«»“”„‘’…¿¡€£°§¹²³\u00a0–—"
	rareSigns  = "¤¦¨´¸"
)

func plausible(before, r, after rune, letters string) int {
	within := unicode.IsLetter(before) && unicode.IsLetter(after)
	known := strings.ContainsRune(letters, unicode.ToLower(r))
	switch {
	case unicode.IsControl(r), within && !unicode.IsLetter(r) && r != '’',
		unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsUpper(before) && unicode.IsLower(after)):
		return -3
	case unicode.IsLower(r) && unicode.IsUpper(after):
		return -2
	case unicode.IsLower(r) && known && (unicode.IsLetter(before) || unicode.IsLetter(after) || r == 'à'), within && r == '’':
		return 2
	case unicode.IsUpper(r) && known && (unicode.IsUpper(before) || unicode.IsLetter(after) || r == 'À'), strings.ContainsRune(usualSigns, r):
		return 1
	case unicode.IsUpper(r) && known, strings.ContainsRune(rareSigns, r):
		return -1
	}
	return 0
}
