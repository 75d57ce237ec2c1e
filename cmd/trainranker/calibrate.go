package main

import (
	"math"

	"docent/rag/extract/ranker"
)

// ridge keeps the calibration small where little speaks for more.
const ridge = 1

// newtons are the steps of Newton's method; it converges in a few.
const newtons = 30

// regression is a logistic regression on standardised evidence, the bias last.
type regression struct {
	mean, deviation [ranker.EvidenceLen]float64
	weights         vector
}

type (
	vector [ranker.EvidenceLen + 1]float64
	matrix [ranker.EvidenceLen + 1]vector
)

// calibrate fits the probability that the best candidate is right.
func calibrate(all []outcome) ranker.Calibration {
	const n = ranker.EvidenceLen
	r := regression{}
	r.standardise(all)
	for range newtons {
		var slope vector
		var curve matrix
		for i := range n {
			slope[i], curve[i][i] = ridge*r.weights[i], ridge
		}
		curve[n][n] = 1e-9
		for _, o := range all {
			if o.found {
				r.add(o, &slope, &curve)
			}
		}
		for i, step := range solve(curve, slope) {
			r.weights[i] -= step
		}
	}
	c := ranker.Calibration{Bias: r.weights[n], Weights: make([]float64, n)}
	for i := range n {
		c.Weights[i] = r.weights[i] / r.deviation[i]
		c.Bias -= r.weights[i] * r.mean[i] / r.deviation[i]
	}
	return c
}

func (r *regression) standardise(all []outcome) {
	var count float64
	var squares [ranker.EvidenceLen]float64
	for _, o := range all {
		if !o.found {
			continue
		}
		count++
		for i, x := range o.evidence.Vector() {
			r.mean[i] += x
			squares[i] += float64(x * x)
		}
	}
	for i := range r.mean {
		r.mean[i] /= max(1, count)
		r.deviation[i] = math.Sqrt(max(0, squares[i]/max(1, count)-float64(r.mean[i]*r.mean[i]))) + 1e-6
	}
}

// add adds what an outcome does to slope and curvature of the loss.
func (r *regression) add(o outcome, slope *vector, curve *matrix) {
	const n = ranker.EvidenceLen
	var x vector
	x[n] = 1
	z := r.weights[n]
	for i, v := range o.evidence.Vector() {
		x[i] = (v - r.mean[i]) / r.deviation[i]
		z += float64(r.weights[i] * x[i])
	}
	p := 1 / (1 + math.Exp(-z))
	var is float64
	if o.right {
		is = 1
	}
	for i := range x {
		slope[i] += float64((p - is) * x[i])
		for j := range x {
			curve[i][j] += float64(p * (1 - p) * x[i] * x[j])
		}
	}
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
		all[i].probability = 0
		if all[i].found {
			all[i].probability = c.Probability(all[i].evidence)
		}
	}
}

// crossCalibrate sets the probability of the outcomes of each fold by what is
// fitted to the others.
func crossCalibrate(all [][]outcome) {
	for i := range all {
		var others []outcome
		for k := range all {
			if k != i {
				others = append(others, all[k]...)
			}
		}
		setProbabilities(all[i], calibrate(others))
	}
}
