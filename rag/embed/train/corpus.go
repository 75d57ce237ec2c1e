package train

import (
	"hash/maphash"
	"maps"
	"slices"

	"docent/rag/embed"
)

// Corpus is the training text, as numbers of words. It is filled by Read, and
// not safe for use by several goroutines while it is.
type Corpus struct {
	kinds map[string]int32
	names []string
	// tokens of all texts, one after the other.
	tokens  []int32
	sources map[string]*source
	// judged are the hashes of runs of words, with the seed.
	judged map[uint64]bool
	seed   maphash.Seed
}

// span is a text: a run of the corpus's tokens.
type span struct{ start, end uint32 }

func (s span) len() int { return int(s.end - s.start) }

// pair is two texts that belong together. A section of a law has a note and a
// text in each of two languages; other sources have texts only.
type pair struct {
	texts, notes [2]span
}

type source struct {
	pairs []pair
	// laws is set where pairs have notes.
	laws bool
	// contaminated is how many were left out.
	contaminated int
}

// NewCorpus returns an empty corpus.
func NewCorpus() *Corpus {
	return &Corpus{kinds: make(map[string]int32), sources: make(map[string]*source), judged: make(map[uint64]bool), seed: maphash.MakeSeed()}
}

// Sources returns the names of the sources read so far, in order.
func (c *Corpus) Sources() []string {
	return slices.Sorted(maps.Keys(c.sources))
}

// Pairs is the number of pairs of a source.
func (c *Corpus) Pairs(source string) int {
	if s := c.sources[source]; s != nil {
		return len(s.pairs)
	}
	return 0
}

// Contaminated is the number of pairs that were left out for what they share with
// the texts that Decontaminate has read.
func (c *Corpus) Contaminated() (n int) {
	for _, s := range c.sources {
		n += s.contaminated
	}
	return n
}

// add takes the words of a text in.
func (c *Corpus) add(text string) span {
	start := len(c.tokens)
	for w := range embed.Words(text) {
		kind, ok := c.kinds[string(w)]
		if !ok {
			kind = int32(len(c.names))
			c.names = append(c.names, string(w))
			c.kinds[c.names[kind]] = kind
		}
		c.tokens = append(c.tokens, kind)
	}
	return span{uint32(start), uint32(len(c.tokens))}
}

func (c *Corpus) words(s span) []int32 { return c.tokens[s.start:s.end] }

func (c *Corpus) addPair(name string, a, b string) {
	c.addClean(c.source(name), pair{texts: [2]span{c.add(a), c.add(b)}})
}

func (c *Corpus) addLaw(noteA, textA, noteB, textB string) {
	s := c.source(Laws)
	s.laws = true
	c.addClean(s, pair{texts: [2]span{c.add(textA), c.add(textB)}, notes: [2]span{c.add(noteA), c.add(noteB)}})
}

// addClean leaves out what has an empty side, and what is contaminated.
func (c *Corpus) addClean(s *source, p pair) {
	if p.texts[0].len() == 0 || p.texts[1].len() == 0 {
		return
	}
	for _, t := range [4]span{p.texts[0], p.texts[1], p.notes[0], p.notes[1]} {
		if c.isContaminated(t) {
			s.contaminated++
			return
		}
	}
	s.pairs = append(s.pairs, p)
}

func (c *Corpus) source(name string) *source {
	s := c.sources[name]
	if s == nil {
		s = &source{}
		c.sources[name] = s
	}
	return s
}
