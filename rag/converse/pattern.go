package converse

import "slices"

// pattern matches words of a phrase.
type pattern interface {
	// ends are where the pattern may end that begins at the word at, each once.
	ends(m *matching, at int) []int
	// begins adds the words that the pattern may begin with, and reports whether it
	// begins with no other and is not empty.
	begins(words map[string]bool) bool
	// capture finds the words that a match from at to end captures; ok is false where
	// it captures none.
	capture(m *matching, at, end int) (from, to int, ok bool)
}

// matching is a phrase, and what of it was matched: each choice is tried once at each
// word, however many ways lead there.
type matching struct {
	phrase
	tried map[trial][]int
}

type trial struct {
	choice *choice
	at     int
}

type (
	literal  struct{ full, short string }
	sequence []pattern
	optional struct{ pattern }
	// run is any number of words, at least of them, without a mark between unless it
	// is captured.
	run struct {
		least, most int
		captured    bool
	}
)

func (l literal) ends(m *matching, at int) []int {
	if at < len(m.words) && (m.words[at].folded == l.full || m.words[at].folded == l.short || m.words[at].plain == l.full) {
		return []int{at + 1}
	}
	return nil
}

func (l literal) begins(words map[string]bool) bool {
	words[l.full], words[l.short] = true, true
	return true
}

func (l literal) capture(*matching, int, int) (from, to int, ok bool) { return 0, 0, false }

func (s sequence) ends(m *matching, at int) []int {
	reached := []int{at}
	for _, p := range s {
		var next []int
		for _, from := range reached {
			next = union(next, p.ends(m, from))
		}
		if reached = next; len(reached) == 0 {
			return nil
		}
	}
	return reached
}

func union(a, b []int) []int {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

func (s sequence) begins(words map[string]bool) bool {
	for _, p := range s {
		if p.begins(words) {
			return true
		}
		if o, ok := p.(optional); !ok || !o.pattern.begins(words) {
			return false
		}
	}
	return false
}

func (s sequence) capture(m *matching, at, end int) (from, to int, ok bool) {
	if len(s) == 0 {
		return 0, 0, false
	}
	for _, middle := range s[0].ends(m, at) {
		if !slices.Contains(s[1:].ends(m, middle), end) {
			continue
		}
		if from, to, ok = s[0].capture(m, at, middle); ok {
			return from, to, true
		}
		if from, to, ok = s[1:].capture(m, middle, end); ok {
			return from, to, true
		}
	}
	return 0, 0, false
}

// choice tries its alternatives in order. Those that begin with a word are looked
// up by it: a rule has hundreds.
type choice struct {
	all []pattern
	// begin holds, by a word, the alternatives that begin with it or with any word.
	begin map[string][]int
	// any are those that may begin with any word, or match none.
	any []int
}

// fewestIndexed is the number of alternatives below which all are tried.
const fewestIndexed = 8

func newChoice(all []pattern) *choice {
	c := &choice{all: all, begin: make(map[string][]int)}
	for i, p := range all {
		words := make(map[string]bool)
		if len(all) < fewestIndexed || !p.begins(words) {
			c.any = append(c.any, i)
			continue
		}
		for w := range words {
			c.begin[w] = append(c.begin[w], i)
		}
	}
	for w, list := range c.begin {
		c.begin[w] = slices.Sorted(slices.Values(append(list, c.any...)))
	}
	return c
}

// candidates are the alternatives that may begin at a word.
func (c *choice) candidates(m *matching, at int) []int {
	if at < len(m.words) {
		for _, w := range []string{m.words[at].folded, m.words[at].plain} {
			if list, ok := c.begin[w]; ok {
				return list
			}
		}
	}
	return c.any
}

func (c *choice) ends(m *matching, at int) []int {
	key := trial{c, at}
	if known, ok := m.tried[key]; ok {
		return known
	}
	var ends []int
	for _, i := range c.candidates(m, at) {
		ends = union(ends, c.all[i].ends(m, at))
	}
	if m.tried == nil {
		m.tried = make(map[trial][]int)
	}
	m.tried[key] = ends
	return ends
}

func (c *choice) begins(words map[string]bool) bool {
	for _, p := range c.all {
		if !p.begins(words) {
			return false
		}
	}
	return true
}

func (c *choice) capture(m *matching, at, end int) (from, to int, ok bool) {
	for _, i := range c.candidates(m, at) {
		if slices.Contains(c.all[i].ends(m, at), end) {
			if from, to, ok = c.all[i].capture(m, at, end); ok {
				return from, to, true
			}
		}
	}
	return 0, 0, false
}

func (o optional) ends(m *matching, at int) []int { return union(o.pattern.ends(m, at), []int{at}) }

func (o optional) begins(words map[string]bool) bool {
	o.pattern.begins(words)
	return false // what follows may begin it too
}

func (r run) ends(m *matching, at int) []int {
	var ends []int
	for end := at; end <= len(m.words) && end-at <= r.most; end++ {
		if end-at > 1 && !r.captured && m.parted(end-1) {
			break
		}
		if end-at >= r.least {
			ends = append(ends, end)
		}
	}
	return ends
}

func (r run) begins(map[string]bool) bool { return false }

func (r run) capture(_ *matching, at, end int) (from, to int, ok bool) { return at, end, r.captured }
