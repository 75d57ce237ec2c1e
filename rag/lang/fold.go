package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to what a search compares: lower case without accents,
// compatibility forms (ligatures, superscripts, no-break spaces) as their plain
// ones, œ, æ, ß, ø and ł written out, typographic apostrophes made straight.
// Folding twice changes nothing.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return string(AppendFold(make([]byte, 0, len(s)+8), s))
}

// isFolded reports whether s is ASCII without capitals, which folding keeps.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

// AppendFold appends Fold(s) to dst, for callers that keep a buffer. Letters of
// the Latin blocks and typographic signs come from tables; the rest takes the
// long way.
func AppendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= latinFirst && r <= latinLast:
			dst = append(dst, latinFolds[r-latinFirst]...)
		case r >= signsFirst && r <= signsLast:
			dst = append(dst, signFolds[r-signsFirst]...)
		default:
			dst = appendDecomposed(dst, s[i:i+size], r)
		}
		i += size
	}
	return dst
}

// The Latin-1 Supplement and Latin Extended-A, which hold every letter of the
// languages known here, and the dashes, quotes, spaces and currency signs.
const (
	latinFirst, latinLast = 0x80, 0x17F
	signsFirst, signsLast = 0x2000, 0x20BF
)

var (
	latinFolds = foldRange(latinFirst, latinLast)
	signFolds  = foldRange(signsFirst, signsLast)
)

func foldRange(first, last rune) []string {
	folds := make([]string, 0, last-first+1)
	for r := first; r <= last; r++ {
		folds = append(folds, string(appendDecomposed(nil, string(r), r)))
	}
	return folds
}

// appendDecomposed folds one character by its compatibility decomposition,
// without the marks.
func appendDecomposed(dst []byte, s string, r rune) []byte {
	if r == utf8.RuneError {
		return append(dst, "\uFFFD"...)
	}
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		if written, ok := undecomposed[r]; ok {
			dst = append(dst, written...)
			continue
		}
		for _, r := range norm.NFKD.String(string(r)) {
			if !unicode.Is(unicode.Mn, r) {
				dst = utf8.AppendRune(dst, r)
			}
		}
	}
	return dst
}

// undecomposed are the letters and apostrophes that Unicode does not take
// apart, in lower case.
var undecomposed = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'þ': "th",
	'’': "'", '‘': "'", 'ʼ': "'", '＇': "'", '′': "'",
}

// lowered is strings.ToLower without an allocation for what is short ASCII,
// with the straight apostrophe.
func lowered(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToLower(s), "’", "'")
}
