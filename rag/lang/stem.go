package lang

import (
	"strings"
	"sync/atomic"

	"github.com/blevesearch/snowballstem"
	snowen "github.com/blevesearch/snowballstem/english"
	snowfr "github.com/blevesearch/snowballstem/french"
	snowde "github.com/blevesearch/snowballstem/german"
	snowit "github.com/blevesearch/snowballstem/italian"
	snowes "github.com/blevesearch/snowballstem/spanish"
)

// stemmers are Porter's, of snowballstem.org. They hold no state.
//
// They are given folded words: a word without its accents then has the stem
// that it has with them, and on the dev sets nothing is lost. In French they
// bring more forms of a verb together than the light stemmers of Savoy.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"fr": snowfr.Stem, "en": snowen.Stem, "de": snowde.Stem, "es": snowes.Stem, "it": snowit.Stem,
}

// Stemmed are the languages that have a stemmer.
var Stemmed = []string{"fr", "en", "de", "es", "it"}

// longestStemmed is the length, in bytes, above which a word is no word of a
// language, and stemmers would only spend time on it.
const longestStemmed = 60

// remembered is the number of stems of a language that are kept at hand for as
// long as the program runs. Stemming is most of the work of reading words, and
// nearly all words of a text have been read before.
const remembered = 1 << 15

// stems keeps what was stemmed, by the hash of the word; a word takes the place
// of another of its hash.
type stems [remembered]atomic.Pointer[stemmed]

type stemmed struct{ word, stem string }

// stemsOf are the stems kept of each language.
var stemsOf = map[string]*stems{"fr": new(stems), "en": new(stems), "de": new(stems), "es": new(stems), "it": new(stems)}

// Stem returns the stem of a folded word in a language; the word itself where
// the language is unknown.
func Stem(language, folded string) string {
	s := newStemmer(language)
	return s.find(folded)
}

// stemmer stems the words of one text.
type stemmer struct {
	rules  func(*snowballstem.Env) bool
	french bool
	env    *snowballstem.Env
	kept   *stems
}

func newStemmer(language string) stemmer {
	s := stemmer{rules: stemmers[language], french: language == "fr", kept: stemsOf[language]}
	if s.rules != nil {
		s.env = snowballstem.NewEnv("")
	}
	return s
}

// stem returns the stem of a folded word, and remembers it.
func (s *stemmer) stem(word string) string {
	if s.rules == nil || len(word) > longestStemmed {
		return word
	}
	slot := &s.kept[hash(word)%remembered]
	if known := slot.Load(); known != nil && known.word == word {
		return known.stem
	}
	word = strings.Clone(word) // the text's memory is not kept for it
	known := &stemmed{word: word, stem: s.find(word)}
	slot.Store(known)
	return known.stem
}

func (s *stemmer) find(word string) string {
	if s.rules == nil || len(word) < 3 || len(word) > longestStemmed || !isLetters(word) {
		return word
	}
	form := word
	if s.french {
		form = frenchForm(word)
	}
	s.env.SetCurrent(form)
	s.rules(s.env)
	stem := s.env.Current()
	if s.french {
		stem = frenchStem(stem)
	}
	switch {
	case stem == "":
		return word
	case strings.HasPrefix(word, stem):
		return word[:len(stem)]
	}
	return Fold(stem)
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
