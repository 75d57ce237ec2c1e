package converse

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// fewestContent is how many words that say something a question has that needs
// nothing of what stands before it.
const fewestContent = 2

// questions are the bare questions of the message: what is asked, with what leads
// to it where it says too little alone. Where nothing is put as a question they are
// what a frame stood before, or what is no remark, or all there is.
func (r *reader) questions() []string {
	isQuestion := r.chosen()
	var list []string
	told := ""
	for _, b := range r.bodies {
		text := b.text
		lead := strings.TrimSpace(told + " " + b.leadIn)
		switch {
		case !isQuestion(b):
			told = strings.TrimSpace(told + " " + text)
			continue
		case lead != "" && len(list) == 0 && b.asks && needsContext(text):
			text = strings.TrimRight(lead, " .,;:") + ", " + text
		default:
			text = withoutAside(text)
		}
		list, told = append(list, text), ""
	}
	if !slices.ContainsFunc(r.bodies, func(b body) bool { return b.asks }) {
		list = []string{strings.Join(list, " ")}
	}
	for i := range list {
		list[i] = capitalized(list[i])
	}
	return list
}

// chosen tells the bodies that are the question from those that lead to it.
func (r *reader) chosen() func(body) bool {
	for _, is := range []func(body) bool{
		func(b body) bool { return b.asks },
		func(b body) bool { return b.framed },
		func(b body) bool { return !b.remark },
	} {
		if slices.ContainsFunc(r.bodies, is) {
			return is
		}
	}
	return func(body) bool { return true }
}

// needsContext reports whether a question says too little to be looked up, or what
// stands before it is a condition with a figure.
func needsContext(question string) bool { return contentWords(question) < fewestContent }

// contentWords counts the words of a question that are neither grammar nor what
// every question may be about; a name is enough.
func contentWords(question string) int {
	language := lang.DetectQuestion(question)
	n := 0
	for i, w := range lang.Words(language, question) {
		if !isGrammar(language, w) {
			n++
			if i > 0 && lang.IsCapital(question[w.Start:]) {
				n = max(n, fewestContent)
			}
		}
	}
	return n
}

func isGrammar(language string, w lang.Word) bool {
	if w.Stop || lang.IsStop(language, w.Surface) || language == "" && lang.IsStopAnywhere(w.Surface) {
		return true
	}
	p := newPhrase(w.Surface)
	for _, g := range grammars() {
		if (language == "" || g.language == language) && (g.is("generic", p) || g.head("asking", p) == len(p.words)) {
			return true
		}
	}
	return false
}

// withoutAside is a question without the statement before its last comma, where
// somebody tells of themselves there and the rest says enough alone.
func withoutAside(question string) string {
	p := newPhrase(question)
	for i := len(p.words) - 1; i > 0; i-- {
		if !p.parted(i) || !asks(p.from(i)) {
			continue
		}
		before, rest := p.before(i), p.from(i)
		if tellsOfSelf(before) && !strings.ContainsFunc(before.text, unicode.IsDigit) && !needsContext(rest.text) {
			return rest.text
		}
		return question
	}
	return question
}

// tellsOfSelf reports whether a clause is about whoever writes it.
func tellsOfSelf(p phrase) bool {
	return len(p.words) > 2 && isAnywhere("self", p.words[0].folded) && !asks(p)
}

// direct is an indirect question as it is asked directly, as far as that takes no
// more than its first words: "si l'on peut" is "est-ce que l'on peut", "whether I
// can" is "can I".
func direct(p phrase) string {
	text := strings.TrimSpace(p.text)
	if len(p.words) < 2 {
		return text
	}
	rest := func(n int) string { return text[p.words[n].start-(len(p.text)-len(strings.TrimLeft(p.text, " "))):] }
	first, second := p.words[0].folded, p.words[1].folded
	switch {
	case first == "si" || first == "s" && (second == "il" || second == "ils"):
		return "Est-ce " + elided("que", rest(1))
	case first == "ce" && second == "que" || first == "ce" && second == "qu":
		return "Qu'est-ce " + text[p.words[1].start:]
	case first == "ce" && second == "qui":
		return "Qu'est-ce " + rest(1)
	case first == "if" || first == "whether":
		if len(p.words) > 3 && isAnywhere("subject", second) && isAnywhere("auxiliary", p.words[2].folded) {
			return p.written(2, 3) + " " + p.written(1, 2) + " " + rest(3)
		}
		return rest(1)
	case first == "that" || first == "que" && (isAnywhere("determiner", second) || isAnywhere("subject", second)):
		return rest(1)
	}
	return text
}

func elided(word, next string) string {
	r, _ := utf8.DecodeRuneInString(lang.Fold(next))
	if strings.ContainsRune("aeiouh", r) {
		return strings.TrimSuffix(word, "e") + "'" + next
	}
	return word + " " + next
}

func capitalized(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if unicode.IsLower(r) {
		return string(unicode.ToUpper(r)) + s[size:]
	}
	return s
}
