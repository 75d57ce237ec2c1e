package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// evidence is what a claim is held against: the tokens of its quotes and of what
// they are read with.
type evidence struct {
	statements []statement
	tokens     []token
	// rows are the numbers of cells of each text, 0 for running text.
	cells []int
	// near gives the cosines of a word with the surfaces, whose places are index.
	near       func(string) []float32
	knowsWords bool
	index      map[string]int
	// units are those that the texts name anywhere.
	units map[string]bool
	// scores has how well each token of the claim is met by each of the quotes.
	scores [][]float64
	// years and months are what dates of the quotes may be completed with.
	dates []string
}

// addQuote takes in a quote with what is around it, of which only what is denied and
// who bounds it counts.
func (e *evidence) addQuote(language, s string, inner lang.Span) {
	first := len(e.tokens)
	e.add(language, s, false)
	for i := first; i < len(e.tokens); i++ {
		if t := &e.tokens[i]; t.End <= inner.Start || t.Start >= inner.End {
			t.kind = grammar
		}
	}
}

// add takes in a text.
func (e *evidence) add(language, s string, context bool) {
	if e.units == nil {
		e.units = make(map[string]bool)
	}
	context = context || strings.HasSuffix(strings.TrimSpace(s), ":")
	st := tokenize(language, s, len(e.statements))
	cells := 0
	for i := range st.tokens {
		st.tokens[i].context = context
		cells = max(cells, st.tokens[i].cell+1)
	}
	if strings.Contains(s, "|") {
		cells = strings.Count(line(s, 0), "|") + 1
	}
	for word := range strings.FieldsSeq(s) {
		if i := strings.LastIndexAny(word, "'’"); i >= 0 {
			word = strings.TrimLeft(word[i:], "'’")
		}
		for _, n := range lang.Numbers("", "2 "+strings.Trim(word, "()[]|,;:.")) {
			if n.Unit != "" {
				e.units[n.Unit] = true
			}
		}
	}
	e.statements, e.cells = append(e.statements, st), append(e.cells, cells)
	e.tokens = append(e.tokens, st.tokens...)
}

// prepare is called when all texts are in.
func (e *evidence) prepare(alike *Likeness) {
	e.denyColumns()
	e.measureColumns()
	e.index = make(map[string]int)
	var words []string
	for i := range e.tokens {
		t := &e.tokens[i]
		if t.kind == number && t.figure.kind == date {
			e.dates = append(e.dates, t.figure.value)
		}
		for _, w := range forms(t) {
			if _, ok := e.index[w]; !ok && t.says() {
				e.index[w] = len(words)
				words = append(words, w)
			}
		}
	}
	e.near, e.knowsWords = alike.to(words), alike != nil && len(words) > 0
}

// denyColumns puts the head of a column under the "no" of a cell in it.
func (e *evidence) denyColumns() {
	for i := range e.tokens {
		c := &e.tokens[i]
		if c.cell < 0 || c.Surface != "no" && c.Surface != "non" || i+1 < len(e.tokens) && e.tokens[i+1].text == c.text && e.tokens[i+1].cell == c.cell {
			continue
		}
		last := -1
		for j := range e.tokens {
			if h := &e.tokens[j]; h.text != c.text && h.cell == c.cell && e.cells[h.text] == e.cells[c.text] && h.says() {
				last = j
			}
		}
		if last >= 0 {
			e.tokens[last].denied++
		}
	}
}

// measureColumns gives numbers in cells the measure that the head of their column
// has.
func (e *evidence) measureColumns() {
	for i := range e.tokens {
		n := &e.tokens[i]
		if n.kind != number || n.cell < 0 || n.figure.measure+n.figure.unit != "" || n.figure.kind != amount {
			continue
		}
		for j := range e.tokens {
			if h := &e.tokens[j]; h.kind == measure && h.text != n.text && h.cell == n.cell && e.cells[h.text] == e.cells[n.text] {
				n.figure.measure = lang.UnitOfMeasure(h.Surface)
			}
		}
	}
}

// forms are a word as it stands, without its ending and with that of its dictionary
// form, so far as rules tell it.
func forms(t *token) []string {
	if t.Stem == t.Surface || len(t.Stem) < 3 || t.kind == name {
		return []string{t.Surface}
	}
	if t.language == "fr" {
		return []string{t.Surface, t.Stem, t.Stem + "er", t.Stem + "ir", t.Stem + "e"}
	}
	return []string{t.Surface, t.Stem, t.Stem + "e"}
}

// likeness is how well a token of a claim is met by one of the quotes: 1 for the
// same, sameMeaning and above for what says the same, less for what is near it.
// opposed is set for its opposite.
func (e *evidence) likeness(c, q *token) (score float64, opposed bool) {
	switch {
	case !q.says():
		return 0, false
	case c.kind == number || q.kind == number:
		if c.kind == q.kind && (c.figure.equals(e.inUnits(q.figure, c.figure)) || e.completes(c.figure, q.figure)) {
			return 1, false
		}
		return 0, false
	case c.kind == calendar || q.kind == calendar:
		if m := lang.Month(c.Surface); c.kind == q.kind && (m > 0 && m == lang.Month(q.Surface) || m == 0 && lang.SameName(c.Surface, q.Surface)) {
			return 1, false
		}
		return 0, false
	case c.kind == measure || q.kind == measure:
		if m := lang.UnitOfMeasure(c.Surface); m != "" && m == lang.UnitOfMeasure(q.Surface) {
			return 1, false
		}
		return 0, false
	case c.kind == name:
		return e.nameLikeness(c, q), false
	}
	return e.wordLikeness(c, q)
}

