package converse

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// fewestContent is how many words that say something a question has that needs
// nothing of what stands before it.
const fewestContent = 2

// put is how the question of the message is put.
func (r *reader) put() manner {
	return slices.MaxFunc(r.bodies, func(a, b body) int { return cmp.Compare(a.put, b.put) }).put
}

// questions are the bare questions of the message: what is asked, with what leads
// to it where it says too little alone. Where nothing is put as a question they are
// what a frame stood before, or what is no remark, or all there is.
func (r *reader) questions() []string {
	put := r.put()
	var list []string
	told := ""
	for _, b := range r.bodies {
		text := b.text
		lead := strings.TrimSpace(told + " " + b.leadIn)
		switch {
		case b.put != put:
			told = strings.TrimSpace(told + " " + text)
			continue
		case lead != "" && len(list) == 0 && put == asked && needsContext(text):
			text = strings.TrimRight(lead, " .,;:") + ", " + text
		default:
			text = withoutAside(text)
		}
		list, told = append(list, capitalized(text)), ""
	}
	if put != asked {
		return []string{strings.Join(list, " ")}
	}
	return list
}

// needsContext reports whether a question says too little to be looked up. A name is
// enough.
func needsContext(question string) bool {
	words := contentWords(lang.DetectQuestion(question), question)
	return len(words) < fewestContent && !slices.ContainsFunc(words, func(w lang.Word) bool { return isName(question, w) })
}

// contentWords are the words of a question that are neither grammar nor what every
// question may be about.
func contentWords(language, question string) []lang.Word {
	return slices.DeleteFunc(lang.Words(language, question), func(w lang.Word) bool {
		if w.Stop || language == "" && lang.IsStopAnywhere(w.Surface) {
			return true
		}
		p := newPhrase(w.Surface)
		return slices.ContainsFunc(grammars(), func(g *grammar) bool {
			return (language == "" || g.language == language) && (g.is("generic", p) || g.head("asking", p) == len(p.words))
		})
	})
}

// isName reports whether a word of a question that does not begin it has a capital.
func isName(question string, w lang.Word) bool {
	return w.Start > 0 && lang.IsCapital(question[w.Start:])
}

// withoutAside is a question without the statement before its last comma, where
// somebody tells of themselves there and the rest says enough alone.
func withoutAside(question string) string {
	p := newPhrase(question)
	for i := len(p.words) - 1; i > 2; i-- {
		if before, rest := p.before(i), p.from(i); p.parted(i) && asks(rest) {
			if begins("self", p) && !asks(before) && !strings.ContainsFunc(before.text, unicode.IsDigit) && !needsContext(rest.text) {
				return rest.text
			}
			return question
		}
	}
	return question
}

// direct is an indirect question as it is asked directly, as far as that takes no
// more than its first words: "si l'on peut" is "est-ce que l'on peut", "whether I
// can" is "can I".
func direct(p phrase) string {
	if len(p.words) < 2 {
		return strings.TrimSpace(p.text)
	}
	rest := p.text[p.words[1].start:]
	second := p.words[1].folded
	subject := isAnywhere("subject", second)
	switch first := p.words[0].folded; {
	case first == "si" || first == "s" && (second == "il" || second == "ils"):
		if strings.ContainsRune("aeiouh", rune(lang.Fold(rest)[0])) {
			return "Est-ce qu'" + rest
		}
		return "Est-ce que " + rest
	case first == "ce" && strings.HasPrefix(second, "qu"):
		return "Qu'est-ce " + rest
	case (first == "if" || first == "whether") && len(p.words) > 3 && subject && isAnywhere("auxiliary", p.words[2].folded):
		return p.written(2, 3) + " " + p.written(1, 2) + " " + p.text[p.words[3].start:]
	case first == "if" || first == "whether" || first == "that" || first == "que" && (isAnywhere("determiner", second) || subject):
		return rest
	}
	return strings.TrimSpace(p.text)
}

func capitalized(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if unicode.IsLower(r) {
		return string(unicode.ToUpper(r)) + s[size:]
	}
	return s
}
