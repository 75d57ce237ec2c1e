package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// tokenKind is what a token can be matched with.
type tokenKind uint8

const (
	// grammar says little by itself.
	grammar tokenKind = iota
	// content is any other word.
	content
	// name has a capital where its language would not write one for any word.
	name
	// number is a figure, a date or a time of day.
	number
	// calendar is a weekday or a month that no day or year stands with, measure a
	// unit of measure that no number stands before.
	calendar
	measure
)

// token is a word or a figure of a statement, with what it stands among.
type token struct {
	lang.Word
	kind tokenKind
	raw  string
	// figure is that of a number.
	figure figure
	// text is which of the texts it is of, clause which clause of it, cell which
	// column of its row, -1 in running text.
	// part which run between strong marks, phrase which between marks and "and".
	text, clause, part, phrase, cell int
	// context is set for what stands around the quotes.
	context bool
	// denied counts the negations that it is under.
	denied int
	// without is set where that is by "without", which denies nothing else.
	without bool
	// contrasted is set where that only sets it against something else.
	contrasted bool
	// link is the preposition that leads to it, "" for none.
	link string
	// sides are those that it takes.
	sides []lang.Contrast
	// owns is set before an English genitive's ending, rank counts the tokens that
	// say something before it.
	owns bool
	rank int
	// noun is set where it stands where a thing does.
	noun bool
	// opens is set at the beginning of a sentence.
	opens bool
	// language is that of the text.
	language string
}

// says reports whether a token has to be met.
func (t *token) says() bool { return t.kind != grammar }

// statement is a text as it is compared.
type statement struct {
	tokens []token
	sides  []lang.Contrast
	// clauses are how many there are.
	clauses int
}

func (s *statement) indices() []int {
	list := make([]int, len(s.tokens))
	for i := range list {
		list[i] = i
	}
	return list
}

// tokenize reads a text in a language. Each mark that ends a clause, each joint and
// each cell begins another one.
func tokenize(language, s string, of int) statement {
	words, figures, sentences := lang.Unelided(language, s), readFigures(language, s), lang.Sentences(s)
	var st statement
	clause, end, at := 0, 0, make([]int, len(words))
	lineStart, part, phrase := 0, 0, 0
	var cells int
	for i, w := range words {
		opens := startsSentence(sentences, s, w.Start)
		switch between := s[end:w.Start]; {
		case i == 0:
		case opens || strings.ContainsAny(between, ";:|") && lastBreak(between) > 0:
			clause, part = clause+1, part+1
		case joins(words, i), lastBreak(between) > 0 && strings.TrimSpace(between) != ".":
			clause++
		}
		if clause > 0 && len(st.tokens) > 0 && st.tokens[len(st.tokens)-1].clause != clause || conjunctions[w.Surface] || strings.ContainsAny(s[end:w.Start], "()") {
			phrase++
		}
		if n := strings.LastIndexByte(s[:w.Start], '\n') + 1; n > lineStart {
			lineStart = n
		}
		cells = strings.Count(s[lineStart:w.Start], "|")
		end = w.End
		at[i] = len(st.tokens)
		if w.Surface == "m" && w.End+1 < len(s) && s[w.End] == '.' && strings.TrimLeft(s[w.End+1:], " \u00a0\u202f") != s[w.End+1:] {
			w.Surface, w.Stem, words[i].Surface = "monsieur", "monsieur", "monsieur"
		}
		t := token{Word: w, raw: s[w.Start:w.End], text: of, clause: clause, part: part, phrase: phrase, cell: -1, language: language}
		if strings.Contains(line(s, w.Start), "|") {
			t.cell = cells
		}
		if f, ok := figureAt(figures, w); ok {
			if n := len(st.tokens); n > 0 && st.tokens[n-1].kind == number && st.tokens[n-1].figure.Span == f.Span {
				at[i] = n - 1
				continue
			}
			t.kind, t.figure = number, f
			t.Word.Start, t.Word.End, t.raw = f.Start, f.End, s[f.Start:f.End]
		}
		t.opens = opens || opensQuote(s[:w.Start]) || t.cell >= 0 && opensCell(s, w.Start)
		if t.kind = kindOf(t); t.kind != number && isWithinMeasure(figures, w) {
			t.kind = grammar
		}
		t.owns = language == "en" && genitive(s[w.End:])
		st.tokens = append(st.tokens, t)
	}
	st.sides = lang.Contrasts(language, words)
	for _, c := range st.sides {
		for i := c.First; i <= c.Last; i++ {
			if t := &st.tokens[at[i]]; t.kind != number {
				t.sides = append(t.sides, c)
			}
		}
	}
	st.clauses = clause + 1
	rank := 0
	for i := range st.tokens {
		t := &st.tokens[i]
		if (t.kind == content || t.kind == name && t.opens && !hasAxis(t.sides, "person")) && t.isGrammatical() {
			t.kind = grammar
		}
		if t.kind == grammar && of >= 0 && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == "self" }) {
			t.kind = content
		}
		if t.rank = rank; t.says() && !(t.kind == name && i+1 < len(st.tokens) && st.tokens[i+1].kind == name) {
			rank++
		}
	}
	st.deny(at)
	st.lead()
	return st
}

