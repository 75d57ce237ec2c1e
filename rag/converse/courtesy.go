package converse

import (
	"docent/rag/lang"
)

// isCourtesy reports whether the phrase is courtesies one after the other, and notes
// them.
func (r *reader) isCourtesy(p phrase) bool {
	var seen []sighting
	for len(p.words) > 0 {
		most, s := 0, sighting{}
		for _, c := range courtesies {
			for _, g := range grammars() {
				switch n := g.head(c.rule, p); {
				case n > most:
					most, s = n, sighting{c.rule, []string{g.language}}
				case n == most && n > 0 && s.rule == c.rule:
					s.languages = append(s.languages, g.language)
				}
			}
		}
		if most == 0 && len(seen) > 0 {
			most = skipped(p)
		}
		if most == 0 {
			return false
		}
		if s.rule != "" {
			seen = append(seen, s)
		}
		p = p.from(most)
	}
	r.seen = append(r.seen, seen...)
	return true
}

// skipped is the number of words that join courtesies: "and", or who they are said to.
func skipped(p phrase) int {
	if isAnywhere("conjunction", p.words[0].folded) {
		return 1
	}
	for _, g := range grammars() {
		if n := g.head("addressee", p); n > 0 {
			return n
		}
	}
	return 0
}

// mostNames is how many words a name has at most that somebody is called by.
const mostNames = 4

// addressed is the number of words of a greeting with whom it greets.
func addressed(p phrase, n int) int {
	for _, g := range grammars() {
		if more := g.head("addressee", p.from(n)); more > 0 && !p.joined(n+more) {
			return n + more
		}
	}
	return named(p, n)
}

// named is the number of words up to the end of a name after the nth, n where no
// name follows that ends with a mark or before a question.
func named(p phrase, n int) int {
	end := n
	for end < len(p.words) && end-n < mostNames && isNameWord(p, end) {
		end++
		if p.parted(end) || asks(p.from(end)) {
			return end
		}
	}
	return n
}

func isNameWord(p phrase, i int) bool {
	w := p.words[i].folded
	return p.capital(i) && !asks(p.from(i)) && !(lang.IsStopAnywhere(w) && len(w) > 2)
}
