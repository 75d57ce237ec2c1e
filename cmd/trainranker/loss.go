package main

import (
	"math"

	"docent/rag/extract/ranker"
)

// What the loss of Output.Answers counts beside that of Output.Which: of every
// candidate, and once more of the one that would be shown.
const pointwise, shown = 0.2, 1.5

// loss is what a question adds to the loss of its batch, and sets the slopes of
// its outputs: the cross entropy of Which, a softmax over the candidates, to their
// labels (Cao et al., "Learning to Rank: From Pairwise Approach to Listwise
// Approach", 2007), where any is right; and the logistic loss of Answers. right
// are the questions of the batch that have a right candidate, all its questions. The
// candidate that would be shown counts most for Answers: a question is refused or
// not by it alone.
func loss(out []ranker.Output, labels []float32, right, all int, slopes []ranker.Output) float64 {
	var sum float64
	for _, y := range labels {
		if y >= leastRight {
			sum += float64(y)
		}
	}
	var greatest, exps float64 = math.Inf(-1), 0
	for _, o := range out {
		greatest = max(greatest, float64(o.Which))
	}
	for _, o := range out {
		exps += math.Exp(float64(o.Which) - greatest)
	}
	var total float64
	list, point := 1/float64(right+1), pointwise/float64(all)
	best := 0
	for i, o := range out {
		if o.Which > out[best].Which {
			best = i
		}
	}
	for i, o := range out {
		slopes[i] = ranker.Output{}
		var is float64
		if labels[i] >= leastRight {
			is = 1
		}
		if sum > 0 {
			log := float64(o.Which) - greatest - math.Log(exps)
			target := is * float64(labels[i]) / sum
			total -= list * target * log
			slopes[i].Which = float32(list * (math.Exp(log) - target))
		}
		b, point := float64(o.Answers), point
		if i == best {
			point += shown / float64(all)
		}
		total += point * (max(b, 0) - b*is + math.Log1p(math.Exp(-math.Abs(b))))
		slopes[i].Answers = float32(point * (1/(1+math.Exp(-b)) - is))
	}
	return total
}
