package lang

import (
	"slices"
	"strings"
)

// The languages that detection tells apart. Portuguese and Dutch are here so
// that they are not taken for Spanish and German: their name is "".
const (
	french = iota
	english
	german
	spanish
	italian
	portuguese
	dutch
	languageCount
)

var (
	languageCodes = []string{"fr", "en", "de", "es", "it", "pt", "nl"}
	languageNames = [languageCount]string{"fr", "en", "de", "es", "it", "", ""}
)

// score is what speaks for each language.
type score [languageCount]int

func (s *score) add(t score) {
	for i := range s {
		s[i] += t[i]
	}
}

// leaders returns the first language with its score and that of the second.
func (s *score) leaders() (best, first, second int) {
	for i, n := range s {
		switch {
		case n > first:
			best, first, second = i, n, first
		case n > second:
			second = n
		}
	}
	return best, first, second
}

const (
	functionScore    = 12
	commonScore      = 6
	contractionScore = 12
)

// wordScores shares a word's score among the languages that have it.
var wordScores = scoreWords()

func scoreWords() map[string]score {
	scores := make(map[string]score)
	for _, of := range []struct {
		file   string
		points int
	}{{"function", functionScore}, {"office", commonScore}} {
		written := make(map[string][]int)
		for _, list := range wordLists(of.file) {
			for _, w := range list.words {
				if _, known := scores[w]; !known {
					written[w] = append(written[w], slices.Index(languageCodes, list.key))
				}
			}
		}
		for w, languages := range written {
			var s score
			for _, language := range languages {
				s[language] = of.points / len(languages)
			}
			scores[w] = s
		}
	}
	return scores
}

// contractions are what English writes after an apostrophe.
var contractions = scoreList(english, "s t re ve ll d m", contractionScore)

// elidedScores are what French and Italian write before one.
var elidedScores = scoreElided()

func scoreElided() map[string]score {
	scores := scoreList(french, "j n qu jusqu lorsqu puisqu quoiqu quelqu aujourd presqu", contractionScore)
	for w, s := range scoreList(italian, "dell all nell sull dall quell un com dov cos", contractionScore) {
		scores[w] = s
	}
	for w := range strings.FieldsSeq("l d c s m t") {
		var s score
		s[french], s[italian] = contractionScore/2, contractionScore/4
		scores[w] = s
	}
	return scores
}

func scoreList(language int, words string, points int) map[string]score {
	scores := make(map[string]score)
	for w := range strings.FieldsSeq(words) {
		var s score
		s[language] = points
		scores[w] = s
	}
	return scores
}

// letterScores are the letters that only some of the languages write.
var letterScores = map[rune]score{
	'ç': {french: 4, portuguese: 4}, 'œ': {french: 6}, 'ê': {french: 4, portuguese: 2}, 'î': {french: 6}, 'û': {french: 6}, 'ë': {french: 2},
	'ï': {french: 3}, 'â': {french: 3, portuguese: 2}, 'ô': {french: 3, portuguese: 2}, 'é': {french: 5, spanish: 1}, 'è': {french: 4, italian: 2},
	'à': {french: 3, italian: 3}, 'ù': {french: 2, italian: 4}, 'ì': {italian: 6}, 'ò': {italian: 6},
	'ñ': {spanish: 6}, 'á': {spanish: 4, portuguese: 2}, 'í': {spanish: 4, portuguese: 2}, 'ó': {spanish: 4, portuguese: 2}, 'ú': {spanish: 4, portuguese: 1},
	'ã': {portuguese: 6}, 'õ': {portuguese: 6}, 'ß': {german: 6}, 'ä': {german: 6}, 'ö': {german: 6}, 'ü': {german: 5, spanish: 1},
}
