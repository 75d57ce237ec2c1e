package converse

import (
	"cmp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// Likeness tells how like in meaning a folded word is to others, between -1 and 1;
// it reports false where it does not know the word.
type Likeness func(word string, others []string) ([]float32, bool)

// conversation is what was asked before, each question as it reads alone.
type conversation struct {
	exchanges []exchange
	// varied is what the last follow-up put into its question, and what the next one
	// varies again.
	varied string
	alike  Likeness
}

// newConversation reads the exchanges of a conversation in their order. What was no
// question is left out.
func newConversation(history []rag.Exchange, language string, alike Likeness) *conversation {
	c := &conversation{alike: alike}
	for _, e := range history {
		m := Read(e.Question, language)
		if m.Intent != rag.AskIntent && (m.Intent.IsCourtesy() || m.Subject == "") {
			continue
		}
		text := make([]string, len(m.Questions))
		for i, q := range m.Questions {
			text[i], _ = c.standalone(q.Text, language)
		}
		c.exchanges = append(c.exchanges, exchange{question: strings.Join(text, " "), answer: e.Answer})
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
	g := grammarOf(cmp.Or(lang.DetectQuestion(question), language))
	if g == nil {
		g = grammarOf(language)
	}
	if g == nil {
		return question, true
	}
	if len(c.exchanges) == 0 {
		return question, !isBareQuestionWord(p) && !saysNothing(g, p)
	}
	if isBareQuestionWord(p) {
		return c.asksAnew(g, p)
	}
	if fragment, ok := fragmentOf(g, p); ok {
		return c.substitute(g, fragment)
	}
	if rest, ok := g.capture("ellipsis", p); ok {
		if text, ok := c.onCondition(g, newPhrase(rest)); ok {
			return text, true
		}
		if inner := newPhrase(rest); asks(inner) || asksWithin(inner) {
			question = capitalized(p.text[strings.Index(p.text, rest):])
		}
	}
	text, ok = resolvePronoun(g, question, c.exchanges)
	if ok && text == question && saysNothing(g, newPhrase(question)) {
		text = withAside(question, uncapitalized(remainder(c.grammar(g), newPhrase(c.last()))))
	}
	return text, ok
}

// grammar is that of the question before, or else of the message.
func (c *conversation) grammar(g *grammar) *grammar {
	if own := grammarOf(lang.DetectQuestion(c.last())); own != nil {
		return own
	}
	return g
}

// onCondition is the question before under another condition: "and if it rains?".
func (c *conversation) onCondition(g *grammar, rest phrase) (string, bool) {
	if g.head("condition", rest) == 0 {
		return "", false
	}
	before := newPhrase(c.last())
	for i := 1; i < len(before.words); i++ {
		if g.head("condition", before.from(i)) > 0 {
			before = before.before(i)
			break
		}
	}
	return strings.TrimRight(before.text, " ?!.,\u00a0\u202f") + " " + endsAsQuestion(g, rest.text), true
}

func endsAsQuestion(g *grammar, text string) string {
	text = strings.TrimRight(text, " ?!.\u00a0\u202f")
	if g.language == "fr" {
		return text + " ?"
	}
	return text + "?"
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
	why := g.is("why", p)
	word := capitalized(p.before(len(p.words)).text)
	switch {
	case n == 0 && why && g.head("asking", before) > 0:
		return word + " " + uncapitalized(c.last()), true
	case n == 0 || rest == "" || why && !g.is("adverb", before.before(n)):
		return c.last(), false // "why?" after "who signs?" is another question
	case !g.is("adverb", before.before(n)) || !g.is("adverb", p):
		return withAside(endsAsQuestion(g, word), rest), true
	}
	return word + " " + endsAsQuestion(g, rest), true
}

// longestFragment is how many words a question has at most that leaves out its verb.
const longestFragment = 10

// fragmentOf is the noun phrase of a message that leaves all else out: "and in
// Paris?", "what about apprentices?".
func fragmentOf(g *grammar, p phrase) (phrase, bool) {
	rest, ok := g.capture("ellipsis", p)
	if !ok && g.head("preposition", p) > 0 && !asks(p) {
		rest, ok = p.before(len(p.words)).text, true
	}
	f := newPhrase(rest)
	if !ok || len(f.words) == 0 || len(f.words) > longestFragment || asks(f) || asksWithin(f) || g.is("clause", f) {
		return phrase{}, false
	}
	return f, true
}

// substitute puts a fragment into the question before: in the place of the noun phrase
// that it is of a kind with, or at its end where a preposition says how it belongs.
func (c *conversation) substitute(g *grammar, fragment phrase) (string, bool) {
	question := newPhrase(c.last())
	if text, ok := c.sameThing(g, question, fragment); ok {
		return text, true
	}
	own := fragmentSlot(g, fragment)
	if own.to == own.head {
		return c.last(), false
	}
	varied := c.varied
	c.varied = fragment.text
	question = newPhrase(strings.Replace(question.text, " ("+varied+")", "", 1))
	if s, ok := c.like(g, question, fragment, own, varied); ok {
		return replaced(c.grammar(g), question, s, fragment, own), true
	}
	if own.prep == "" {
		return withAside(question.text, fragment.text), true
	}
	end := len(strings.TrimRight(question.text, " ?!.\u00a0\u202f"))
	return question.text[:end] + " " + strings.TrimRight(fragment.text, " ?!.") + question.text[end:], true
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
		if s.det == "" || gender != "" && genderOf(g, s.det) != gender && genderOf(g, s.det) != "" {
			continue
		}
		end := s.to
		for _, of := range all[i+1:] {
			if of.from == end && g.isWord("complement", of.prep) {
				end = of.to
			}
		}
		head := question.text[:question.words[s.to-1].end]
		return head + " " + fragment.from(n).text + question.text[question.words[end-1].end:], true
	}
	return "", false
}

// fragmentSlot is the fragment as a slot.
func fragmentSlot(g *grammar, f phrase) slot {
	s := slot{to: len(f.words)}
	if g.isWord("preposition", f.words[0].folded) {
		s.prep, s.head = f.words[0].folded, 1
	}
	if g.isWord("contracted", s.prep) {
		s.det = s.prep
	}
	if s.head < s.to && g.isWord("determiner", f.words[s.head].folded) {
		s.det = f.words[s.head].folded
		s.head++
	}
	if s.to > s.head {
		s.kind = kindOf(g, f, s)
		if f.capital(s.head) && s.kind == thing {
			s.kind = name // a message begins small where "and" was cut off
		}
	}
	return s
}

// like is the noun phrase of the question that the fragment takes the place of.
func (c *conversation) like(g *grammar, question, fragment phrase, own slot, varied string) (slot, bool) {
	all := slots(c.grammar(g), question)
	for _, s := range slices.Backward(all) {
		switch {
		case s.kind == own.kind && own.kind != thing && (own.prep == "" || c.sameWay(g, s, own)),
			own.kind == thing && own.prep != "" && s.kind == thing && s.prep == own.prep && !g.isWord("complement", own.prep):
			return s, true
		}
	}
	if own.prep != "" && !g.isWord("complement", own.prep) {
		return slot{}, false
	}
	things := slices.DeleteFunc(all, func(s slot) bool { return s.kind != thing })
	return c.nearest(question, fragment, own, things, varied)
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
func (c *conversation) nearest(question, fragment phrase, own slot, among []slot, varied string) (slot, bool) {
	if len(among) == 0 {
		return slot{}, false
	}
	best, most := len(among)-1, float32(-2)
	for i, s := range among {
		if l := c.likeness(fragment.words[own.head:own.to], question.words[s.head:s.to]); l > most {
			best, most = i, l
		}
	}
	if c.alike == nil || most >= leastAlike {
		return among[best], true
	}
	for _, s := range among {
		if varied != "" && strings.HasSuffix(question.written(s.from, s.to), varied) {
			return s, true
		}
	}
	formed := slices.DeleteFunc(among, func(s slot) bool { return (s.det == "") != (own.det == "") })
	if len(formed) == 1 && own.det != "" {
		return formed[0], true // "the hall" and "the archive"
	}
	return slot{}, false
}

// likeness is that of the two words that are most alike.
func (c *conversation) likeness(a, b []word) float32 {
	most := float32(-2)
	if c.alike == nil {
		return most
	}
	others := make([]string, len(b))
	for i, w := range b {
		others[i] = w.folded
	}
	for _, w := range a {
		if l, ok := c.alike(w.folded, others); ok {
			most = max(most, slices.Max(l))
		}
	}
	return most
}

// replaced is the question with the fragment in the place of a noun phrase, which
// keeps its preposition where the fragment has none.
func replaced(g *grammar, question phrase, s slot, fragment phrase, own slot) string {
	from, text := s.from, fragment.text
	if own.prep == "" && s.prep != "" {
		text = question.written(s.from, s.from+1) + " " + text
		if g.isWord("contracted", s.prep) && own.det != "" {
			text = "de " + fragment.text
		}
	} else if own.prep == "" {
		from = s.head - btoi(s.det != "" && own.det != "")
	}
	return question.text[:question.words[from].start] + contractedIn(g, text) + question.text[question.words[s.to-1].end:]
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// contractedIn writes the article and its preposition as one where French does.
func contractedIn(g *grammar, text string) string {
	if g.language != "fr" {
		return text
	}
	for _, c := range [][2]string{{"de le ", "du "}, {"de les ", "des "}, {"à le ", "au "}, {"à les ", "aux "}} {
		if rest, ok := strings.CutPrefix(text, c[0]); ok {
			return c[1] + rest
		}
	}
	return text
}

func uncapitalized(s string) string {
	if lang.IsAcronym(strings.SplitN(s, " ", 2)[0]) {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
