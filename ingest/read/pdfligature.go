package read

import (
	"slices"
	"strings"
	"unicode"
)

// unnamed is where characters are put, by their codes, that a font draws and
// has no name for: the engine gives the bare code. Those of the fonts of TeX
// are known, in the encodings OT1 and T1 (Cork).
const unnamed = '\uf8a0'

// nameless is a character drawn for a control code, as one that can be named
// later. What the engine adds, as the ends of lines, has no place.
func (g glyph) nameless() rune {
	if g.r >= 0x0b && g.r <= 0x1f && g.width() > 0 && g.height() > 0 {
		return unnamed + g.r
	}
	return g.r
}

// ligatures are in the order that TeX's fonts have them in, from 0x0b in OT1
// and from 0x1b in T1.
var ligatures = []string{"ff", "fi", "fl", "ffi", "ffl"}

func ligatureOf(r rune) (n int, ok bool) {
	code := int(r-unnamed) &^ 0x10
	return code - 0x0b, r >= unnamed && r <= unnamed+0x1f && code >= 0x0b
}

func isLigature(r rune) bool {
	_, ok := ligatureOf(r)
	return ok
}

// surroundings count where a ligature without a name stands.
type surroundings struct {
	all int
	// first is how often no vowel stands before it, vowel how often one stands
	// after it, alone how often no letter stands beside it.
	first, vowel, alone int
}

// nameLigatures finds out what ligatures without a name are. Other fonts than
// TeX's have an order of their own: then where they stand tells.
func (t *pdfText) nameLigatures() {
	found := make(map[rune]*surroundings)
	for _, l := range t.lines {
		l.countLigatures(found)
	}
	if len(found) == 0 {
		return
	}
	names := make(map[rune]string)
	own, fi := false, false
	for r, s := range found {
		n, _ := ligatureOf(r)
		own = own || s.all > 3 && s.contradict(ligatures[n])
		fi = fi || s.likely() == "fi"
	}
	for r, s := range found {
		n, _ := ligatureOf(r)
		names[r] = ligatures[n]
		switch name := s.likely(); {
		case s.alone*2 > s.all:
			names[r] = "" // a sign of some kind
		case own && name == "ffi" && !fi:
			names[r] = "fi" // which is much more frequent
		case own:
			names[r] = name
		}
	}
	for i := range t.lines {
		t.lines[i].name(names)
	}
}

func (l pdfLine) countLigatures(found map[rune]*surroundings) {
	if !strings.ContainsFunc(l.text, isLigature) {
		return
	}
	text := []rune(strings.ToLower(l.text))
	for i, r := range text {
		if !isLigature(r) {
			continue
		}
		if found[r] == nil {
			found[r] = new(surroundings)
		}
		s := found[r]
		s.all++
		if (i == 0 || !unicode.IsLetter(text[i-1])) && (i+1 == len(text) || !unicode.IsLetter(text[i+1])) {
			s.alone++
		}
		if i == 0 || !isVowel(text[i-1]) {
			s.first++
		}
		if i+1 < len(text) && (isVowel(text[i+1]) || text[i+1] == 'r') {
			s.vowel++
		}
	}
}

func isVowel(r rune) bool { return strings.ContainsRune("aeiouyàâäéèêëîïôöùûüœæ", r) }

// contradict reports whether a ligature cannot be this one: those of two f begin
// no word, and an i stands mostly before consonants.
func (s surroundings) contradict(name string) bool {
	return strings.HasPrefix(name, "ff") && s.first*10 > s.all || strings.HasSuffix(name, "i") == (s.vowel*2 > s.all)
}

func (s surroundings) likely() string {
	switch begins, vowel := s.first*10 > s.all, s.vowel*2 > s.all; {
	case begins && vowel:
		return "fl"
	case begins:
		return "fi"
	case vowel:
		return "ff"
	}
	return "ffi"
}

// name puts names in the place of ligatures, and keeps the cells in theirs.
func (l *pdfLine) name(names map[rune]string) {
	if !strings.ContainsFunc(l.text, isLigature) {
		return
	}
	var b strings.Builder
	cuts := slices.Clone(l.cuts)
	for at, r := range l.text {
		for i, cut := range l.cuts {
			if cut == at {
				cuts[i] = b.Len()
			}
		}
		if isLigature(r) {
			b.WriteString(names[r])
		} else {
			b.WriteRune(r)
		}
	}
	l.text, l.cuts = b.String(), cuts
}
