package converse

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"docent/rag/lang"
)

// reader takes a message apart into bodies and what stands around them.
type reader struct {
	sentences []string
	hasWords  bool
	bodies    []body
	seen      []sighting
}

// body is a sentence without what stood around it.
type body struct {
	text string
	// whole has the frame that was taken off: "tell me a joke".
	whole string
	// asks is set for what is put as a question or an order, framed for what a frame
	// stood before: "tell me …".
	asks, framed bool
	// remark is set for a statement about somebody, or about what was said.
	remark bool
	// leadIn says what somebody does or has before asking: "my badge is lost, ".
	leadIn string
}

// sighting is a courtesy that was taken off.
type sighting struct {
	rule string
	// languages are those that have it.
	languages []string
}

func newReader(message string) *reader {
	r := &reader{}
	for line := range strings.Lines(message) {
		if strings.TrimSpace(line) == "--" {
			break // the signature of a mail
		}
		for _, s := range sentences(strings.TrimSpace(line)) {
			if len(newPhrase(s).words) > 0 {
				r.sentences, r.hasWords = append(r.sentences, s), true
			}
		}
	}
	return r
}

// peelAll takes the sentences apart. What follows thanks or a farewell at the end
// of a message is a signature.
func (r *reader) peelAll() {
	closed := false
	for _, s := range r.sentences {
		if closed && len(r.bodies) > 0 && isSignature(s) {
			continue
		}
		seen := len(r.seen)
		b := r.peel(newPhrase(s))
		if b.text != "" {
			r.bodies, closed = append(r.bodies, b), false
			continue
		}
		closed = closed || slices.ContainsFunc(r.seen[seen:], func(s sighting) bool { return s.rule == "thanks" || s.rule == "farewell" })
	}
}

// longestSignature is the number of words of a line of a signature.
const longestSignature = 8

func isSignature(s string) bool {
	p := newPhrase(s)
	if len(p.words) > longestSignature || strings.ContainsAny(s, "?？") || asks(p) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return lang.IsCapital(s) || !lang.IsWordRune(r) || r < utf8.RuneSelf && lang.IsDigit(byte(r))
}

// peel takes off a sentence what stands around its body.
func (r *reader) peel(p phrase) body {
	var b body
	question := strings.ContainsAny(p.text, "?？")
	p = r.peelTail(p)
	p, b.leadIn, b.framed = r.unframe(p)
	if !b.framed {
		p, b.whole, b.framed = r.peelHead(p)
	}
	if at := afterColon(p); at > 0 {
		b.leadIn, p = strings.TrimSpace(b.leadIn+" "+p.before(at).text), p.from(at)
	}
	if len(p.words) == 0 || r.isCourtesy(p) {
		return body{}
	}
	b.text = strings.TrimRight(p.text, " .")
	if b.framed {
		b.text = strings.TrimRight(direct(p), " .")
	}
	b.asks = question || asks(p) || asksWithin(p)
	b.remark = !b.asks && isRemark(p)
	if question && !strings.ContainsAny(b.text, "?？") {
		b.text += mark(p)
	}
	return b
}

// mark is the question mark of the phrase's language.
func mark(p phrase) string {
	if grammarOf("fr").head("asking", p) > 0 {
		return " ?"
	}
	return "?"
}

// isRemark reports whether a statement is about somebody or something that was said, as
// those of conversations are and words to look up are not.
func isRemark(p phrase) bool {
	return slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.head("remark", p) > 0 })
}

// afterColon is where a question begins after a colon, where somebody tells of
// themselves before it; 0 where none does.
func afterColon(p phrase) int {
	for i := 1; i < len(p.words); i++ {
		if strings.HasPrefix(strings.TrimLeft(p.gap(i), " \u00a0\u202f"), ": ") && tellsOfSelf(p.before(i)) {
			return i
		}
	}
	return 0
}

// What may stand before a question: at once, and only with a mark or nothing
// after it, since "right" and "so" may begin it too.
var (
	freeHeads   = []string{"frame", "greeting", "opening", "please"}
	partedHeads = []string{"howareyou", "thanks", "apology", "farewell", "wish", "ack", "newcomer", "ping", "urgent"}
)

// peelHead takes courtesies and frames off the beginning, and reports whether a
// frame was among them. whole is the phrase with the first frame.
func (r *reader) peelHead(p phrase) (rest phrase, whole string, framed bool) {
	for len(p.words) > 0 {
		n, s := r.longestHead(p)
		if n == 0 && len(r.seen) > 0 && isAnywhere("conjunction", p.words[0].folded) {
			if n, s = r.longestHead(p.from(1)); n > 0 {
				n++ // "please and thank you"
			}
		}
		if n == 0 {
			break
		}
		switch s.rule {
		case "greeting":
			n = addressed(p, n)
		case "thanks", "farewell":
			n = named(p, n)
		case "frame":
			if framed = true; whole == "" {
				whole = p.text
			}
		}
		r.seen = append(r.seen, s)
		p = p.from(n)
	}
	return p, cmp.Or(whole, p.text), framed
}

