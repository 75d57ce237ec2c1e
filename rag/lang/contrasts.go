package lang

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed fr/contrasts.txt
var frenchContrasts string

//go:embed en/contrasts.txt
var englishContrasts string

// Contrast is a word or phrase that takes a side in what is so or otherwise.
type Contrast struct {
	// Axis is what there are sides in and Pole the side, the same in all languages;
	// the poles "+" and "-" are opposites.
	Axis, Pole string
	// Strict is set where a side is said of its own: what does not take it says less.
	Strict bool
	// First and Last are its first and last word.
	First, Last int
}

type contrastPhrase struct {
	Contrast
	words []Word
}

var contrastsOf = map[string]func() map[string][]contrastPhrase{
	"fr": sync.OnceValue(func() map[string][]contrastPhrase { return readContrasts("fr", frenchContrasts) }),
	"en": sync.OnceValue(func() map[string][]contrastPhrase { return readContrasts("en", englishContrasts) }),
}

// readContrasts reads a list by the first word of each phrase, and by its stem with
// a hyphen where all forms of a word will do.
func readContrasts(language, list string) map[string][]contrastPhrase {
	table := make(map[string][]contrastPhrase)
	for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
		head, phrases, _ := strings.Cut(line, ": ")
		axis, pole, ok := strings.Cut(head, " ")
		if !ok || axis == "#" {
			continue
		}
		axis, strict := strings.CutPrefix(axis, "!")
		for phrase := range strings.SplitSeq(phrases, " | ") {
			p := contrastPhrase{Contrast{Axis: axis, Pole: pole, Strict: strict}, Unelided(language, phrase)}
			table[p.words[0].Surface] = append(table[p.words[0].Surface], p)
			if len(p.words) == 1 && !strict && !p.words[0].Stop && (pole == "+" || pole == "-") {
				table["-"+p.words[0].Stem] = append(table["-"+p.words[0].Stem], p)
			}
		}
	}
	return table
}

// Contrasts finds the sides that words take, as Unelided has them. Of phrases that
// lie in one another the longer counts.
func Contrasts(language string, words []Word) []Contrast {
	of, ok := contrastsOf[language]
	if !ok {
		return nil
	}
	var found []Contrast
	for i, w := range words {
		list := of()[w.Surface]
		if strings.HasSuffix(w.Surface, "n't") {
			list = of()["not"]
		}
		if list == nil && !w.Stop {
			list = of()["-"+w.Stem]
		}
		for _, p := range list {
			n := len(p.words)
			if i+n > len(words) || n > 1 && !slices.EqualFunc(p.words, words[i:i+n], func(a, b Word) bool { return a.Surface == b.Surface }) {
				continue
			}
			if p.Axis == "except" && i+n < len(words) && isNumeral(language, words[i+n].Surface) {
				continue // "à moins de 10" bounds a figure
			}
			c := p.Contrast
			c.First, c.Last = i, i+n-1
			if !slices.ContainsFunc(found, func(o Contrast) bool {
				return o.First <= c.First && o.Last >= c.Last && (o.Last-o.First > n-1 || o.Axis == c.Axis)
			}) {
				found = append(slices.DeleteFunc(found, func(o Contrast) bool { return o.First >= c.First && o.Last <= c.Last && o.Last-o.First < n-1 }), c)
			}
		}
	}
	return found
}

func isNumeral(language, word string) bool {
	n, ok := numberWordsOf(language)[word]
	return ok && !n.weak && !n.joins || IsDigit(word[0])
}

// elidedWords are what French leaves of words before an apostrophe, and the words.
var elidedWords = map[string]string{"n": "ne", "qu": "que", "d": "de", "l": "le", "s": "se", "jusqu": "jusque", "c": "ce", "lorsqu": "lorsque", "puisqu": "puisque"}

// Unelided are the words of a text with those that are elided before others, in
// full.
func Unelided(language, text string) []Word {
	var all []Word
	end := 0
	for _, w := range Words(language, text) {
		before := text[end:w.Start]
		for n := strings.IndexAny(before, "'’"); n >= 0; n = strings.IndexAny(before, "'’") {
			piece := strings.TrimSpace(before[:n])
			if at := strings.LastIndexFunc(piece, func(r rune) bool { return !IsWordRune(r) }); at >= 0 {
				piece = piece[at+1:]
			}
			if full, ok := elidedWords[lowered(piece)]; ok {
				at := w.Start - len(before)
				all = append(all, Word{Surface: full, Stem: full, Start: at, End: at, Stop: true})
			}
			before = before[n+1:]
		}
		all = append(all, w)
		end = w.End
	}
	return all
}
