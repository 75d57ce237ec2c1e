package converse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"docent/rag"
	"docent/rag/lang"
)

// conversation is what was asked before, each question as it reads alone.
type conversation struct {
	exchanges []exchange
	// words compares words, nil where nothing does.
	words rag.WordComparer
}

// newConversation reads the exchanges of a conversation in their order. What was no
// question is left out.
func newConversation(history []rag.Exchange, language string, words rag.WordComparer) *conversation {
	c := &conversation{words: words}
	for _, e := range history {
		m := Read(e.Question, language)
		if m.Intent != rag.AskIntent && (m.Intent.IsCourtesy() || m.Subject == "") {
			continue
		}
		for i, q := range m.Questions {
			m.Questions[i].Text, _ = c.standalone(q.Text, language)
		}
		c.exchanges = append(c.exchanges, exchange{question: joinedText(m.Questions), answer: e.Answer})
	}
	return c
}

// last is the question before as it reads alone, "" where there is none.
func (c *conversation) last() string {
	if n := len(c.exchanges); n > 0 {
		return c.exchanges[n-1].question
	}
	return ""
}

// standalone is a question as it reads without the conversation. ok is false where it
// leans on something that was not said.
func (c *conversation) standalone(question, language string) (text string, ok bool) {
	p := newPhrase(question)
	g := grammarOf(lang.DetectQuestion(question), language)
	switch {
	case g == nil:
		return question, true
	case len(c.exchanges) == 0:
		return question, !isBareQuestionWord(p) && !saysNothing(g, p)
	case isBareQuestionWord(p):
		return c.asksAnew(g, p)
	}
	rest, ok := g.capture("ellipsis", p)
	if !ok && g.head("preposition", p) > 0 && !asks(p) {
		rest = p.before(len(p.words)).text
	}
	switch inner := newPhrase(rest); {
	case len(inner.words) == 0:
	case g.head("condition", inner) > 0 && ok:
		return c.onCondition(g, inner), true
	case asks(inner) || asksWithin(inner):
		question = capitalized(p.text[strings.Index(p.text, rest):])
	case len(inner.words) <= longestFragment && !g.is("clause", inner):
		return c.substitute(g, inner)
	}
	text, ok = resolvePronoun(g, question, c.exchanges[len(c.exchanges)-1])
	if ok && text == question && saysNothing(g, newPhrase(question)) {
		before := remainder(c.grammar(g), newPhrase(c.last()))
		return withAside(question, uncapitalized(before)), before != ""
	}
	return text, ok
}

// grammar is that of the question before, or else of the message.
func (c *conversation) grammar(g *grammar) *grammar {
	return grammarOf(lang.DetectQuestion(c.last()), g.language)
}

// onCondition is the question before under another condition: "and if it rains?".
func (c *conversation) onCondition(g *grammar, condition phrase) string {
	before := newPhrase(c.last())
	for i := 1; i < len(before.words); i++ {
		if g.head("condition", before.from(i)) > 0 {
			before = before.before(i)
		}
	}
	return unmarked(before.text) + " " + endsAsQuestion(g, condition.text)
}

func endsAsQuestion(g *grammar, text string) string {
	if g.language == "fr" {
		return unmarked(text) + " ?"
	}
	return unmarked(text) + "?"
}

// saysNothing reports whether a question has only words that ask, and of times: "what
// day is it?", "up to how much a year?".
func saysNothing(g *grammar, p phrase) bool {
	for i, w := range p.words {
		if i > 0 && p.capital(i) || !isGrammarWord(g, w.folded) && !g.isWord("period", w.folded) {
			return false
		}
	}
	return g.head("asked", p) > 0
}

// isBareQuestionWord reports whether a message is a question word and nothing else.
func isBareQuestionWord(p phrase) bool {
	return slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.is("why", p) || len(p.words) < 3 && g.is("asked", p) })
}

// asksAnew is the question before with another question word: "since when?".
func (c *conversation) asksAnew(g *grammar, p phrase) (string, bool) {
	before := newPhrase(c.last())
	g = c.grammar(g)
	n := g.head("asked", before)
	rest := remainder(g, before)
	why, adverb := g.is("why", p), g.is("adverb", before.before(n))
	word := capitalized(p.before(len(p.words)).text)
	switch {
	case n == 0 && why && g.head("asking", before) > 0:
		return word + " " + uncapitalized(c.last()), true
	case n == 0 || rest == "" || why && !adverb:
		return c.last(), false // "why?" after "who signs?" is another question
	case !adverb || !g.is("adverb", p):
		return withAside(endsAsQuestion(g, word), rest), true
	}
	return word + " " + endsAsQuestion(g, rest), true
}

// longestFragment is how many words a question has at most that leaves out its verb:
// "and in Paris?", "what about apprentices?".
const longestFragment = 10

