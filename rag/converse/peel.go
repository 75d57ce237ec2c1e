package converse

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// reader takes a message apart into bodies and what stands around them.
type reader struct {
	bodies []body
	seen   []sighting
}

// body is a sentence without what stood around it.
type body struct {
	text string
	// whole has the frame that was taken off: "tell me a joke".
	whole string
	put   manner
	// leadIn says what somebody does or has before asking: "my badge is lost, ".
	leadIn string
}

// manner is how a body is put, those later that are sooner the question of a message:
// as a statement about somebody or about what was said, as words, after a frame ("tell
// me …"), as a question or an order.
type manner int

const (
	remarked manner = iota
	worded
	framed
	asked
)

// sighting is a courtesy that was taken off.
type sighting struct {
	rule string
	// languages are those that have it.
	languages []string
}

// read takes the sentences of a message apart. What follows thanks or a farewell at
// the end of a message is a signature.
func (r *reader) read(message string) {
	closed := false
	for line := range strings.Lines(message) {
		if strings.TrimSpace(line) == "--" {
			return // the signature of a mail
		}
		for _, s := range lang.Sentences(line) {
			p := newPhrase(strings.TrimSpace(line[s.Start:s.End]))
			if len(p.words) == 0 || closed && len(r.bodies) > 0 && isSignature(p) {
				continue
			}
			seen := len(r.seen)
			if b := r.peel(p); b.text != "" {
				r.bodies, closed = append(r.bodies, b), false
				continue
			}
			closed = closed || slices.ContainsFunc(r.seen[seen:], func(s sighting) bool { return s.rule == "thanks" || s.rule == "farewell" })
		}
	}
}

// longestSignature is the number of words of a line of a signature.
const longestSignature = 8

func isSignature(p phrase) bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return len(p.words) <= longestSignature && !isQuestion(p.text) && !asks(p) && !unicode.IsLower(r)
}

func isQuestion(text string) bool { return strings.ContainsAny(text, "?？") }

// peel takes off a sentence what stands around its body.
func (r *reader) peel(p phrase) body {
	question := isQuestion(p.text)
	p = r.peelTail(p)
	p, leadIn, isFramed := r.unframe(p)
	whole := ""
	if !isFramed {
		p, whole, isFramed = r.peelHead(p, free)
	}
	if at := afterColon(p); at > 0 {
		leadIn, p = strings.TrimSpace(leadIn+" "+p.before(at).text), p.from(at)
	}
	if len(p.words) == 0 || r.isCourtesy(p) {
		return body{}
	}
	b := body{text: p.text, whole: whole, leadIn: leadIn, put: worded}
	if isFramed {
		b.text, b.put = direct(p), framed
	}
	switch {
	case question || asks(p) || asksWithin(p):
		b.put = asked
	case !isFramed && isRemark(p):
		b.put = remarked
	}
	b.text = strings.TrimRight(b.text, " .")
	if question && !isQuestion(b.text) {
		b.text = endsAsQuestion(grammarOf(lang.DetectQuestion(p.text), "en"), b.text)
	}
	return b
}

// afterColon is where a question begins after a colon, where somebody tells of
// themselves before it; 0 where none does.
func afterColon(p phrase) int {
	for i := 3; i < len(p.words) && begins("self", p) && !asks(p); i++ {
		if strings.HasPrefix(strings.TrimLeft(p.gap(i), " \u00a0\u202f"), ": ") {
			return i
		}
	}
	return 0
}

// isRemark reports whether words state something: of somebody, or of what is named.
func isRemark(p phrase) bool {
	isClause := slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.is("clause", p) })
	return begins("remark", p) || isClause && begins("determiner", p)
}

// longest is the courtesy that takes most words of a phrase, by the number that a rule
// of a language takes.
func longest(rules []string, length func(g *grammar, rule string) int) (most int, s sighting) {
	for _, rule := range rules {
		for _, g := range grammars() {
			switch n := length(g, rule); {
			case n > most:
				most, s = n, sighting{rule, []string{g.language}}
			case n == most && n > 0 && s.rule == rule:
				s.languages = append(s.languages, g.language)
			}
		}
	}
	return most, s
}

// free are the courtesies that may stand before a question at once, the others only
// with a mark after them, since "right" and "so" may begin it too.
var free = []string{"frame", "greeting", "opening", "please"}

// peelHead takes courtesies and frames off the beginning, those that are free or end
// with a mark, and reports whether a frame was among them. whole is the phrase with
// the first frame.
func (r *reader) peelHead(p phrase, free []string) (rest phrase, whole string, isFramed bool) {
	for len(p.words) > 0 {
		n, s := longestHead(p, free)
		if n == 0 && len(r.seen) > 0 && isAnywhere("conjunction", p.words[0].folded) {
			if n, s = longestHead(p.from(1), free); n > 0 {
				n++ // "please and thank you"
			}
		}
		if n == 0 {
			break
		}
		if s.rule == "frame" {
			isFramed, whole = true, cmp.Or(whole, p.text)
		} else {
			n = addressed(p, n, s.rule)
		}
		r.seen = append(r.seen, s)
		p = p.from(n)
	}
	return p, cmp.Or(whole, p.text), isFramed
}

