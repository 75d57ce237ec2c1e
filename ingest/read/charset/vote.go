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

func plausible(before, r, after rune, letters string) int {
	within := unicode.IsLetter(before) && unicode.IsLetter(after)
	switch {
	case unicode.IsControl(r):
		return -3
	case unicode.IsLower(r):
		return plausibleLower(before, r, after, letters)
	case unicode.IsUpper(r):
		return plausibleUpper(before, r, after, letters)
	case r == '’' && within:
		return 2
	case within:
		return -3
	}
	return plausibleSign(before, r, after)
}

func plausibleLower(before, r, after rune, letters string) int {
	switch {
	case unicode.IsUpper(after):
		return -2
	case !strings.ContainsRune(letters, r):
		return 0
	case unicode.IsLetter(before) || unicode.IsLetter(after):
		return 2
	case r == 'à':
		return 2
	}
	return 0
}

func plausibleUpper(before, r, after rune, letters string) int {
	switch {
	case unicode.IsLower(before) || unicode.IsUpper(before) && unicode.IsLower(after):
		return -3
	case !strings.ContainsRune(letters, unicode.ToLower(r)):
		return 0
	case unicode.IsUpper(before) || unicode.IsLetter(after):
		return 1
	case r == 'À':
		return 1
	}
	return -1
}

// plausibleSign weighs the signs by what stands beside them.
func plausibleSign(before, r, after rune) int {
	open := unicode.IsSpace(before) || unicode.IsPunct(before)
	closed := unicode.IsSpace(after) || unicode.IsPunct(after)
	switch r {
	case '«', '“', '„', '¿', '¡', '‘':
		if open {
			return 1
		}
	case '»', '”', '…', '’':
		if closed {
			return 1
		}
	case '€', '£', '°', '§':
		if unicode.IsDigit(before) || unicode.IsSpace(before) || unicode.IsDigit(after) {
			return 1
		}
	case '¹', '²', '³':
		if closed {
			return 1
		}
	case '\u00a0', '–', '—':
		return 1
	case '¤', '¦', '¨', '´', '¸':
		return -1
	}
	return 0
}
