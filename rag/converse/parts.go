package converse

import (
	"strings"

	"docent/rag"
)

// Parts parts a question that asks several things, so that each is looked up for
// itself: "where do visitors park, and what does it cost?" asks two. A part that leans
// on another reads alone: what a pronoun stands for, or a question word needs, is
// put to it. A question of one part comes back as it is.
func Parts(language, question string) []rag.Part {
	parts := coordinated(language, question)
	if parts == nil {
		parts = joined(language, question)
	}
	if len(parts) < 2 {
		return []rag.Part{{Asked: question, Question: question, Language: language}}
	}
	return parts
}

// joined parts a question before each "and" that another question follows.
func joined(language, question string) []rag.Part {
	g := grammarOf(language)
	if g == nil {
		return nil
	}
	p := newPhrase(question)
	var cuts []string
	from := 0
	for i := 1; i+1 < len(p.words); i++ {
		if !isAnywhere("conjunction", p.words[i].folded) || g.head("joint", p.from(i+1)) == 0 || isRelative(g, p, from, i+1) {
			continue
		}
		cuts = append(cuts, p.from(from).before(i-from).text)
		from = i + 1
	}
	if len(cuts) == 0 {
		return nil
	}
	cuts = append(cuts, strings.TrimSpace(p.from(from).text))
	parts := make([]rag.Part, len(cuts))
	for i, text := range cuts {
		parts[i] = rag.Part{Asked: text, Question: completed(g, cuts, i), Language: language}
	}
	return parts
}

// isRelative reports whether the question word at a place goes on with a clause that
// the same word began: "those who sign and who pay".
func isRelative(g *grammar, p phrase, from, at int) bool {
	word := p.words[at].folded
	for i := from + 1; i < at-1; i++ {
		if p.words[i].folded == word && g.head("asked", p.from(from)) <= i-from {
			return true
		}
	}
	return false
}

// completed is a part as it reads alone.
func completed(g *grammar, parts []string, i int) string {
	p := newPhrase(parts[i])
	if g.is("asked", p) {
		other := i - 1
		if i == 0 {
			other = 1
		}
		return p.before(len(p.words)).text + " " + remainder(g, newPhrase(parts[other]))
	}
	if i == 0 {
		return parts[0]
	}
	text, _ := resolvePronoun(g, parts[i], exchange{question: parts[i-1]})
	return text
}

// remainder is a question without the words that ask: "do visitors park" of "where
// do visitors park?".
func remainder(g *grammar, p phrase) string { return unmarked(p.from(g.head("asked", p)).text) }

// coordinated parts a question for two things of one: "what are the hours and the
// prices of the canteen?".
func coordinated(language, question string) []rag.Part {
	g := grammarOf(language)
	if g == nil {
		return nil
	}
	p := newPhrase(question)
	c := g.captures("coordination", p)
	if len(c) < 4 {
		return nil
	}
	var parts []rag.Part
	for _, thing := range c[1:3] {
		text := c[0] + " " + thing + " " + c[3] + p.gap(len(p.words))
		parts = append(parts, rag.Part{Asked: text, Question: text, Language: language})
	}
	return parts
}
