package lang

import (
	"strings"

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

// remembered is the number of stems that a stemmer keeps at hand. Half the
// words of a passage come again within it, and stemming is most of the work.
const remembered = 128

// stemmer stems the words of one text.
type stemmer struct {
	filter analysis.TokenFilter
	french bool
	token  analysis.Token
	stream analysis.TokenStream
	form   []byte
	recent *[remembered]stemmed
}

type stemmed struct{ raw, stem string }

func newStemmer(language string) stemmer {
	s := stemmer{filter: stemmers[language], french: language == "fr"}
	if s.filter != nil {
		s.stream = make(analysis.TokenStream, 1)
		s.recent = new([remembered]stemmed)
	}
	return s
}

// stem returns the folded stem of a word; surface is the word folded.
func (s *stemmer) stem(raw, surface string) string {
	if s.filter == nil || len(raw) < 3 || len(raw) > longestStemmed || !isLetters(surface) {
		return surface
	}
	slot := &s.recent[hash(raw)%remembered]
	if slot.raw != raw {
		*slot = stemmed{raw: raw, stem: s.find(raw, surface)}
	}
	return slot.stem
}

func (s *stemmer) find(raw, surface string) string {
	s.form = appendLower(s.form[:0], raw)
	if s.french {
		s.form = frenchForm(s.form, surface)
	}
	s.token.Term = s.form
	s.stream[0] = &s.token
	s.filter.Filter(s.stream)
	stem := s.token.Term
	switch {
	case len(stem) == 0:
		return surface
	case strings.HasPrefix(surface, string(stem)):
		return surface[:len(stem)]
	}
	return Fold(string(stem))
}

// isLetters reports whether a folded word is letters alone, with an
// apostrophe at most: a code or a number has no stem.
func isLetters(surface string) bool {
	for i := range len(surface) {
		if c := surface[i]; c < 0x80 && (c < 'a' || c > 'z') && c != '\'' {
			return false
		}
	}
	return true
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
