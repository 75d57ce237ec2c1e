package main

import (
	"math"
	"slices"

	"docent/rag/extract/ranker"
)

// ridge keeps the calibration small where little speaks for more.
const ridge = 1

// newtons are the steps of Newton's method; it converges in a few.
const newtons = 30

// What the calibration weighs: the evidence, and one for the bias.
type (
	vector [ranker.EvidenceLen + 1]float64
	matrix [ranker.EvidenceLen + 1]vector
)

// calibrate fits the probability that the best candidate is right: a logistic
// regression on standardised evidence.
func calibrate(all []outcome) ranker.Calibration {
	const n = ranker.EvidenceLen
	all = slices.DeleteFunc(slices.Clone(all), func(o outcome) bool { return !o.found })
	rows, mean, deviation := standardised(all)
	var weights vector
	for range newtons {
		var slope vector
		var curve matrix
		for i := range n {
			slope[i], curve[i][i] = ridge*weights[i], ridge
		}
		curve[n][n] = 1e-9
		for k, x := range rows {
			z := weights[n]
			for i := range n {
				z += float64(weights[i] * x[i])
			}
			p, is := 1/(1+math.Exp(-z)), 0.0
			if all[k].right {
				is = 1
			}
			for i := range x {
				slope[i] += float64((p - is) * x[i])
				for j := range x {
					curve[i][j] += float64(p * (1 - p) * x[i] * x[j])
				}
			}
		}
		for i, step := range solve(curve, slope) {
			weights[i] -= step
		}
	}
	c := ranker.Calibration{Bias: weights[n], Weights: make([]float64, n)}
	for i := range n {
		c.Weights[i] = weights[i] / deviation[i]
		c.Bias -= weights[i] * mean[i] / deviation[i]
	}
	return c
}

// standardised is the evidence of each outcome in deviations from the mean.
func standardised(all []outcome) (rows []vector, mean, deviation vector) {
	const n = ranker.EvidenceLen
	var sum, squares vector
	rows = make([]vector, len(all))
	for k, o := range all {
		evidence := o.evidence.Vector()
		copy(rows[k][:], evidence[:])
		for i, x := range evidence {
			sum[i] += x
			squares[i] += float64(x * x)
		}
	}
	for i := range n {
		mean[i], deviation[i] = moments(sum[i], squares[i], float64(len(all)))
		deviation[i] += 1e-6
	}
	for k := range rows {
		for i := range n {
			rows[k][i] = (rows[k][i] - mean[i]) / deviation[i]
		}
		rows[k][n] = 1
	}
	return rows, mean, deviation
}

// solve solves a x = b, of a positive definite a, by elimination.
func solve(a matrix, b vector) vector {
	n := len(b)
	for i := range n {
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= float64(f * a[i][j])
			}
			b[k] -= float64(f * b[i])
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			b[i] -= float64(a[i][j] * b[j])
		}
		b[i] /= a[i][i]
	}
	return b
}

// setProbabilities sets those of the outcomes.
func setProbabilities(all []outcome, c ranker.Calibration) {
	for i := range all {
		if all[i].found {
			all[i].probability = c.Probability(all[i].evidence)
		}
	}
}

// crossCalibrate sets the probability of the outcomes of each fold by what is
// fitted to the others.
func crossCalibrate(all [][]outcome) {
	for i := range all {
		setProbabilities(all[i], calibrate(slices.Concat(slices.Concat(all[:i], all[i+1:])...)))
	}
}
