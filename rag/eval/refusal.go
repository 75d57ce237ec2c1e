package eval

import (
	"maps"
	"slices"
)

// Refusal is what a threshold would refuse.
type Refusal struct {
	Threshold float64 `json:"threshold"`
	// Unanswerable and Answerable are the shares of these questions that are
	// refused: rightly and wrongly.
	Unanswerable float64 `json:"unanswerable"`
	Answerable   float64 `json:"answerable"`
}

// thresholds are the number of steps in which the curve goes from 0 to 1.
const thresholds = 40

// refusalCurve compares each answer's confidence, at which it would just be given,
// with a range of thresholds. Nothing is asked again.
func refusalCurve(outcomes []Outcome) []Refusal {
	var of [2][]float64 // answerable, unanswerable
	for _, o := range outcomes {
		if o.Answer != nil {
			kind := int(indicator(o.Answer.Unanswerable))
			of[kind] = append(of[kind], o.Answer.Confidence)
		}
	}
	curve := []Refusal{}
	if len(of[0]) == 0 || len(of[1]) == 0 {
		return curve
	}
	for i := range thresholds + 1 {
		t := float64(i) / thresholds
		curve = append(curve, Refusal{Threshold: t, Unanswerable: refusedShare(of[1], t), Answerable: refusedShare(of[0], t)})
	}
	return curve
}

// refusedShare is the share of confidences that the threshold refuses; a question
// without any is refused at every threshold.
func refusedShare(confidences []float64, threshold float64) float64 {
	n := 0
	for _, c := range confidences {
		if c == 0 || c < threshold {
			n++
		}
	}
	return float64(n) / float64(len(confidences))
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
