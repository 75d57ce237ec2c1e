package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"docent/rag/eval"
	"docent/rag/extract/ranker"
)

func outcomeOf(answerable, right bool, probability float64) outcome {
	return outcome{example: &Example{Set: "set", Answerable: answerable}, found: true, right: right, probability: probability}
}

func TestFigures(t *testing.T) {
	all := []outcome{
		outcomeOf(true, true, .9), outcomeOf(true, true, .6), outcomeOf(true, true, .3), outcomeOf(true, false, .5),
		outcomeOf(false, false, .55), outcomeOf(false, false, .1),
	}
	threshold, right, wrong, absent := shown(all)
	if threshold != .56 || right != .5 || wrong != 0 || absent != 0 {
		t.Errorf("at %v: %v right, %v wrong, %v absent", threshold, right, wrong, absent)
	}
	var b strings.Builder
	if err := printFigures(&b, "a kind", all); err != nil {
		t.Fatal(err)
	}
	if line := strings.Fields(strings.Split(b.String(), "\n")[1]); !slices.Equal(line[:5], []string{"all", "6", "0.750", "0.750", "0.667"}) {
		t.Errorf("printed %q", line)
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
	if off, _ := eval.ECE.Of(scoresOf(others)); off > .03 {
		t.Errorf("the calibration is off by %.3f", off)
	}
	for _, o := range others[:100] {
		want := float64(o.evidence.Answers) - .3*math.Log1p(float64(o.evidence.Passages))
		if got := math.Log(o.probability / (1 - o.probability)); math.Abs(got-want) > .6 {
			t.Errorf("a logit of %.2f, not about %.2f", got, want)
		}
	}
}
