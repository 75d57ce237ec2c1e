package read

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner says whether the hyphen at the end of a line belongs to the word that
// the line cuts: not in "dévelop-pement", but in "vélo-boulot".
type joiner struct {
	// seen counts words, with hyphens or without, of those in question.
	seen map[string]int
}

// newJoiner counts how the words that are cut somewhere stand elsewhere.
func newJoiner(lines []pdfLine) joiner {
	j := joiner{seen: make(map[string]int)}
	for i, l := range lines {
		if !l.hyphen {
			continue
		}
		for _, next := range lines[i+1 : min(i+4, len(lines))] {
			left, right := tail(l.text), head(next.text)
			for _, word := range []string{left + right, left + "-" + right, left, right} {
				j.seen[strings.ToLower(word)] = 0
			}
		}
	}
	if len(j.seen) == 0 {
		return j
	}
	for i, l := range lines {
		j.count(l, i > 0 && lines[i-1].hyphen)
	}
	return j
}

// count counts the words of a line that are whole.
func (j joiner) count(l pdfLine, cut bool) {
	text := l.text
	if l.hyphen {
		text = text[:len(text)-len(tail(text))]
	}
	if cut {
		text = text[len(head(text)):]
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !inWord(r) }) {
		if n, there := j.seen[word]; there {
			j.seen[word] = n + 1
		}
	}
}

func inWord(r rune) bool { return r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// tail is the part of a word at the end of a text.
func tail(text string) string {
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !inWord(r) })+1:]
}

// head is the part of a word at the start of a text.
func head(text string) string {
	if n := strings.IndexFunc(text, func(r rune) bool { return !inWord(r) }); n >= 0 {
		return text[:n]
	}
	return text
}

// keeps reports whether the hyphen between two lines is the word's own.
func (j joiner) keeps(line, next string) bool {
	left, right := tail(line), head(next)
	first, _ := utf8.DecodeRuneInString(right)
	last, _ := utf8.DecodeLastRuneInString(left)
	if left == "" || !unicode.IsLower(first) || unicode.IsDigit(last) {
		return true
	}
	left, right = strings.ToLower(left), strings.ToLower(right)
	joined, hyphened := j.seen[left+right], j.seen[left+"-"+right]
	switch {
	case joined != hyphened:
		return hyphened > joined
	case isEnclitic(left, right):
		return true
	}
	// Of two words that are never seen as one, the hyphen makes one: "long-term".
	return joined == 0 && len(left) > 3 && len(right) > 3 && j.seen[left] > 0 && j.seen[right] > 0
}

// isEnclitic reports whether French puts a hyphen between two words: "peut-il",
// "vous-même", "ci-dessus".
func isEnclitic(left, right string) bool {
	switch right {
	case "il", "ils", "elle", "elles", "on":
		return strings.HasSuffix(left, "t") || strings.HasSuffix(left, "d")
	case "même", "mêmes", "vous", "nous":
		return true
	case "dessus", "dessous", "après", "avant", "contre", "joint", "jointe", "joints", "jointes":
		return left == "ci" || left == "là" || left == "au" || left == "par"
	}
	return false
}
