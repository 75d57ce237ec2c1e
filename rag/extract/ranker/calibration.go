package ranker

import (
	"fmt"
	"math"
)

// Evidence is what a probability is made from.
type Evidence struct {
	Output
	// Ahead is by how much Which is ahead of the best other candidate's, Share the
	// softmax of it among all.
	Ahead, Share float64
	// Passages were searched, and the question has this many words.
	Passages, Words int
}

// mostAhead is what a single candidate is ahead by.
const mostAhead = 8

// EvidenceOf is what the outputs of all candidates say of one of them.
func EvidenceOf(all []Output, at, passages, words int) Evidence {
	e := Evidence{Output: all[at], Ahead: mostAhead, Passages: passages, Words: words}
	var sum float64
	for i, o := range all {
		below := float64(e.Which - o.Which)
		sum += math.Exp(-below)
		if i != at {
			e.Ahead = min(e.Ahead, below)
		}
	}
	e.Ahead = max(e.Ahead, -mostAhead)
	e.Share = 1 / sum
	return e
}

// EvidenceLen is the length of Evidence.Vector.
const EvidenceLen = 7

// Vector is the evidence as the calibration reads it.
func (e Evidence) Vector() [EvidenceLen]float64 {
	library := math.Log1p(float64(max(0, e.Passages)))
	return [...]float64{
		float64(e.Answers), float64(e.Which), e.Ahead, math.Log(e.Share + 1e-6),
		library, float64(e.Answers) * library, math.Log1p(float64(max(0, e.Words))),
	}
}

// Calibration is a logistic regression (Platt, "Probabilistic Outputs for Support
// Vector Machines", 1999).
type Calibration struct {
	Bias    float64
	Weights []float64
}

// Probability is how likely it is that the candidate answers, between 0 and 1.
func (c Calibration) Probability(e Evidence) float64 {
	z := c.Bias
	for i, x := range e.Vector() {
		z += c.Weights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

func (c Calibration) check() error {
	if len(c.Weights) != EvidenceLen {
		return fmt.Errorf("a calibration of %d weights, not %d", len(c.Weights), EvidenceLen)
	}
	return nil
}
