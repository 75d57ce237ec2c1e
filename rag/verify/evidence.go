package verify

import (
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
	// scores has how well each token of the claim is met by each of the quotes, below 0
	// where that is its opposite.
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
	st.markNouns()
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
