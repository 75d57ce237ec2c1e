package eval

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"docent/rag/lang"
)

// fold reduces a text to lower case without accents.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("œ", "oe", "’", "'").Replace(s)
	decomposed := norm.NFD.String(s)
	return strings.Map(func(r rune) rune {
		if norm.NFD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, decomposed)
}

// articles are what the normal form of an answer leaves out.
var articles = lang.WordSet("l d le la les un une des du de the a an der die das el los las il lo gli")

// normalizeAnswer is the form in which answers are compared: folded, without articles
// and, but for what belongs to numbers and elisions, without punctuation. It
// is the normal form of SQuAD (Rajpurkar et al., 2016) for more languages.
func normalizeAnswer(s string) string {
	s = wordOrSign.ReplaceAllStringFunc(fold(s), func(t string) string {
		isWord := strings.ContainsFunc(t, inWord)
		if articles[strings.TrimSuffix(t, "'")] || !isWord && !strings.Contains("%€$.,'", t) {
			return " "
		}
		return t
	})
	return strings.Trim(strings.Join(strings.Fields(s), " "), " .,'")
}

// wordOrSign is a word with the apostrophe of an elision, or a single sign.
var wordOrSign = regexp.MustCompile(`[\pL\pN_]+'?|.`)

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// tokenF1 is the F1 of the words of two normal forms, each word as often as
// it occurs.
func tokenF1(a, b string) float64 {
	counts := make(map[string]int)
	inA, inB := strings.Fields(a), strings.Fields(b)
	for _, w := range inA {
		counts[w]++
	}
	common := 0
	for _, w := range inB {
		if counts[w] > 0 {
			counts[w]--
			common++
		}
	}
	if common == 0 {
		return 0
	}
	return 2 * float64(common) / float64(len(inA)+len(inB))
}
