package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// Agreement is how two statements stand to each other.
type Agreement int

const (
	// Unlike statements speak of different things, or of one in other words.
	Unlike Agreement = iota
	// Copies have the same words.
	Copies
	// Alike ones have nearly the same words, and nothing tells them apart.
	Alike
	// Differing ones are alike but for a number, a day, what is allowed or whether it
	// is so.
	Differing
	// Renamed ones are alike but for a name or another word.
	Renamed
)

// What two statements have in common that are alike: this share of the words that
// say something, or all where they are few.
const (
	leastCommon = 0.7
	fewWords    = 3
)

// Compare tells how two statements stand to each other. The language is that of
// both, "" where it is not known.
func Compare(language, a, b string) Agreement {
	if n, m := lang.WordCount(a), lang.WordCount(b); 2*min(n, m)+fewWords < max(n, m) {
		return Unlike // whatever they say
	}
	if language == "" {
		language = lang.DetectQuestion(a + " " + b)
	}
	first, second := readStatement(language, a), readStatement(language, b)
	if slices.Equal(first.surfaces(), second.surfaces()) {
		return Copies
	}
	onlyFirst, onlySecond, common := aligned(first, second)
	n, m := first.saying(), second.saying()
	if most := max(n, m); common == 0 || float64(common) < leastCommon*float64(most) || most < fewWords && common < most {
		return Unlike
	}
	sameFigures := first.figures() == second.figures()
	if names(onlyFirst) && names(onlySecond) && !sameFigures {
		return Unlike // two facts of two things
	}
	switch {
	case !sameFigures, first.denials() != second.denials(), modal(onlyFirst) != modal(onlySecond):
		return Differing
	case replaced(onlyFirst, onlySecond):
		return Renamed
	}
	return Alike
}

// stated is a statement as it is compared.
type stated struct {
	language, text string
	words          []statedWord
	// days are the weekdays and the months that stand alone.
	days []string
}

type statedWord struct {
	lang.Word
	// says is set for what is neither grammar nor a figure, name for a capital
	// within a sentence.
	says, name bool
}

func readStatement(language, text string) stated {
	spans, sentences := readFigures(language, text), lang.Sentences(text)
	s := stated{language: language, text: text}
	for _, w := range lang.Words(language, text) {
		figure := isWithin(spans, w)
		if !figure && isDay(language, text, w) {
			s.days, figure = append(s.days, w.Surface), true
		}
		name := !figure && lang.IsCapital(text[w.Start:]) && !startsSentence(sentences, text, w.Start)
		s.words = append(s.words, statedWord{Word: w, says: !w.Stop && !figure, name: name})
	}
	return s
}

// figures are the numbers, dates and times in one string.
func (s stated) figures() string {
	list := slices.Clone(s.days)
	for _, f := range readFigures(s.language, s.text) {
		list = append(list, f.value)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// denials is how often a statement says no.
func (s stated) denials() (n int) {
	for _, t := range tokenize(s.language, s.text, 0).tokens {
		n += t.denied
		if refuses(&t) {
			n++
		}
	}
	return n
}

func (s stated) surfaces() []string {
	list := make([]string, len(s.words))
	for i, w := range s.words {
		list[i] = w.Surface
	}
	return list
}

// saying counts the words that say something and are no names.
func (s stated) saying() int {
	n := 0
	for _, w := range s.words {
		if w.says && !w.name {
			n++
		}
	}
	return n
}

// aligned are the words that only one of the statements has, and how many that say
// something they have in common, in the same order (a longest common subsequence).
func aligned(a, b stated) (onlyA, onlyB []statedWord, common int) {
	length := make([][]int, len(a.words)+1)
	for i := range length {
		length[i] = make([]int, len(b.words)+1)
	}
	for i := len(a.words) - 1; i >= 0; i-- {
		for j := len(b.words) - 1; j >= 0; j-- {
			if same(a.words[i], b.words[j]) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a.words) && j < len(b.words) {
		switch {
		case same(a.words[i], b.words[j]):
			if a.words[i].says && !a.words[i].name {
				common++
			}
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			onlyA, i = append(onlyA, a.words[i]), i+1
		default:
			onlyB, j = append(onlyB, b.words[j]), j+1
		}
	}
	return append(onlyA, a.words[i:]...), append(onlyB, b.words[j:]...), common
}

func same(a, b statedWord) bool {
	return a.Surface == b.Surface || a.says && b.says && a.Stem == b.Stem
}

func names(words []statedWord) bool {
	return slices.ContainsFunc(words, func(w statedWord) bool { return w.name })
}

// replaced reports whether each statement says something in words that the other
// has not: a day for a day, a colour for a colour.
func replaced(a, b []statedWord) bool {
	own := func(words, others []statedWord) bool {
		return slices.ContainsFunc(words, func(w statedWord) bool {
			return w.says && !slices.ContainsFunc(others, func(o statedWord) bool { return lang.IsCognate(w.Surface, o.Surface) })
		})
	}
	return own(a, b) && own(b, a)
}

var modalWords = map[string]map[string]bool{"must": lang.GrammarSet("must"), "may": lang.GrammarSet("may"), "should": lang.GrammarSet("should")}

// modal is the kind of what words allow or ask for, "" for nothing.
func modal(words []statedWord) string {
	for _, w := range words {
		for _, kind := range []string{"must", "may", "should"} {
			if modalWords[kind][w.Surface] {
				return kind
			}
		}
	}
	return ""
}

// isDay reports whether a word is a weekday, or a month that no day or year stands
// with.
func isDay(language, text string, w lang.Word) bool {
	if IsWeekday(w.Surface) {
		return true
	}
	return len(w.Surface) > 3 && (language == "fr" || lang.IsCapital(text[w.Start:])) && len(lang.Dates(language, "1 "+w.Surface)) > 0
}

// IsWeekday reports whether a folded word is a day of the week.
func IsWeekday(word string) bool { return weekdays[strings.TrimSuffix(word, "s")] }

var weekdays = lang.GrammarSet("weekday")
