package converse

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// exchange is what was said before, with the question as it reads alone.
type exchange struct{ question, answer string }

// resolvePronoun puts to a question what its pronoun stands for. ok is false where
// nothing said before can be meant; a question without such a pronoun comes back as
// it is.
func resolvePronoun(g *grammar, question string, last exchange) (resolved string, ok bool) {
	p := newPhrase(question)
	at := pronoun(g, p)
	if at < 0 {
		return question, true
	}
	referent, isNoun := referentOf(g, p, at, last)
	switch {
	case referent == "":
		return question, false
	case isNoun && g.language == "en":
		return substituted(g, p, at, referent), true
	}
	return withAside(question, referent), true
}

// pronoun is the index of the first word that stands for something which the question
// itself does not say before it; -1 for none.
func pronoun(g *grammar, p phrase) int {
	from := verbless(g, p)
	for i := 0; i < len(p.words); {
		rest := p.from(i)
		if n := g.head("impersonal", rest); n > 0 {
			i += n
			continue
		}
		if n := g.head("clitic", rest); n > 2 && isInfinitive(rest.words[n-1].folded) {
			return i + n - 2
		}
		if g.head("anaphor", rest) > 0 && !antecedent(g, p, from, i) {
			return i
		}
		i++
	}
	return -1
}

func isInfinitive(word string) bool {
	return len(word) > 3 && (strings.HasSuffix(word, "er") || strings.HasSuffix(word, "ir") || strings.HasSuffix(word, "re"))
}

// antecedent reports whether the question has, between two words, what a pronoun
// after it may stand for. The word right before the pronoun is its verb.
func antecedent(g *grammar, p phrase, from, to int) bool {
	person := g.isWord("person", p.words[to].folded)
	for i := min(from, to); i < to; i++ {
		w := p.words[i].folded
		if i > 0 && isNamePart(p, i) || !person && i+1 < to && !isGrammarWord(g, w) || g.isWord("determiner", w) && i+1 < to {
			return true
		}
	}
	return false
}

func isGrammarWord(g *grammar, folded string) bool {
	return lang.IsStop(g.language, folded) || len(folded) == 1 && !lang.IsDigit(folded[0]) || g.isWord("generic", folded) || g.isWord("joint", folded) || isAnywhere("auxiliary", folded)
}

// referentOf is what the pronoun may stand for: the person last named, the last thing
// of the question before that agrees, or all that it asked of; noun is false for the
// last.
func referentOf(g *grammar, p phrase, at int, last exchange) (referent string, noun bool) {
	word := p.words[at].folded
	asked := newPhrase(last.question)
	if g.isWord("person", word) {
		if names := people(asked); len(names) > 0 {
			return names[len(names)-1], true
		}
	}
	gender := genderOf(g, word)
	if g.language == "fr" && (gender != "" || g.isWord("person", word)) || word == "it" || word == "its" || gender == "plural" {
		if noun := lastNoun(g, asked, gender); noun != "" {
			return noun, true
		}
	}
	if g.isWord("person", word) {
		if names := people(newPhrase(last.answer)); len(names) == 1 {
			return names[0], true
		}
		if gender != "" && g.language == "en" {
			return "", false
		}
	}
	return remainder(g, asked), false
}

func genderOf(g *grammar, word string) string {
	for _, kind := range []string{"plural", "feminine", "masculine"} {
		if g.isWord(kind, word) {
			return kind
		}
	}
	return ""
}

// lastNoun is the last noun phrase with a determiner of the gender; one whose
// determiner has none agrees with any.
func lastNoun(g *grammar, p phrase, gender string) string {
	for _, s := range slices.Backward(slots(g, p)) {
		if own := genderOf(g, s.det); s.det != "" && (gender == "" || g.language == "en" || own == "" || own == gender) {
			return s.noun(g, p)
		}
	}
	return ""
}

// people are the names of persons in a text: with a title before them, or of two
// words or more.
func people(p phrase) []string {
	var names []string
	for i := 0; i < len(p.words); i++ {
		end := i
		for end < len(p.words) && isNamePart(p, end) && (end == i || !hasMark(p.gap(end))) {
			end++
		}
		if end-i > 1 || end-i == 1 && i > 0 && isAnywhere("title", p.words[i-1].folded) {
			if name := p.written(i, end); !slices.Contains(names, name) {
				names = append(names, name)
			}
			i = end
		}
	}
	return names
}

// isNamePart reports whether a word is written as those of names are.
func isNamePart(p phrase, i int) bool {
	w := p.words[i]
	isStop := len(w.folded) > 2 && lang.IsStopAnywhere(w.folded)
	return p.capital(i) && len(w.folded) > 1 && !isStop && !asks(p.from(i)) && !lang.IsAcronym(p.text[w.start:w.end])
}

// hasMark reports whether what stands between two words parts them; the point of an
// abbreviation does not.
func hasMark(gap string) bool { return strings.ContainsAny(gap, "\n,;:!?…|()[]\"«»“”") }

// substituted puts a noun in the place of an English pronoun.
func substituted(g *grammar, p phrase, at int, noun string) string {
	w := p.words[at]
	if g.isWord("possessive", w.folded) || w.folded == "her" && at+1 < len(p.words) && !lang.IsStop(g.language, p.words[at+1].folded) {
		noun += "'s"
	}
	return p.text[:w.start] + noun + p.text[w.end:]
}

// withAside puts what is meant behind a question.
func withAside(question, aside string) string { return inserted(question, "("+aside+")") }

// inserted is a question with words at its end, before its mark.
func inserted(question, words string) string {
	end := len(unmarked(question))
	return question[:end] + " " + words + question[end:]
}

// unmarked is a text without the marks at its end.
func unmarked(text string) string { return strings.TrimRight(text, " ?!.,\u00a0\u202f") }
