package retrieve

import "docent/rag/lang"

// How well a sentence says the kind of thing that was asked for: something
// that is at times of the kind, and something that is.
const (
	VagueSign = 0.5
	ClearSign = 1.0
)

// ClearestName is clear where a name has two words, as those of people have, or
// stands after a title. The first word of a sentence has a capital anyway, and
// counts where the second has one too. word returns a word of the text, and
// whether the question has it.
func ClearestName(text string, n int, word func(i int) (lang.Word, bool)) float64 {
	best, last := 0.0, -2
	for i := range n {
		w, known := word(i)
		if known || !lang.IsCapital(text[w.Start:]) {
			continue
		}
		if i == 0 {
			if w.Stop || n < 2 {
				continue
			}
			if second, _ := word(1); !lang.IsCapital(text[second.Start:]) {
				continue
			}
		} else if before, _ := word(i - 1); last == i-1 || honorifics[before.Surface] {
			return ClearSign
		}
		best, last = VagueSign, i
	}
	return best
}

var honorifics = lang.WordSet("m mm mme mlle mr mrs ms dr sir lord lady")