func longestHead(p phrase, free []string) (int, sighting) {
	return longest(courtesies, func(g *grammar, rule string) int {
		n := g.head(rule, p)
		if p.joined(n) || !slices.Contains(free, rule) && !p.parted(n) {
			return 0
		}
		return n
	})
}

// isCourtesy reports whether the phrase is courtesies one after the other, and notes
// them.
func (r *reader) isCourtesy(p phrase) bool {
	seen := len(r.seen)
	rest, _, _ := r.peelHead(p, courtesies)
	if len(rest.words) > 0 {
		r.seen = r.seen[:seen]
	}
	return len(rest.words) == 0
}

// tails are what may stand after a question: after a mark or with a capital, "please"
// and "thanks" without.
var tails = []string{"please", "thanks", "farewell", "greeting", "apology", "urgent", "frame"}

// peelTail takes courtesies off the end.
func (r *reader) peelTail(p phrase) phrase {
	for len(p.words) > 0 {
		n, s := longest(tails, func(g *grammar, rule string) int {
			at := min(g.tail(rule, p), withName(g, rule, p))
			if at == 0 || p.joined(at) || governed(p, at) || !mayFollow(rule, p, at) {
				return 0
			}
			return len(p.words) - at
		})
		if n == 0 {
			break
		}
		r.seen = append(r.seen, s)
		at := len(p.words) - n
		if isAnywhere("conjunction", p.words[at-1].folded) {
			at--
		}
		p = p.before(at)
	}
	return p
}

func mayFollow(rule string, p phrase, n int) bool {
	return p.parted(n) || rule == "please" || rule == "thanks" || p.capital(n) && !p.capital(n-1)
}

// governed reports whether the word before the nth makes of the words after it a
// part of the question: "a card of thanks".
func governed(p phrase, n int) bool {
	before := p.words[n-1].folded
	return !p.parted(n) && (isAnywhere("preposition", before) || isAnywhere("determiner", before))
}

// mostNames is how many words a name has at most that somebody is called by.
const mostNames = 4

// withName is tail for a courtesy with a name after it: "thanks, Anna".
func withName(g *grammar, rule string, p phrase) int {
	for from := len(p.words) - 1; from > 0 && from >= len(p.words)-mostNames && isNamePart(p, from); from-- {
		if at := g.tail(rule, p.before(from)); at < from {
			return at
		}
	}
	return len(p.words)
}

// addressed is the number of words of a courtesy with whom it is said to: a name that
// ends with a mark or before a question.
func addressed(p phrase, n int, rule string) int {
	if more := headOf("addressee", p.from(n)); more > 0 && !p.joined(n+more) && (rule == "greeting" || p.parted(n+more)) {
		return n + more
	}
	for end := n; end < len(p.words) && end-n < mostNames && isNamePart(p, end); {
		end++
		if p.parted(end) || asks(p.from(end)) {
			return end
		}
	}
	return n
}

// unframe takes off the last frame that stands within a sentence, with the clauses
// that lead to it.
func (r *reader) unframe(p phrase) (rest phrase, leadIn string, isFramed bool) {
	for i := len(p.words) - 1; i > 0; i-- {
		before := i
		if !p.parted(i) {
			if before--; !isAnywhere("join", p.words[before].folded) {
				continue
			}
		}
		tail := p.from(i)
		if n := frameHead(tail); n > 0 && n < len(tail.words) {
			rest, _, _ = r.peelHead(tail.from(n), free)
			return rest, r.peel(p.before(before)).text, true
		}
	}
	return p, "", false
}

// frameHead is how many words of the beginning are a frame, or an opening that a
// question follows.
func frameHead(p phrase) int {
	n := headOf("opening", p)
	if n == len(p.words) || n > 0 && !asks(p.from(n)) && !p.parted(n) {
		n = 0
	}
	return max(n, headOf("frame", p))
}

// asksWithin reports whether a phrase has the words of a question in the place of what
// they ask for, as in "on commence à quelle heure", or after a mark.
func asksWithin(p phrase) bool {
	for i := range p.words {
		if rest := p.from(i); i > 0 && p.parted(i) && asks(rest) || begins("within", rest) {
			return true
		}
	}
	return false
}

// asks reports whether a phrase begins as questions and orders do.
func asks(p phrase) bool {
	return begins("asking", p) || slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.is("order", p) })
}
