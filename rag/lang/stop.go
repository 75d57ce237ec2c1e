package lang

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
)

// stopWords holds the folded stop words of each language.
var stopWords = map[string]map[string]bool{
	"fr": stopList(fr.FrenchStopWords, "les plus etre comme cette cet si tout tous toute toutes aussi ainsi donc or ni car dont ou "+
		"y a est sont fait tres entre sans sous chez vers lors celui celle ceux celles"),
	"en": stopList(en.EnglishStopWords, "also will can may shall upon us its within s t"),
	"de": stopList(de.GermanStopWords, ""),
	"es": stopList(es.SpanishStopWords, ""),
	"it": stopList(it.ItalianStopWords, ""),
}

// meaningful are stop words of one sense that say something in another:
// "été" is "been" and "summer".
var meaningful = []string{"ete"}

// stopList reads a list and adds the function words that it leaves out.
func stopList(list []byte, more string) map[string]bool {
	words := analysis.NewTokenMap()
	// The list is compiled in, and reading from memory does not fail.
	_ = words.LoadBytes(list)
	folded := wordSet(more)
	for w := range words {
		folded[Fold(w)] = true
	}
	for _, w := range meaningful {
		delete(folded, w)
	}
	return folded
}

func isStop(language, folded string) bool { return stopWords[language][folded] }
