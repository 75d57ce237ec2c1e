package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"docent/rag/eval"
	"docent/rag/extract/ranker"
)

// outcome is what comes of a question: whether its best candidate is right, and
// the evidence for it. Without candidates there is none.
type outcome struct {
	example  *Example
	found    bool
	right    bool
	evidence ranker.Evidence
	// probability is that of the best candidate, 0 without one.
	probability float64
}

// judge picks the best candidate of each example that the ensemble read.
func (e *ensemble) judge(x *Examples, read []int) []outcome {
	all := make([]outcome, len(read))
	for i, at := range read {
		o := &all[i]
		o.example = &x.List[at]
		outputs := e.outputs(i)
		if o.found = len(outputs) > 0; o.found {
			best := slices.Index(outputs, slices.MaxFunc(outputs, func(a, b ranker.Output) int { return cmp.Compare(a.Which, b.Which) }))
			o.right = o.example.Labels[best] >= leastRight
			o.evidence = ranker.EvidenceOf(outputs, best, o.example.Passages, len(o.example.Words))
		}
	}
	return all
}

// scores are those of the outcome as if the best candidate were shown.
func (o outcome) scores() eval.Scores {
	if !o.example.Answerable {
		return eval.Scores{eval.Confidence: o.probability, eval.BestRight: 0, eval.RefusalRecall: 0}
	}
	right := 0.0
	if o.right {
		right = 1
	}
	return eval.Scores{
		eval.Confidence: o.probability, eval.BestRight: right, eval.WrongRefusals: 0, eval.Right: right, eval.WrongShown: 1 - right,
	}
}

func scoresOf(all []outcome) []eval.Scores {
	scores := make([]eval.Scores, len(all))
	for i, o := range all {
		scores[i] = o.scores()
	}
	return scores
}

// The most wrong answers of answerable questions that are shown, and answers to
// what no document says, in shares.
const mostWrong, mostAbsent = 0.15, 0.28

// shown are the shares of what is shown at the least threshold that keeps to the
// most wrong and absent ones: right and wrong answers of all to answerable
// questions, and absent ones that are answered at all.
func shown(all []outcome) (threshold, right, wrong, absent float64) {
	for step := range 100 {
		threshold = float64(step) / 100
		var above, of [3]float64 // right, wrong and absent ones
		for _, o := range all {
			kind := 1
			switch {
			case !o.example.Answerable:
				kind = 2
			case o.right:
				kind = 0
			}
			of[kind]++
			if o.probability >= threshold {
				above[kind]++
			}
		}
		answerable := max(1, of[0]+of[1])
		right, wrong, absent = above[0]/answerable, above[1]/answerable, above[2]/max(1, of[2])
		if wrong <= mostWrong && absent <= mostAbsent {
			break
		}
	}
	return threshold, right, wrong, absent
}

// printFigures prints figures of outcomes of a kind: of those in whole libraries all, and
// by set; of others by the size of the library.
func printFigures(w io.Writer, kind string, all []outcome) error {
	groups := make(map[string][]outcome)
	for _, o := range all {
		names := []string{"all", o.example.Set}
		if o.example.Documents > 0 {
			names = []string{fmt.Sprintf("among %3d documents", o.example.Documents)}
		}
		for _, name := range names {
			groups[name] = append(groups[name], o)
		}
	}
	var b strings.Builder
	b.WriteString(kind + "\tquestions\thit@1\tAUC absent\tAUC wrong\tECE\tthreshold\tright\twrong\tanswered absent\n")
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		scores := scoresOf(groups[name])
		fmt.Fprintf(&b, "%s\t%d", name, len(scores))
		for _, m := range []eval.Measure{eval.Right, eval.AUCAbsent, eval.AUCRight, eval.ECE} {
			value, _ := m.Of(scores)
			fmt.Fprintf(&b, "\t%.3f", value)
		}
		threshold, right, wrong, absent := shown(groups[name])
		fmt.Fprintf(&b, "\t%.2f\t%.3f\t%.3f\t%.3f\n", threshold, right, wrong, absent)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(t, b.String()); err != nil {
		return err
	}
	return t.Flush()
}