// around is a quote with the rest of the clauses that it begins and ends in: one
// that begins after "n'est pas vrai que" has left that out.
func around(text string, s lang.Span) (string, lang.Span) {
	const reach = 300
	from := max(0, s.Start-reach)
	start, end := from+lastBreak(text[from:s.Start]), s.End
	if strings.IndexByte(".!?;:", text[s.End-1]) < 0 {
		end += firstBreak(text[s.End:min(len(text), s.End+reach)])
	}
	before := strings.ToValidUTF8(text[start:s.Start], "")
	return before + text[s.Start:s.End] + strings.ToValidUTF8(text[s.End:end], ""), lang.Span{Start: len(before), End: len(before) + s.End - s.Start}
}

// lastBreak is the offset after the last mark that ends a clause.
func lastBreak(s string) int {
	at := 0
	for i := range s {
		if breaksClause(s, i) {
			at = i + 1
		}
	}
	return at
}

// firstBreak is the offset of the first mark that ends a clause, or the length.
func firstBreak(s string) int {
	for i := range s {
		if breaksClause(s, i) {
			return i
		}
	}
	return len(s)
}

// breaksClause reports whether a clause ends at the character at i: at a mark
// before a blank, or at a blank line or an item of a list.
func breaksClause(s string, i int) bool {
	switch s[i] {
	case ',', ';', ':', '.', '!', '?':
		return i+1 == len(s) || strings.IndexByte(" \n\t\xc2\xe2", s[i+1]) >= 0
	case '|':
		return true
	case '\n':
		return i+1 < len(s) && strings.IndexByte("\n-*+#|", s[i+1]) >= 0
	}
	return false
}

// joints part the clauses of a sentence where no mark does, folded.
var joints = lang.GrammarSet("joint")

func genitive(after string) bool {
	return strings.HasPrefix(after, "'s ") || strings.HasPrefix(after, "’s ") || strings.HasPrefix(after, "' ") || strings.HasPrefix(after, "’ ")
}

// joins reports whether a clause begins with word i: at a joint, or at an "and" that
// something with an article of its own follows.
func joins(words []lang.Word, i int) bool {
	w := words[i].Surface
	if joints[w] {
		return true
	}
	return conjunctions[w] && i+1 < len(words) && (articles[words[i+1].Surface] || auxiliaries[words[i+1].Surface])
}

var conjunctions = lang.GrammarSet("conjunction")

func line(s string, at int) string {
	start := strings.LastIndexByte(s[:at], '\n') + 1
	end := len(s)
	if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
		end = at + n
	}
	return s[start:end]
}

// opensQuote reports whether a text ends where somebody's words begin.
func opensQuote(before string) bool {
	before = strings.TrimRight(before, " \u00a0\u202f")
	for _, mark := range []string{"«", "“", "\"", ":", ";", "‘"} { // a row's cells stand after ";"
		if strings.HasSuffix(before, mark) {
			return true
		}
	}
	return false
}