// longestHead is the courtesy that takes most of the beginning.
func (r *reader) longestHead(p phrase) (most int, s sighting) {
	for _, rules := range [][]string{freeHeads, partedHeads} {
		for _, rule := range rules {
			for _, g := range grammars() {
				n := g.head(rule, p)
				switch {
				case n < max(most, 1) || p.joined(n) || &rules[0] == &partedHeads[0] && !p.parted(n):
				case n > most:
					most, s = n, sighting{rule, []string{g.language}}
				case s.rule == rule:
					s.languages = append(s.languages, g.language)
				}
			}
		}
	}
	return most, s
}

// peelTail takes courtesies off the end.
func (r *reader) peelTail(p phrase) phrase {
	for len(p.words) > 0 {
		at, s := longestTailOf(p)
		if at == len(p.words) {
			break
		}
		r.seen = append(r.seen, s)
		if isAnywhere("conjunction", p.words[at-1].folded) {
			at--
		}
		p = p.before(at)
	}
	return p
}

// tails are what may stand after a question: after a mark or with a capital, "please"
// and "thanks" without.
var tails = []string{"please", "thanks", "farewell", "greeting", "apology", "urgent", "frame"}

func mayFollow(rule string, p phrase, n int) bool {
	return p.parted(n) || rule == "please" || rule == "thanks" || p.capital(n) && !p.capital(n-1)
}

// longestTailOf is where the courtesy begins that takes most of the end.
func longestTailOf(p phrase) (at int, s sighting) {
	at = len(p.words)
	for _, rule := range tails {
		for _, g := range grammars() {
			n := min(g.tail(rule, p), withName(g, rule, p))
			switch {
			case n > at || n == 0 || n == len(p.words) || p.joined(n) || governed(p, n) || !mayFollow(rule, p, n):
			case n < at:
				at, s = n, sighting{rule, []string{g.language}}
			case s.rule == rule:
				s.languages = append(s.languages, g.language)
			}
		}
	}
	return at, s
}

// withName is tail for a courtesy with a name after it: "thanks, Anna".
func withName(g *grammar, rule string, p phrase) int {
	for n := 1; n <= mostNames && n < len(p.words) && isNameWord(p, len(p.words)-n); n++ {
		from := len(p.words) - n
		if at := g.tail(rule, p.before(from)); at < from {
			return at
		}
	}
	return len(p.words)
}

// governed reports whether the word before the nth makes of the words after it a
// part of the question: "a card of thanks".
func governed(p phrase, n int) bool {
	if p.parted(n) {
		return false
	}
	before := p.words[n-1].folded
	return isAnywhere("preposition", before) || isAnywhere("determiner", before)
}

// unframe takes off frames that stand within a sentence, with the clauses that lead to
// them.
func (r *reader) unframe(p phrase) (rest phrase, leadIn string, framed bool) {
	for i := 1; i < len(p.words); i++ {
		if !p.parted(i) && !isAnywhere("join", p.words[i-1].folded) {
			continue
		}
		tail := p.from(i)
		n := frameHead(tail)
		if n == 0 || n == len(tail.words) {
			continue
		}
		before := i
		if !p.parted(i) {
			before--
		}
		leadIn = r.peel(p.before(before)).text
		rest, _, _ = r.peelHead(tail.from(n))
		inner, more, again := r.unframe(rest)
		if again {
			return inner, strings.TrimSpace(leadIn + " " + more), true
		}
		return rest, leadIn, true
	}
	return p, "", false
}

// frameHead is how many words of the beginning are a frame, or an opening that a
// question follows.
func frameHead(p phrase) int {
	most := 0
	for _, g := range grammars() {
		most = max(most, g.head("frame", p))
		if n := g.head("opening", p); n > most && n < len(p.words) && (asks(p.from(n)) || p.parted(n)) {
			most = n
		}
	}
	return most
}

// asksWithin reports whether a phrase has the words of a question in the place of what
// they ask for, as in "on commence à quelle heure", or after a mark.
func asksWithin(p phrase) bool {
	for i := range p.words {
		rest := p.from(i)
		if i > 0 && p.parted(i) && asks(rest) || slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.head("within", rest) > 0 }) {
			return true
		}
	}
	return false
}

// asks reports whether a phrase begins as questions and orders do.
func asks(p phrase) bool {
	return slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.head("asking", p) > 0 || g.is("order", p) })
}
