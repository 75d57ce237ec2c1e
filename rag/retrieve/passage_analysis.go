package retrieve

import (
	"cmp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// Analysis is a passage as questions are held against it: its words, and the
// units that it is made of with what they mean. A passage is analysed once a
// question, by whoever needs it first. It must not be changed.
type Analysis struct {
	Language string
	// Words are those of the passage's text, in order; their offsets are of that
	// text.
	Words []lang.Word
	// Units are the passage's own, in order, or its sentences where it has none.
	// Their offsets are of the document's text.
	Units []rag.Unit
	// Vectors are those of the units, nil for a unit that has none; all are nil
	// where no embedder compares sentences.
	Vectors [][]float32
	// Title is the vector of the document's title, nil without one.
	Title []float32
	// Above are the words of the document's title, and Headings those of each
	// heading over the passage; File are those of the file's name.
	Above, File []lang.Word
	Headings    [][]lang.Word

	start int
}

// Within are the words of a run of the document's text, as far as it is in the
// passage.
func (a *Analysis) Within(s lang.Span) []lang.Word {
	from, to := a.Range(s)
	return a.Words[from:to]
}

// Range is the first of the words within a run of the document's text, and the first
// after them.
func (a *Analysis) Range(s lang.Span) (from, to int) {
	from, to = a.wordFrom(s.Start), a.wordFrom(s.End)
	return from, max(from, to)
}

// wordFrom is the number of the first word that begins at or after an offset of
// the document.
func (a *Analysis) wordFrom(offset int) int {
	i, _ := slices.BinarySearchFunc(a.Words, offset-a.start, func(w lang.Word, at int) int { return cmp.Compare(w.Start, at) })
	return i
}

// Analyse reads a passage. The embedder may be nil, or one that compares no
// sentences.
func Analyse(p rag.Located, e rag.Embedder) *Analysis {
	language := cmp.Or(p.Language, p.Document.Language)
	a := &Analysis{
		Language: language, Words: lang.Words(language, p.Text), Units: unitsOf(p.Passage), start: p.Start,
		Above: lang.Words(language, p.Document.Title), File: lang.Words(language, FileWords(p.Document)),
	}
	for _, h := range p.Heading {
		a.Headings = append(a.Headings, lang.Words(language, h))
	}
	a.Vectors = make([][]float32, len(a.Units))
	if s, ok := e.(rag.SentenceEmbedder); ok {
		a.embed(p, s, e.Fingerprint().Dimension)
	}
	return a
}

// unitsOf are the units of a passage, its sentences where it has none.
func unitsOf(p rag.Passage) []rag.Unit {
	if len(p.Units) > 0 {
		return p.Units
	}
	sentences := lang.Sentences(p.Text)
	units := make([]rag.Unit, len(sentences))
	for i, s := range sentences {
		units[i].Span = lang.Span{Start: p.Start + s.Start, End: p.Start + s.End}
	}
	return units
}

// embed sets the vectors, which share one block of memory.
func (a *Analysis) embed(p rag.Located, e rag.SentenceEmbedder, dimension int) {
	block := make([]float32, (len(a.Units)+1)*dimension)
	vector := func(n int, text string) []float32 {
		v := block[n*dimension : (n+1)*dimension : (n+1)*dimension]
		if strings.TrimSpace(text) == "" || !e.EmbedInto(v, text) {
			return nil
		}
		return v
	}
	for i, u := range a.Units {
		a.Vectors[i] = vector(i, p.Text[u.Start-p.Start:u.End-p.Start])
	}
	a.Title = vector(len(a.Units), p.Document.Title)
}