// inUnits is a figure of the quotes without a unit in the one that a claim gives it,
// where the quotes name that elsewhere, as the head of a table does.
func (e *evidence) inUnits(q, c figure) figure {
	if q.unit == "" && q.measure == "" && e.units[c.unit] {
		q.unit = c.unit
	}
	return q
}

// completes reports whether a date of a claim is one of the quotes with a year or
// month that stands elsewhere in them.
func (e *evidence) completes(c, q figure) bool {
	if c.kind != date || q.kind != date || len(c.value) < len("2024-02") || c.value[0] == '-' {
		return false
	}
	year := slices.ContainsFunc(e.dates, func(d string) bool { return strings.HasPrefix(d, c.value[:4]) })
	return year && (q.value == "-"+c.value[4:] || len(c.value) == len("2024-02") && strings.HasPrefix(q.value, "-"+c.value[4:]))
}

func (e *evidence) wordLikeness(c, q *token) (score float64, opposed bool) {
	if c.Surface == q.Surface {
		return 1, false
	}
	same := c.language == q.language
	if same && c.Stem == q.Stem && !sidesDiffer(c, q) {
		return .95, false
	}
	if opposite(c.Surface, q.Surface) {
		return .6, true
	}
	for _, a := range c.sides {
		for _, b := range q.sides {
			switch {
			case a.Axis != b.Axis || a.Strict || grammatical[a.Axis] || a.Axis == "modal" || a.Axis == "deny":
			case a.Pole == b.Pole && a.Axis != "valid" && a.Axis != "place":
				score = max(score, .7)
			case isOpposite(a.Pole, b.Pole):
				opposed = true
			default:
				return 0, false
			}
		}
	}
	switch {
	case score > 0:
		return score, false
	case opposed:
		return .45, true
	case differInPrefix(c.Surface, q.Surface):
		return 0, false
	case lang.IsCognate(c.Surface, q.Surface) || !same && lang.SameName(c.Surface, q.Surface):
		return .85, false
	}
	return min(.8, e.cosine(c, q)), false
}

func sidesDiffer(c, q *token) bool {
	for _, a := range c.sides {
		for _, b := range q.sides {
			if a.Axis == b.Axis && a.Pole != b.Pole {
				return true
			}
		}
	}
	return false
}

func isOpposite(a, b string) bool { return a == "+" && b == "-" || a == "-" && b == "+" }

func (e *evidence) cosine(c, q *token) float64 {
	best := 0.0
	for _, w := range forms(c) {
		v := e.near(w)
		if v == nil {
			continue
		}
		for _, o := range forms(q) {
			best = max(best, float64(v[e.index[o]]))
		}
	}
	if best < nearMeaning {
		return 0
	}
	return best
}

// negating are the beginnings that turn a word into its opposite.
var negating = []string{"un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "des", "anti"}

func opposite(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return len(b) > 3 && len(a)-len(b) < 5 && strings.HasSuffix(a, b) && slices.Contains(negating, a[:len(a)-len(b)])
}

// differInPrefix holds for two words of one ending whose beginnings are those of
// different units: a megawatt and a gigawatt.
func differInPrefix(a, b string) bool {
	x, y := measureOf(lang.Word{Surface: a}, a), measureOf(lang.Word{Surface: b}, b)
	return x != y && x != "" && y != ""
}

// nameLikeness compares a name of a claim: with names, or with words in small
// letters that are written so in another language or that name nothing.
func (e *evidence) nameLikeness(c, q *token) float64 {
	same, capital := c.language == q.language, lang.IsCapital(q.raw)
	placed := lang.Demonyms(c.Surface) != nil || lang.Month(c.Surface) > 0
	if other := lang.Demonyms(q.Surface); other != nil && lang.Demonyms(c.Surface) != nil && !lang.SameName(c.Surface, q.Surface) {
		return 0
	}
	switch {
	case sidesDiffer(c, q):
		return 0
	case hasAxis(c.sides, "person") && hasAxis(q.sides, "person"):
		return 1
	case c.Surface == q.Surface && (capital || !placed && !lang.IsAcronym(c.raw)):
		return 1
	case c.Surface == q.Surface:
		return 0
	case lang.SameName(c.Surface, q.Surface) && (capital || q.language == "fr" && len(c.raw) > 3):
		return .9
	case !capital && !placed && !lang.IsAcronym(c.raw):
		if s, opposed := e.wordLikeness(c, q); !opposed && s >= sameMeaning {
			return s
		}
		return 0
	case !capital:
		return 0
	case same && c.Stem == q.Stem && len(c.Stem) > 4 && !placed:
		return .9
	case lang.IsCognate(c.Surface, q.Surface) && (!same || placed && lang.Demonyms(q.Surface) != nil) || !same && nearlyWritten(c.Surface, q.Surface):
		return .85
	}
	if cos := e.cosine(c, q); !same && cos >= sameMeaning {
		return min(cos, .8)
	}
	return 0
}

// nearlyWritten holds for names that differ by a letter: Iraq and Irak, Syrie and
// Syria.
func nearlyWritten(a, b string) bool {
	if len(a) < 4 || len(a) != len(b) {
		return false
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n <= 1 && a[0] == b[0]
}

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
		n, last := 0, i
		for k := i; k < len(tokens) && n < len(acronym) && k-last < 3 && tokens[k].clause == tokens[i].clause && tokens[k].kind != number; k++ {
			if t := &tokens[k]; t.kind == content || t.kind == name {
				if !strings.HasPrefix(acronym[n:], t.Surface[:1]) {
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
