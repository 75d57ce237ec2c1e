package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// pairing is where a token of a claim is met.
type pairing struct {
	at      int // -1 for nowhere
	score   float64
	opposed bool
}

// candidate is a place where a token may be met.
type candidates []pairing

// mostCandidates bounds the places that are looked at for each token.
const mostCandidates = 12

// align pairs the tokens of a claim with those of the quotes: each with one that is
// like it, near the one of the token before it (Viterbi).
func (e *evidence) align(st statement, language string) []pairing {
	all := make([]candidates, len(st.tokens))
	e.scores = make([][]float64, len(st.tokens))
	for i := range st.tokens {
		e.scores[i] = make([]float64, len(e.tokens))
		if c := &st.tokens[i]; c.says() {
			for j := range e.tokens {
				s, opposed := e.likeness(c, &e.tokens[j])
				if e.scores[i][j] = s; s > 0 {
					all[i] = append(all[i], pairing{j, s, opposed})
				}
				if opposed {
					e.scores[i][j] = -s
				}
			}
		}
	}
	for i, list := range all {
		if slices.ContainsFunc(list, func(p pairing) bool { return !p.opposed && p.score >= .6 }) {
			all[i] = slices.DeleteFunc(list, func(p pairing) bool { return p.opposed })
		}
	}
	e.mutual(st, all)
	e.acronyms(st, all)
	e.related(st, all, language)
	pairs := make([]pairing, len(st.tokens))
	for i := range pairs {
		pairs[i].at = -1
	}
	type cell struct {
		pairing
		sum  float64
		from int
	}
	var columns [][]cell
	var of []int
	for i, list := range all {
		if len(list) == 0 {
			continue
		}
		slices.SortStableFunc(list, func(a, b pairing) int { return -compareScore(a.score, b.score) })
		column := make([]cell, min(len(list), mostCandidates))
		for k := range column {
			column[k] = cell{pairing: list[k], sum: list[k].score, from: -1}
			if len(columns) == 0 {
				continue
			}
			best := -1.0
			for p, before := range columns[len(columns)-1] {
				gap := 0.02 * float64(min(10, e.distance(before.at, list[k].at)))
				if before.at == list[k].at {
					gap += .15
				}
				if sum := before.sum + list[k].score - gap; sum > best {
					best, column[k].from = sum, p
				}
			}
			column[k].sum = best
		}
		columns, of = append(columns, column), append(of, i)
	}
	at := -1
	for n := len(columns) - 1; n >= 0; n-- {
		if at < 0 {
			for k := range columns[n] {
				if at < 0 || columns[n][k].sum > columns[n][at].sum {
					at = k
				}
			}
		}
		pairs[of[n]] = columns[n][at].pairing
		at = columns[n][at].from
	}
	return pairs
}

