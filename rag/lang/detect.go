package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

const (
	// enoughToDetect is the number of bytes of a text that are looked at: more
	// does not change the thresholds.
	enoughToDetect = 2000
	// triples is the number of words from which on letter triples tell more
	// than a small lead of function words.
	triples = 6
	// fewest is the number of words below which they tell nothing.
	fewest = 3
)

var detected = map[whatlanggo.Lang]string{
	whatlanggo.Fra: "fr", whatlanggo.Eng: "en", whatlanggo.Deu: "de", whatlanggo.Spa: "es", whatlanggo.Ita: "it",
}

var detectOptions = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
	whatlanggo.Fra: true, whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Spa: true, whatlanggo.Ita: true,
}}

// Detect returns the language of a passage or document, "" when it cannot be
// told or is none of those known. Function words decide where there are enough
// of them, and the frequencies of letter triples otherwise.
func Detect(text string) string {
	return thresholds{clear: 24, slight: 8, confidence: 0.3}.language(text)
}

// DetectQuestion returns the language of a text of a few words, where letter
// triples tell little: function words decide, then accents and the words of
// office life that people type without any grammar around them. Between
// languages that have the same words ("que", "de la"), it takes French or
// English.
func DetectQuestion(text string) string {
	return thresholds{clear: 6, slight: 2, confidence: 0.35, prior: score{french: 2, english: 2}}.language(text)
}

// thresholds are what a language must have to be taken for a text's.
type thresholds struct {
	// clear and slight are leads over the second language in points of score:
	// the first decides at once, the second where letter triples do not.
	clear, slight int
	// confidence is what letter triples must have, as whatlanggo defines it.
	confidence float64
	// prior is what each language has before anything is read.
	prior score
}

func (t thresholds) language(text string) string {
	text = FirstBytes(text, enoughToDetect)
	total, words := scoreOf(text)
	total.add(t.prior)
	best, first, second := total.leaders()
	lead := first - second
	if lead >= t.clear && 4*first >= 5*second {
		return languageNames[best]
	}
	if lead >= t.slight && words < triples {
		return languageNames[best]
	}
	if words >= fewest && (lead < t.clear || languageNames[best] != "") {
		if info := whatlanggo.DetectWithOptions(text, detectOptions); info.Confidence >= t.confidence {
			return detected[info.Lang]
		}
	}
	if lead >= t.slight {
		return languageNames[best]
	}
	return ""
}

// scoreOf adds up what the words of a text say for each language, and counts
// the words.
func scoreOf(text string) (score, int) {
	var total score
	if strings.ContainsAny(text, "¿¡") {
		total[spanish] = functionScore
	}
	words := 0
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		if start == end {
			break
		}
		at = end
		said := scoreWord(text[start:end], words == 0)
		total.add(said)
		if words == 0 {
			total.add(said) // the interrogative, of a question
		}
		words++
	}
	return total, words
}

// scoreWord returns what one word says: as a function word or common word, by
// its elision or contraction, else by its letters. The letters of a name say
// where the name is from, not the text.
func scoreWord(word string, first bool) score {
	lower := lowered(word)
	if s, ok := wordScores[lower]; ok {
		return s
	}
	if start, end := apostrophe(lower); start > 0 {
		s, ok := scoreApostrophe(lower[:start], lower[end:])
		rest := scoreWord(lower[end:], first)
		if ok {
			s.add(rest)
			return s
		}
	}
	r, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(r) && !first {
		return score{}
	}
	return scoreLetters(lower)
}

// scoreApostrophe scores what stands on the two sides of an apostrophe.
func scoreApostrophe(before, after string) (score, bool) {
	if s, ok := contractions[after]; ok {
		return s, true
	}
	if s, ok := elidedScores[before]; ok {
		return s, true
	}
	return score{}, false
}

// scoreLetters counts the letters that only some of the languages write.
func scoreLetters(lower string) score {
	var total score
	for _, r := range lower {
		if r < utf8.RuneSelf {
			continue
		}
		if s, ok := letterScores[r]; ok {
			total.add(s)
		}
	}
	return total
}
