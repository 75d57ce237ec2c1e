package verify

import "strings"

// markNouns finds what stands where a thing does.
func (s *statement) markNouns() {
	for i := range s.tokens {
		s.tokens[i].noun = s.isNoun(i)
	}
}

// isNoun reports whether a token stands where a thing or what it is like does: behind
// an article, a preposition, a number or such a word.
func (s *statement) isNoun(i int) bool {
	t := s.tokens[i]
	if !t.says() || t.language == "fr" && isInfinitive(t.Surface) {
		return false
	}
	// Behind a noun stands a verb, unless nothing comes after it.
	last := i+1 == len(s.tokens) || s.tokens[i+1].clause != t.clause
	verbal := !last && (t.language == "fr" || articles[s.tokens[i+1].Surface] || s.tokens[i+1].kind == number)
	for passed := 0; i > 0 && passed < 3; passed++ {
		b := &s.tokens[i-1]
		switch {
		case passed > 0 && verbal:
			return false
		case b.clause != s.tokens[i].clause:
			return passed > 0 && b.language == "fr" || s.alone(b.clause+1)
		case articles[b.Surface] && (b.raw != "a" || b.language != "fr"), b.preposition() != "" && b.raw != "to" && !(b.raw == "en" && strings.HasSuffix(t.Surface, "ant")), b.kind == number:
			return true
		case b.language == "fr" && isInfinitive(b.Surface) && b.kind == content, !b.says():
			return passed == 0 && isBe[b.Surface]
		}
		i--
	}
	return false
}

// alone reports whether a clause is a single word: an apposition.
func (s *statement) alone(clause int) bool {
	n := 0
	for i := range s.tokens {
		if t := &s.tokens[i]; t.clause == clause && t.says() {
			n++
		}
	}
	return n == 1
}