func compareScore(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// distance is how far two tokens of the quotes are from each other: in words, with
// the end of a clause as several, the cells of a row nearer to its label and to the
// head of their column than to each other.
func (e *evidence) distance(i, j int) int {
	a, b := &e.tokens[i], &e.tokens[j]
	if a.text != b.text {
		if n := e.cells[a.text]; n > 1 && n == e.cells[b.text] && a.cell >= 0 && b.cell >= 0 {
			if a.cell == b.cell {
				return 3
			}
			return 14
		}
		if a.context || b.context {
			return 8
		}
		return 16
	}
	if a.cell >= 0 && b.cell >= 0 && a.cell != b.cell {
		if a.cell == 0 || b.cell == 0 {
			return 3
		}
		return 10
	}
	return max(a.rank-b.rank, b.rank-a.rank) + 2*max(a.phrase-b.phrase, b.phrase-a.phrase)
}

// mutual takes for a translation what is only near one where neither word has another
// that is.
func (e *evidence) mutual(st statement, all []candidates) {
	for i, list := range all {
		if len(list) != 1 || list[0].score >= sameMeaning || st.tokens[i].kind != content || st.tokens[i].language == e.tokens[list[0].at].language {
			continue
		}
		others := slices.IndexFunc(all, func(c candidates) bool {
			return slices.ContainsFunc(c, func(p pairing) bool { return p.at == list[0].at && p.score >= list[0].score })
		})
		if others == i && e.scores[i][list[0].at] > 0 {
			all[i][0].score, e.scores[i][list[0].at] = sameMeaning, sameMeaning
		}
	}
}

// acronyms pairs an acronym with the words whose first letters it has, and words
// with their acronym.
func (e *evidence) acronyms(st statement, all []candidates) {
	for i := range st.tokens {
		if c := &st.tokens[i]; lang.IsAcronym(c.raw) && len(all[i]) == 0 {
			if at := spelled(e.tokens, c.Surface); at >= 0 {
				all[i] = append(all[i], pairing{at: at, score: .9})
				e.scores[i][at] = .9
			}
		}
	}
	for j := range e.tokens {
		q := &e.tokens[j]
		if !lang.IsAcronym(q.raw) || len(q.raw) < 2 {
			continue
		}
		if at := spelled(st.tokens, q.Surface); at >= 0 && q.kind == name && (len(q.Surface) > 2 || st.tokens[at].kind == content) {
			for i, n := at, 0; i < len(st.tokens) && n < len(q.Surface); i++ {
				if k := st.tokens[i].kind; k == content || k == name {
					all[i] = append(all[i], pairing{at: j, score: .9})
					e.scores[i][j] = .9
					n++
				}
			}
		}
	}
}

// spelled is where words follow each other whose first letters are those of an
// acronym; -1 for nowhere.
func spelled(tokens []token, acronym string) int {
	for i := range tokens {
		if k := tokens[i].kind; k != content && k != name {
			continue
		}
		n, last := 0, i
		for k := i; k < len(tokens) && n < len(acronym) && k-last < 3 && tokens[k].clause == tokens[i].clause && tokens[k].kind != number; k++ {
			if t := &tokens[k]; t.kind == content || t.kind == name {
				if lang.IsAcronym(t.raw) || !strings.HasPrefix(acronym[n:], t.Surface[:1]) {
					break
				}
				n, last = n+1, k
			}
		}
		if n == len(acronym) && n > 1 {
			return i
		}
	}
	return -1
}

// related pairs words with words and phrases of the quotes that the lists of the
// language have as the same.
func (e *evidence) related(st statement, all []candidates, language string) {
	for i := range st.tokens {
		c := &st.tokens[i]
		if c.kind != content || slices.ContainsFunc(all[i], func(p pairing) bool { return p.score >= .7 }) {
			continue
		}
		for r := range lang.Relations(language, c.Word) {
			own := slices.IndexFunc(r.Phrases, func(p string) bool { return phraseAt(language, p, st.tokens, i) >= 0 })
			if own < 0 || r.Named {
				continue
			}
			for n, p := range r.Phrases {
				if n == own {
					continue
				}
				for j := range e.tokens {
					if e.tokens[j].says() && e.tokens[j].language == language && !sidesDiffer(c, &e.tokens[j]) && phraseAt(language, p, e.tokens, j) >= 0 {
						all[i] = append(all[i], pairing{at: j, score: .7})
					}
				}
			}
		}
	}
}

// phraseAt reports where in a phrase the token at i stands, where all of the phrase
// stands around it; -1 where it does not.
func phraseAt(language, phrase string, tokens []token, i int) int {
	words := lang.Words(language, phrase)
	for k, w := range words {
		if w.Stop || w.Surface == "to" || w.Surface != tokens[i].Surface && w.Stem != tokens[i].Stem {
			continue
		}
		whole := true
		for m, o := range words {
			if o.Stop || m == k || o.Surface == "to" {
				continue
			}
			window := tokens[max(0, i-4):min(len(tokens), i+5)]
			whole = whole && slices.ContainsFunc(window, func(t token) bool { return t.Surface == o.Surface || t.Stem == o.Stem })
		}
		if whole {
			return k
		}
	}
	return -1
}
