package lang

import (
	"strings"

	"github.com/abadojack/whatlanggo"
)

// enoughToDetect is the number of bytes of a text that are looked at: more
// does not change the verdict.
const enoughToDetect = 2000

var detected = map[whatlanggo.Lang]string{
	whatlanggo.Fra: "fr", whatlanggo.Eng: "en", whatlanggo.Deu: "de", whatlanggo.Spa: "es", whatlanggo.Ita: "it",
}

var detectOptions = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
	whatlanggo.Fra: true, whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Spa: true, whatlanggo.Ita: true,
}}

// Detect returns the language of a passage or document, "" when it cannot be
// told. Function words decide where there are enough of them, and the
// frequencies of letter triples otherwise.
func Detect(text string) string {
	if len(text) > enoughToDetect {
		text = strings.ToValidUTF8(text[:enoughToDetect], "")
	}
	if language, clear := byFunctionWords(text, 4); clear {
		return language
	}
	info := whatlanggo.DetectWithOptions(text, detectOptions)
	if len(strings.Fields(text)) < 4 || info.Confidence < 0.3 {
		return DetectQuestion(text)
	}
	return detected[info.Lang]
}

// DetectQuestion returns the language of a text of a few words, where letter
// triples tell little and function words nearly all.
func DetectQuestion(text string) string {
	if language, clear := byFunctionWords(text, 1); clear {
		return language
	}
	if language := byLetters(text); language != "" {
		return language
	}
	info := whatlanggo.DetectWithOptions(text, detectOptions)
	if info.Confidence < 0.2 || len(strings.Fields(text)) < 3 {
		return ""
	}
	return detected[info.Lang]
}

// functionWords are frequent words that mark a language; a word of several
// languages counts for each and so decides nothing.
var functionWords = map[string]map[string]bool{
	"fr": wordSet("le la les l un une des du de d et est sont dans en au aux que qui quoi quel quelle quels quelles pour par sur avec " +
		"pas ne ce cette ces il elle ils elles nous vous on se son sa ses leur leurs ou où comment combien pourquoi quand faut doit peut " +
		"été être avoir ont à chez je j y"),
	"en": wordSet("the a an of and is are was were in on at to for by with from that this these those it its he she they we you i " +
		"not no be been has have had do does did what which who whom whose where when why how many much can could should must will would or as if there my your our their"),
	"de": wordSet("der die das den dem des ein eine einer einem einen und ist sind war waren in im am zu zum zur für von mit nicht " +
		"auf wer was wann wo wie warum welche welcher welches wird werden hat haben findet ich sie wir es bei nach"),
	"es": wordSet("el la los las un una de del y es son en al que quién qué cuál cuáles para por con no se su sus cómo cuánto cuántos " +
		"cuándo dónde ha han está están fue como más lo"),
	"it": wordSet("il lo la i gli le un uno una di del della dei delle e è sono in nel nella al alla che chi quale quali per con non " +
		"si suo sua come quanto quanti quando dove ha hanno perché più da dal dalla"),
}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// byFunctionWords counts the function words of each language; the verdict is
// clear when the first leads the second by at least lead.
func byFunctionWords(text string, lead int) (string, bool) {
	counts := make(map[string]int, len(functionWords))
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isWordRune(r) }) {
		for language, set := range functionWords {
			if set[w] {
				counts[language]++
			}
		}
	}
	best, first, second := "", 0, 0
	for _, language := range []string{"fr", "en", "de", "es", "it"} {
		switch n := counts[language]; {
		case n > first:
			best, first, second = language, n, first
		case n > second:
			second = n
		}
	}
	return best, first-second >= lead
}

// letters that one of the languages writes and the others do not.
var letters = map[string]string{"fr": "çêœëîôûàèù", "de": "äöüß", "es": "ñ¿¡"}

func byLetters(text string) string {
	text = strings.ToLower(text)
	var found string
	for _, language := range []string{"fr", "de", "es"} {
		if strings.ContainsAny(text, letters[language]) {
			if found != "" {
				return ""
			}
			found = language
		}
	}
	if found == "" && strings.ContainsAny(text, "é") {
		return "fr"
	}
	return found
}
