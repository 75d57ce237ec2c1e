package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"docent/rag/extract/ranker"
)

func TestArea(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for range 50 {
		var a, b []float64
		for range 1 + random.IntN(20) {
			a = append(a, float64(random.IntN(6)))
		}
		for range 1 + random.IntN(20) {
			b = append(b, float64(random.IntN(6)))
		}
		var want float64
		for _, x := range a {
			for _, y := range b {
				switch {
				case x > y:
					want++
				case x == y:
					want += .5
				}
			}
		}
		if got := area(a, b); math.Abs(got-want/float64(len(a)*len(b))) > 1e-12 {
			t.Fatalf("the area of %v over %v is %v", a, b, got)
		}
	}
}

func outcomeOf(answerable, right bool, probability float64) outcome {
	return outcome{example: &Example{Answerable: answerable}, found: true, right: right, probability: probability}
}

func TestFigures(t *testing.T) {
	all := []outcome{
		outcomeOf(true, true, .9), outcomeOf(true, true, .6), outcomeOf(true, true, .3), outcomeOf(true, false, .5),
		outcomeOf(false, false, .55), outcomeOf(false, false, .1),
	}
	f := figures(all, Limits{Wrong: 0, Absent: .5})
	if f.Answerable != 4 || f.Absent != 2 || f.Hit != .75 {
		t.Errorf("counted %+v", f)
	}
	if f.Threshold != .51 || f.Right != .5 || f.Wrong != 0 || f.Answered != .5 {
		t.Errorf("at the threshold: %+v", f)
	}
	if f.AnswerableAbsent != 6./8 || f.RightWrong != 2./3 {
		t.Errorf("areas: %+v", f)
	}
}

// The calibration finds how likely outcomes are that happen by a law of their
// evidence, and does so for others too.
func TestCalibrate(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	draw := func() (all []outcome) {
		for range 4000 {
			a := random.NormFloat64() * 2
			passages := 1 + random.IntN(1000)
			p := 1 / (1 + math.Exp(-(a - .3*math.Log1p(float64(passages)))))
			o := outcomeOf(true, random.Float64() < p, 0)
			o.evidence = ranker.EvidenceOf([]ranker.Output{{Which: float32(random.NormFloat64()), Answers: float32(a)}, {}}, 0, passages, 1+random.IntN(9))
			all = append(all, o)
		}
		return all
	}
	c := calibrate(draw())
	others := draw()
	setProbabilities(others, c)
	if off := calibrationError(others); off > .03 {
		t.Errorf("the calibration is off by %.3f", off)
	}
	for _, o := range others[:100] {
		want := float64(o.evidence.Answers) - .3*math.Log1p(float64(o.evidence.Passages))
		if got := math.Log(o.probability / (1 - o.probability)); math.Abs(got-want) > .6 {
			t.Errorf("a logit of %.2f, not about %.2f", got, want)
		}
	}
}
