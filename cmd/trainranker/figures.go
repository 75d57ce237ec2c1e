package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

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

// judge picks the best candidate of each example.
func judge(x *Examples, of []int, outputs [][]ranker.Output) []outcome {
	all := make([]outcome, len(of))
	for i, at := range of {
		o := outcome{example: &x.List[at]}
		best := -1
		for k, out := range outputs[i] {
			if best < 0 || out.Which > outputs[i][best].Which {
				best = k
			}
		}
		if best >= 0 {
			o.found = true
			o.right = o.example.Labels[best] >= leastRight
			o.evidence = ranker.EvidenceOf(outputs[i], best, o.example.Passages, len(o.example.Words))
			o.probability = float64(ranker.Sigmoid(outputs[i][best].Answers))
		}
		all[i] = o
	}
	return all
}

// Figures are what is told of some questions. What cannot be told is NaN.
type Figures struct {
	Answerable, Absent int
	// Hit is the share of answerable questions whose best candidate is right.
	Hit float64
	// AnswerableAbsent and RightWrong are areas under the ROC curve.
	AnswerableAbsent, RightWrong float64
	// Calibration is the expected error of the probability.
	Calibration float64
	// At the least threshold that keeps to the limits: the shares of answerable
	// questions that are answered right and wrong, and of absent ones that are
	// answered at all.
	Threshold, Right, Wrong, Answered float64
}

// Limits are the most wrong answers that are shown, and answers to what the
// documents do not say.
type Limits struct{ Wrong, Absent float64 }

func figures(all []outcome, limits Limits) Figures {
	var answerable, absent, right, wrong []float64
	for _, o := range all {
		switch {
		case !o.example.Answerable:
			absent = append(absent, o.probability)
			continue
		case o.right:
			right = append(right, o.probability)
		default:
			wrong = append(wrong, o.probability)
		}
		answerable = append(answerable, o.probability)
	}
	f := Figures{Answerable: len(answerable), Absent: len(absent)}
	f.Hit = float64(len(right)) / float64(len(answerable))
	f.AnswerableAbsent, f.RightWrong = area(answerable, absent), area(right, wrong)
	f.Calibration = calibrationError(all)
	for step := range 100 {
		f.Threshold = float64(step) / 100
		f.Right = above(right, f.Threshold) / float64(len(answerable))
		f.Wrong = above(wrong, f.Threshold) / float64(len(answerable))
		f.Answered = above(absent, f.Threshold) / float64(len(absent))
		if !(f.Wrong > limits.Wrong) && !(f.Answered > limits.Absent) {
			break
		}
	}
	return f
}

func above(list []float64, threshold float64) (n float64) {
	for _, p := range list {
		if p >= threshold {
			n++
		}
	}
	return n
}

// area is how often one of the first is greater than one of the others, equal
// ones counting half.
func area(first, others []float64) float64 {
	sorted := slices.Sorted(slices.Values(others))
	var sum float64
	for _, p := range first {
		below, _ := slices.BinarySearch(sorted, p)
		to, _ := slices.BinarySearchFunc(sorted, p, func(q, p float64) int {
			if q <= p {
				return -1
			}
			return 1
		})
		sum += float64(below+to) / 2
	}
	return sum / float64(len(first)) / float64(len(others))
}

// bins of calibration have as many questions each.
const bins = 10

// calibrationError is the mean distance of probability and share of right ones
// over bins.
func calibrationError(all []outcome) (off float64) {
	sorted := slices.SortedStableFunc(slices.Values(all), func(a, b outcome) int { return cmp.Compare(a.probability, b.probability) })
	for b := range bins {
		var sum, right float64
		for _, o := range sorted[b*len(sorted)/bins : (b+1)*len(sorted)/bins] {
			sum += o.probability
			if o.right {
				right++
			}
		}
		off += math.Abs(sum - right)
	}
	return off / float64(len(all))
}

// table prints figures of groups of outcomes of a kind, in order.
func table(w io.Writer, kind string, groups []group, limits Limits) error {
	var b strings.Builder
	b.WriteString(kind + "\tanswerable\tabsent\thit@1\tAUC absent\tAUC wrong\tECE\tthreshold\tright\twrong\tanswered absent\n")
	for _, g := range groups {
		f := figures(g.outcomes, limits)
		fmt.Fprintf(&b, "%s\t%d\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.2f\t%.3f\t%.3f\t%.3f\n", g.name, f.Answerable, f.Absent, f.Hit,
			f.AnswerableAbsent, f.RightWrong, f.Calibration, f.Threshold, f.Right, f.Wrong, f.Answered)
	}
	return aligned(w, b.String())
}

// aligned prints lines of cells between tabs.
func aligned(w io.Writer, lines string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(t, lines); err != nil {
		return err
	}
	return t.Flush()
}

// group is outcomes under a name.
type group struct {
	name     string
	outcomes []outcome
}

// by parts outcomes by what name says of them, in the order of the names; what
// has none is left out.
func by(all []outcome, name func(*Example) string) []group {
	parts := make(map[string][]outcome)
	for _, o := range all {
		if n := name(o.example); n != "" {
			parts[n] = append(parts[n], o)
		}
	}
	var groups []group
	for n, part := range parts {
		groups = append(groups, group{n, part})
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.name, b.name) })
	return groups
}
