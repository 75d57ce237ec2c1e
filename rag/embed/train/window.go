package train

// excerpt is a text with a hole: two runs of words.
type excerpt [2][]int32

func allOf(words []int32) excerpt { return excerpt{words} }

// The windows, in words.
const (
	questionWindow        = 150
	noteWindow            = 90
	alignedReach          = 40
	contextReach          = 45
	shortestCut, longeCut = 5, 25
)

// window is a random run of at most n words.
func (s *sampler) window(words []int32, n int) excerpt {
	if len(words) <= n {
		return allOf(words)
	}
	at := s.random.IntN(len(words) - n + 1)
	return allOf(words[at : at+n])
}

// law makes a question and a passage of a section: its note and a window of
// its text, or a few words of it and what stands around them, or around the
// same place in the other language. The passage is in the other language more
// often than not.
func (s *sampler) law(p pair) (excerpt, excerpt) {
	a := s.random.IntN(2)
	b := a
	if s.random.Float64() < .6 {
		b = 1 - a
	}
	text := s.corpus.words(p.texts[b])
	if note := s.corpus.words(p.notes[a]); s.random.Float64() < .45 && len(note) > 0 {
		return allOf(note), s.window(text, noteWindow)
	}
	from := s.corpus.words(p.texts[a])
	n := min(shortestCut+s.random.IntN(longeCut-shortestCut+1), max(1, len(from)/2))
	at := s.random.IntN(len(from) - n + 1)
	cut := allOf(from[at : at+n])
	if a != b {
		middle := int((float64(at) + float64(n)/2) / float64(len(from)) * float64(len(text)))
		return cut, allOf(text[max(0, middle-alignedReach):min(len(text), middle+alignedReach)])
	}
	before, after := from[max(0, at-contextReach):at], from[at+n:min(len(from), at+n+contextReach)]
	if s.random.Float64() < .2 || len(before)+len(after) == 0 {
		return cut, allOf(from[max(0, at-contextReach):min(len(from), at+n+contextReach)])
	}
	return cut, excerpt{before, after}
}