// substitute puts a fragment into the question before: in the place of the noun phrase
// that it is of a kind with, or at its end where a preposition says how it belongs.
func (c *conversation) substitute(g *grammar, fragment phrase) (string, bool) {
	question := newPhrase(c.last())
	if text, ok := c.sameThing(g, question, fragment); ok {
		return text, true
	}
	own := slotAt(g, fragment, 0)
	if own.to = len(fragment.words); own.to == own.head {
		return c.last(), false
	}
	if own.kind = kindOf(g, fragment, own); own.kind == thing && fragment.capital(own.head) {
		own.kind = name // a message begins small where "and" was cut off
	}
	if s, ok := c.like(g, question, fragment, own); ok {
		return replaced(c.grammar(g), question, s, fragment, own), true
	}
	if own.prep == "" {
		return withAside(question.text, fragment.text), true
	}
	return inserted(question.text, unmarked(fragment.text)), true
}

// sameThing puts a fragment that names a thing of the question before by a pronoun in
// its place: "and the one for a night?".
func (c *conversation) sameThing(g *grammar, question, fragment phrase) (string, bool) {
	n := g.head("demonstrative", fragment)
	if n == 0 || n == len(fragment.words) {
		return "", false
	}
	gender := genderOf(g, fragment.words[n-1].folded)
	all := slots(c.grammar(g), question)
	for i, s := range all {
		own := genderOf(g, s.det)
		if s.det == "" || gender != "" && own != "" && own != gender {
			continue
		}
		end := s.to
		for _, of := range all[i+1:] {
			if of.from == end && g.isWord("complement", of.prep) {
				end = of.to
			}
		}
		return question.text[:question.words[s.to-1].end] + " " + fragment.from(n).text + question.text[question.words[end-1].end:], true
	}
	return "", false
}

// like is the noun phrase of the question that the fragment takes the place of: of the
// same kind, used the same way, or the thing nearest in meaning.
func (c *conversation) like(g *grammar, question, fragment phrase, own slot) (slot, bool) {
	all := slots(c.grammar(g), question)
	complement := g.isWord("complement", own.prep)
	for _, s := range slices.Backward(all) {
		switch {
		case s.kind != own.kind:
		case own.kind != thing && (own.prep == "" || c.sameWay(g, s, own)), own.kind == thing && own.prep != "" && s.prep == own.prep && !complement:
			return s, true
		}
	}
	if own.prep != "" && !complement {
		return slot{}, false
	}
	return c.nearest(question, fragment, own, slices.DeleteFunc(all, func(s slot) bool { return s.kind != thing }))
}

// sameWay reports whether two phrases belong to their questions alike: by the same
// preposition, or both by one of place.
func (c *conversation) sameWay(g *grammar, a, b slot) bool {
	return a.prep == b.prep || c.grammar(g).isWord("place", a.prep) && g.isWord("place", b.prep) || a.kind == moment || a.kind == quantity
}

// leastAlike is the cosine below which a phrase is of no kind with another.
const leastAlike = 0.25

// nearest is the slot with the word nearest in meaning to the fragment's, the last
// where no embedder tells.
func (c *conversation) nearest(question, fragment phrase, own slot, among []slot) (best slot, ok bool) {
	most := float32(-2)
	for _, s := range among {
		if l := c.likeness(fragment.words[own.head:own.to], question.words[s.head:s.to]); l > most || most == -2 {
			best, most = s, l
		}
	}
	return best, len(among) > 0 && (c.words == nil || most >= leastAlike)
}

// likeness is that of the two words that are most alike, between -1 and 1.
func (c *conversation) likeness(a, b []word) float32 {
	most := float32(-2)
	if c.words == nil {
		return most
	}
	others, l := make([]string, len(b)), make([]float32, len(b))
	for i, w := range b {
		others[i] = w.folded
	}
	compare := c.words.Likeness(others)
	for _, w := range a {
		if compare(l, w.folded) {
			most = max(most, slices.Max(l))
		}
	}
	return most
}

// replaced is the question with the fragment in the place of a noun phrase, which
// keeps its preposition where the fragment has none.
func replaced(g *grammar, question phrase, s slot, fragment phrase, own slot) string {
	from, text := s.from, fragment.text
	switch {
	case own.prep != "":
	case s.prep == "":
		from = s.head - btoi(s.det != "" && own.det != "")
	case g.isWord("contracted", s.prep) && own.det != "":
		text = "de " + text
	default:
		text = question.written(s.from, s.from+1) + " " + text
	}
	if g.language == "fr" {
		text = contractions.Replace(text)
	}
	return question.text[:question.words[from].start] + text + question.text[question.words[s.to-1].end:]
}

// contractions are an article and its preposition as French writes them.
var contractions = strings.NewReplacer("de le ", "du ", "de les ", "des ", "à le ", "au ", "à les ", "aux ")

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func uncapitalized(s string) string {
	if first, _, _ := strings.Cut(s, " "); lang.IsAcronym(first) {
		return s
	}
	r, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)[:size]) + s[size:]
}
