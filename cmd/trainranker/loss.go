package main

import (
	"math"

	"docent/rag/extract/ranker"
)

// What the losses of Output.Answers count beside that of Output.Which: that of the
// choice among the candidates and none of them, and that of each candidate by
// itself. Found on two of the folds. On all five, one network each, the area of
// answerable over absent questions in ordinary words is .639; with the loss of each
// candidate alone, counting .5, it is .614.
const (
	noneCounts  = 2
	pointCounts = 0.2
)

// loss is what a question adds to the loss of its batch, and sets the slopes of
// its outputs: the cross entropy of Which, a softmax over the candidates, to their
// labels (Cao et al., "Learning to Rank: From Pairwise Approach to Listwise
// Approach", 2007), where any is right; that of Answers, with 0 for none of them;
// and the logistic loss of Answers. right are the questions of the batch that have
// a right candidate, all its questions.
func loss(out []ranker.Output, labels []float32, right, all int, slopes []ranker.Output) float64 {
	target := targets(labels)
	which, answers := make([]float64, len(out)), make([]float64, len(out)+1) // the last is none of them
	for i, o := range out {
		which[i], answers[i] = float64(o.Which), float64(o.Answers)
	}
	among, withNone := logSum(which), logSum(answers)
	list, none, point := 1/float64(right+1), noneCounts/float64(all), pointCounts/float64(all)
	total := none * withNone
	if target == nil { // the target is none of them
		list = 0
		target = make([]float64, len(out))
	}
	for i := range out {
		a, b := which[i]-among, answers[i]-withNone
		total -= target[i] * (list*a + none*answers[i])
		slopes[i].Which = float32(list * (math.Exp(a) - target[i]))
		is := 0.0
		if labels[i] >= leastRight {
			is = 1
		}
		total += point * (logSum([]float64{answers[i], 0}) - is*answers[i])
		slopes[i].Answers = float32(none*(math.Exp(b)-target[i]) + point*(1/(1+math.Exp(-answers[i]))-is))
	}
	return total
}

// targets are the labels of what is right, summing up to 1; nil where nothing is.
func targets(labels []float32) []float64 {
	var sum float64
	list := make([]float64, len(labels))
	for i, y := range labels {
		if y >= leastRight {
			list[i] = float64(y)
			sum += list[i]
		}
	}
	if sum == 0 {
		return nil
	}
	for i := range list {
		list[i] /= sum
	}
	return list
}

// logSum is the logarithm of the sum of exponentials.
func logSum(list []float64) float64 {
	greatest := math.Inf(-1)
	for _, x := range list {
		greatest = max(greatest, x)
	}
	var sum float64
	for _, x := range list {
		sum += math.Exp(x - greatest)
	}
	return greatest + math.Log(sum)
}
