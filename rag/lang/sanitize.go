package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sanitize returns a text less what a person cannot see and a program might
// obey: control characters but "\n" and "\t", the characters of IsInvisible, and
// bytes that are no UTF-8 (each run of them becomes U+FFFD). All ends of lines
// are "\n"; the end of a page or paragraph is an empty line.
//
// What shapes the character before it stays: joiners in Arabic, Indic and other
// scripts without capitals and in emoji, a variation selector after a symbol,
// digit or ideograph, a zero-width space in a script that is written without
// spaces. There is never more than one behind another, so that nothing can be
// written in them. Sanitizing twice changes nothing.
func Sanitize(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	first := strings.IndexFunc(s, isReplaced)
	if first < 0 {
		return s
	}
	w := sanitizer{}
	w.out.Grow(len(s))
	for i, r := range s {
		if r == '\r' && strings.HasPrefix(s[i+1:], "\n") {
			continue
		}
		w.put(r)
	}
	return w.out.String()
}

// isReplaced reports whether Sanitize may change a character.
func isReplaced(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f, r == '\n', r == '\t', r > 0xAD && r < 0x34F: // nearly all
		return false
	case r == '\u2028', r == '\u2029':
		return true
	}
	return unicode.IsControl(r) || IsInvisible(r)
}

// IsInvisible reports whether a character has no width and no shape of its own:
// the default-ignorable code points of Unicode (soft hyphens, joiners, fillers,
// variation selectors, tags, byte order marks), and all that turns the direction
// of writing.
func IsInvisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return true
	}
	// Format characters but those that are drawn.
	return unicode.Is(unicode.Cf, r) && !unicode.In(r, unicode.Prepended_Concatenation_Mark, unicode.Egyptian_Hieroglyphs)
}

// sanitizer writes a text rune by rune.
type sanitizer struct {
	out strings.Builder
	// last is the rune written last, base the last that is no mark common to
	// several scripts.
	last, base rune
}

func (w *sanitizer) put(r rune) {
	switch {
	case r == '\r', r == '\v', r == '\u0085', r == '\u2028':
		r = '\n'
	case r == '\f', r == '\u2029':
		w.out.WriteByte('\n')
		r = '\n'
	case !isReplaced(r):
	case unicode.IsControl(r), !w.shapes(r):
		return
	}
	w.out.WriteRune(r)
	w.last = r
	if r < utf8.RuneSelf || !unicode.Is(unicode.Inherited, r) {
		w.base = r
	}
}

const (
	zeroWidthSpace  = '\u200b'
	zeroWidthJoiner = '\u200d'
	emojiStyle      = '\ufe0f' // variation selector 16
)

// shapes reports whether an invisible character changes how what was written
// before it is drawn or read.
func (w *sanitizer) shapes(r rune) bool {
	afterInvisible := IsInvisible(w.last)
	switch {
	case r == zeroWidthJoiner && (!afterInvisible || w.last == emojiStyle) && unicode.Is(unicode.S, w.base):
		return true
	case afterInvisible:
		return false
	case r == zeroWidthJoiner, r == '\u200c', r == '\u180e': // also the non-joiner, and Mongolian's separator of vowels
		return unicode.In(w.base, unicode.Lo, unicode.M)
	case r == zeroWidthSpace:
		return unicode.In(w.base, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}
	return unicode.Is(unicode.Variation_Selector, r) && (unicode.In(w.base, unicode.Lo, unicode.M, unicode.N, unicode.P, unicode.S) || w.base == 'ℹ')
}
