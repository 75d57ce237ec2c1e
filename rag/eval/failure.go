package eval

import (
	"slices"
	"strconv"
)

// Failure is a question with what went wrong with it.
type Failure struct {
	Set  string `json:"set"`
	View string `json:"view"`
	// Failed says what: not found, rank N, wrongly refused, wrongly answered,
	// gold not in answer, key facts missing, cited elsewhere, another thing shown.
	Failed []string `json:"failed"`
	Outcome
}

// Failures lists the questions of the reports that failed in any way, in
// order.
func Failures(reports []Report) []Failure {
	list := []Failure{}
	for _, r := range reports {
		for _, o := range r.Outcomes {
			if failed := o.failed(); len(failed) > 0 {
				list = append(list, Failure{Set: r.Set, View: r.View, Failed: failed, Outcome: o})
			}
		}
	}
	return list
}

func (o Outcome) failed() []string {
	var failed []string
	switch {
	case len(o.Judged) == 0:
	case o.Rank == 0:
		failed = append(failed, "not found")
	case o.Rank > 1:
		failed = append(failed, "rank "+strconv.Itoa(o.Rank))
	}
	switch {
	case o.scoredZero(RefusalRecall):
		return append(failed, "wrongly answered")
	case o.Scores[WrongRefusals] > 0:
		return append(failed, "wrongly refused")
	}
	for _, lack := range []struct {
		of  Measure
		say string
	}{{GoldInAnswer, "gold not in answer"}, {KeyFacts, "key facts missing"}, {CitationHit, "cited elsewhere"}} {
		if o.scoredZero(lack.of) {
			failed = append(failed, lack.say)
		}
	}
	if o.Scores[WrongShown] > 0 {
		failed = append(failed, "another thing shown")
	}
	return slices.Clip(failed)
}

// scoredZero reports whether the question has a score of the measure, and it is 0.
func (o Outcome) scoredZero(m Measure) bool {
	s, ok := o.Scores[m]
	return ok && s == 0
}