func isWithinMeasure(figures []figure, w lang.Word) bool {
	return slices.ContainsFunc(figures, func(f figure) bool { return w.Start >= f.counted.Start && w.End <= f.counted.End && w.End > w.Start })
}

func opensCell(s string, at int) bool {
	before := strings.TrimRight(s[:at], " \t")
	return before == "" || before[len(before)-1] == '|' || before[len(before)-1] == '\n'
}

func figureAt(figures []figure, w lang.Word) (figure, bool) {
	for _, f := range figures {
		if w.Start < f.End && w.End > f.Start && w.End > w.Start {
			return f, true
		}
	}
	return figure{}, false
}

func kindOf(t token) tokenKind {
	capital := lang.IsCapital(t.raw)
	switch {
	case t.kind == number:
		return number
	case IsWeekday(t.Surface), lang.Month(t.Surface) > 0 && len(t.Surface) > 2 && capital == (t.language == "en" || t.opens && capital):
		return calendar
	case t.Start == t.End:
		return grammar
	case capital && t.opens && len(t.raw) > 2 && lang.Demonyms(t.Surface) != nil && (t.language == "en" || lang.Demonyms(t.Surface)[0] == t.Surface):
		return name
	case capital && !t.opens && (len(t.raw) > 1 || t.language == "fr"), lang.IsAcronym(t.raw) && !t.Stop, lang.IsAcronym(t.raw) && !t.opens && len(t.raw) > 1:
		if t.raw == "I" {
			return grammar
		}
		return name
	case t.Stop, auxiliaries[t.Surface]:
		return grammar
	case lang.UnitOfMeasure(t.Surface) != "" && (len(t.Surface) > 2 || t.Surface == "an" && t.language == "fr") && t.Surface != "second" && t.Surface != "seconde":
		return measure
	}
	return content
}

// grammatical are the axes whose words are held against the quotes as sides and not
// as words.
var grammatical = lang.WordSet("deny scope bound compare superlative condition about deadline time order rest light except often arith person range quantity period")

// isGrammatical reports whether a token takes such a side, and none of two opposites
// among words.
func (t *token) isGrammatical() bool {
	found := false
	for _, c := range t.sides {
		if !grammatical[c.Axis] && (c.Pole == "+" || c.Pole == "-") {
			return false
		}
		found = found || grammatical[c.Axis]
	}
	return found
}

// auxiliaries are verbs that say little beside another.
var auxiliaries = lang.GrammarSet("auxiliary")

// deny puts tokens under the negations of their clause: the word that a negation
// stands before, or the verb that French puts between its two.
func (s *statement) deny(at []int) {
	s.denyAlone()
	for _, c := range s.sides {
		if c.Axis == "except" {
			for i := at[c.Last] + 1; i < len(s.tokens) && s.tokens[i].clause == s.tokens[at[c.Last]].clause; i++ {
				if s.tokens[i].kind == content || s.tokens[i].kind == name {
					s.tokens[i].denied++
					s.tokens[i].contrasted = true
				}
			}
		}
		if c.Axis != "deny" {
			continue
		}
		i := at[c.First]
		if s.tokens[i].language == "fr" && frenchAlone[s.tokens[i].Surface] && (!s.near(i, "ne") || i > 0 && articles[s.tokens[i-1].Surface]) {
			continue
		}
		if t := s.denied(i, at[c.Last]); t != nil {
			t.denied++
			t.without = t.without || c.Last > c.First || s.tokens[i].Surface == "without" || s.tokens[i].Surface == "sans"
			t.contrasted = t.contrasted || i > 0 && (s.tokens[i].Surface == "non" || s.tokens[i].Surface == "not") && (joints[s.tokens[i-1].Surface] || conjunctions[s.tokens[i-1].Surface])
		}
	}
}

