package converse

import (
	"strings"
	"unicode/utf8"

	"docent/rag/lang"
)

// phrase is a run of a message as grammars read it: words without the marks
// between them, what is elided and joined by a hyphen apart.
type phrase struct {
	text  string
	words []word
	// line has the words as grammars match them: each folded, without the letters
	// that somebody drew out ("mercii", "heyyy"), and with a space after it, or a
	// comma where a mark parts it from the next.
	line string
}

type word struct {
	folded     string
	start, end int
}

func newPhrase(text string) phrase {
	p := phrase{text: text}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !lang.IsWordRune(r) {
			at += size
			continue
		}
		start := at
		for at < len(text) && lang.IsWordRune(r) {
			at += size
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		if folded := strings.ReplaceAll(lang.Fold(text[start:at]), " ", ""); folded != "" {
			p.words = append(p.words, word{folded, start, at})
		}
	}
	var line strings.Builder
	for i, w := range p.words {
		line.WriteString(undrawn(w.folded))
		line.WriteByte(" ,"[btoi(p.parted(i+1))])
	}
	p.line = line.String()
	return p
}

// undrawn is a word without the repetition of its last letter: of three, or of two
// that no word ends in.
func undrawn(folded string) string {
	last := folded[len(folded)-1]
	short := strings.TrimRight(folded, string(last))
	if n := len(folded) - len(short); n > 2 && short != "" || n == 2 && strings.IndexByte("aijuyxz", last) >= 0 && len(short) > 1 {
		return short + string(last)
	}
	return folded
}

// written is what the message has from one word to before another.
func (p phrase) written(from, to int) string {
	if from >= to {
		return ""
	}
	return p.text[p.words[from].start:p.words[to-1].end]
}

// gap is what stands before the word of an index, or after the last.
func (p phrase) gap(i int) string {
	from, to := 0, len(p.text)
	if i > 0 {
		from = p.words[i-1].end
	}
	if i < len(p.words) {
		to = p.words[i].start
	}
	return p.text[from:to]
}

// parted reports whether a mark parts the word of an index from the one before,
// or nothing comes before it or after.
func (p phrase) parted(i int) bool {
	gap := p.gap(i)
	return i == 0 || i == len(p.words) || strings.ContainsAny(gap, "\n,;:.!?…–—()") || gap == " - "
}

// joined reports whether a hyphen joins the word of an index to the one before.
func (p phrase) joined(i int) bool { return i > 0 && i < len(p.words) && p.gap(i) == "-" }

// from is the phrase from the word of an index on, with a bracket or quotation mark
// that opens before it, and the marks after its end.
func (p phrase) from(i int) phrase {
	if i >= len(p.words) {
		return phrase{}
	}
	return newPhrase(p.text[len(strings.TrimRight(p.text[:p.words[i].start], "«“\"(‘")):])
}

// before is the phrase up to the word of an index, without the marks before it
// but for one that closes what was opened.
func (p phrase) before(i int) phrase {
	if i == 0 {
		return phrase{}
	}
	rest := p.text[p.words[i-1].end:]
	return newPhrase(strings.TrimSuffix(p.text, strings.TrimLeft(rest, "»”\")%€$£+#°")))
}

// capital reports whether the word of an index is written with a capital.
func (p phrase) capital(i int) bool { return lang.IsCapital(p.text[p.words[i].start:]) }
