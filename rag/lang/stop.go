package lang

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
)

// stopWords holds the folded stop words of each language: a published list,
// the function words that it leaves out, less the words that say something in
// another sense. Negations are stop words: nearly every passage has one, and
// what is negated decides.
var stopWords = map[string]map[string]bool{
	// "été" is "been" and "summer", "avions" "had" and "aeroplanes", "sommes"
	// "are" and "sums"; "sans solde" is not "solde".
	"fr": stopList(fr.FrenchStopWords, "les plus etre comme cette cet si tout tous toute toutes aussi ainsi donc ni car dont ou "+
		"y a est sont fait tres entre sous chez vers lors celui celle ceux celles",
		"ete etes avions sommes sans"),
	// "May" is a month.
	"en": stopList(en.EnglishStopWords, "also will can shall upon us its within s t eg ie", ""),
	// "Findet statt" is "takes place".
	"de": stopList(de.GermanStopWords, "findet fand finden statt gibt gab", ""),
	"es": stopList(es.SpanishStopWords, "", ""),
	"it": stopList(it.ItalianStopWords, "", ""),
}

// IsStop reports whether a folded word is a stop word of the language.
func IsStop(language, folded string) bool { return stopWords[language][folded] }

// stopList reads a list, adds words to it and takes words out.
func stopList(list []byte, more, less string) map[string]bool {
	words := analysis.NewTokenMap()
	// The list is compiled in, and reading from memory does not fail.
	_ = words.LoadBytes(list)
	folded := WordSet(more)
	for w := range words {
		folded[Fold(w)] = true
	}
	for w := range strings.FieldsSeq(less) {
		delete(folded, w)
	}
	return folded
}

// IsStopAnywhere reports whether a language has the folded word as a stop
// word, since nothing tells the language of a phrase.
func IsStopAnywhere(word string) bool {
	return slices.ContainsFunc(Stemmed, func(l string) bool { return IsStop(l, word) })
}