// denyAlone reads "ne" without a second word: "ne peut être prolongée", and not
// "ne … que".
func (s *statement) denyAlone() {
	for i := range s.tokens {
		if t := &s.tokens[i]; t.language != "fr" || t.Surface != "ne" || t.Start != t.End && t.raw != "ne" && t.raw != "Ne" {
			continue
		}
		alone := true
		for k := i + 1; k < min(len(s.tokens), i+9); k++ {
			o := &s.tokens[k]
			if alone && o.Surface == "que" && !s.deniedBefore(i) {
				only := lang.Contrast{Axis: "scope", Pole: "only", Strict: true, First: -k}
				s.sides, o.sides = append(s.sides, only), append(o.sides, only)
			}
			alone = alone && o.Surface != "que" && o.Surface != "pas" && o.Surface != "plus" && !slices.ContainsFunc(o.sides, func(c lang.Contrast) bool { return c.Axis == "deny" })
		}
		if v := s.denied(i, i); alone && v != nil && !s.deniedBefore(i) {
			v.denied++
		}
	}
}

func (s *statement) deniedBefore(i int) bool {
	return slices.ContainsFunc(s.tokens[:i], func(t token) bool {
		return t.clause == s.tokens[i].clause && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == "deny" })
	})
}

// frenchAlone deny only beside "ne".
var frenchAlone = lang.GrammarSet("beside-ne")

func (s *statement) near(i int, surface string) bool {
	return slices.ContainsFunc(s.tokens[max(0, i-4):min(len(s.tokens), i+4)], func(t token) bool { return t.Surface == surface })
}

// denied is what a negation from one token to another denies.
func (s *statement) denied(from, to int) *token {
	t := &s.tokens[from]
	if t.language == "fr" && (t.Surface == "pas" || t.Surface == "jamais" || t.Surface == "plus") && from > 0 {
		if v := &s.tokens[from-1]; v.says() && v.clause == t.clause {
			return v
		}
	}
	for i := to + 1; i < len(s.tokens) && s.tokens[i].clause == s.tokens[to].clause; i++ {
		if s.tokens[i].says() {
			return &s.tokens[i]
		}
	}
	for i := from - 1; i >= 0 && s.tokens[i].clause == t.clause; i-- {
		if s.tokens[i].says() {
			return &s.tokens[i]
		}
	}
	return nil
}

// lead finds the preposition before each token: behind an article, or before words
// that stand together without one.
func (s *statement) lead() {
	for i := range s.tokens {
		t, passed := &s.tokens[i], 0
		if t.owns {
			t.link = "of"
			continue
		}
		for k := i - 1; k >= max(0, i-8) && s.tokens[k].clause == t.clause && passed < 3; k-- {
			b := &s.tokens[k]
			if t.link = b.preposition(); t.link != "" {
				break
			}
			if b.says() && t.kind == number {
				break
			}
			if b.says() && (b.language != "fr" || b.kind == name || !isInfinitive(b.Surface) && passed == 0) {
				if b.kind != name && b.kind != number {
					passed++
				}
			} else if articles[b.Surface] {
				passed = 3
				if k > 0 && s.tokens[k-1].clause == t.clause {
					t.link = s.tokens[k-1].preposition()
				}
			} else if !conjunctions[b.Surface] {
				break
			}
		}
	}
}

// preposition is what a token says as one in either language, "" for none.
func (t *token) preposition() string {
	if t.Surface == "a" && (t.language != "fr" || t.raw == "a") || t.Surface == "on" && t.language == "fr" {
		return ""
	}
	return prepositions[t.Surface]
}

// isInfinitive reports whether a French word ends as infinitives do and few nouns.
func isInfinitive(word string) bool {
	for _, end := range []string{"er", "ir", "dre", "ttre", "ivre", "uire", "oire"} {
		if strings.HasSuffix(word, end) {
			return !strings.HasSuffix(word, "ier")
		}
	}
	return false
}

var articles = lang.GrammarSet("article")

// prepositions are by what they say in both languages.
var prepositions = lang.Grammar("preposition")
