package main

import "docent/rag/extract/ranker"

// Example is a question with the candidates that were found for it. Words are
// numbers in the vocabulary of its Examples.
type Example struct {
	Words  []int32
	Shapes []uint32
	IDF    []float32

	Candidates []Candidate `json:"-"`
	// Labels say how well each candidate answers, from 0 to 1.
	Labels     []float32
	Answerable bool

	ID, Set, Document, Kind, Register, Language string
	// Fold is which part of the questions it is in, from 0; heldOut for what nothing
	// is fitted to.
	Fold int
	// Passages is how many were searched.
	Passages int
	// Documents is the size that the library was cut down to, 0 for all of it.
	Documents int
}

// heldOut is the fold of what is only judged.
const heldOut = -1

// Candidate is what the network reads of a candidate. Met has a row for each kind
// of meeting, as long as the question.
type Candidate struct {
	Words    []int32
	Shapes   []uint16
	Best     []float32
	Met      []float32
	Measures []float32
}

// leastRight is the label from which a candidate answers.
const leastRight = 0.3

// Examples are all questions with what they have in common.
type Examples struct {
	List []Example `json:"-"`
	// Words is the vocabulary, Vectors a vector for each word of it in a row, all
	// zeros where it has none.
	Words   []string
	Vectors []float32 `json:"-"`
	// Measures are the names of what Candidate.Measures holds, Rows those of the rows
	// of Candidate.Met.
	Measures, Rows []string
	// Shape has the sizes of what is read.
	Shape ranker.Shape
	// Origin says what they were made from.
	Origin ranker.Origin
}

// where are the numbers of the examples that match.
func (x *Examples) where(match func(*Example) bool) (at []int) {
	for i := range x.List {
		if match(&x.List[i]) {
			at = append(at, i)
		}
	}
	return at
}
