package lang

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
)

// stemmers are the light stemmers of Savoy ("Light Stemming Approaches for the
// French, Portuguese, German and Hungarian Languages", 2006), and Porter's for
// English. They hold no state.
var stemmers = map[string]analysis.TokenFilter{
	"fr": fr.NewFrenchLightStemmerFilter(),
	"en": porter.NewPorterStemmer(),
	"de": de.NewGermanLightStemmerFilter(),
	"es": es.NewSpanishLightStemmerFilter(),
	"it": it.NewItalianLightStemmerFilterFilter(),
}

// longestStemmed is the length, in bytes, above which a word is no word of a
// language, and stemmers would only spend time on it.
const longestStemmed = 60

// stem returns the folded stem of a lower-case word with its accents; folded
// is the word already folded.
func stem(language, lower, folded string) string {
	filter, ok := stemmers[language]
	if !ok || len(lower) > longestStemmed || !hasLetter(folded) {
		return folded
	}
	token := analysis.Token{Term: []byte(lower)}
	filter.Filter(analysis.TokenStream{&token})
	if len(token.Term) == 0 {
		return folded
	}
	return Fold(string(token.Term))
}

func hasLetter(folded string) bool {
	for i := range len(folded) {
		if c := folded[i]; c >= 'a' && c <= 'z' || c >= 0x80 {
			return true
		}
	}
	return false
}
