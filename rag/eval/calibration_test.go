package eval

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// answerable and absent are scores of questions with a confidence.
func answerableAt(confidence float64, right bool) Scores {
	return Scores{WrongRefusals: 0, Confidence: confidence, Right: indicator(right), WrongShown: indicator(!right), BestRight: indicator(right)}
}

func absentAt(confidence float64) Scores {
	return Scores{RefusalRecall: 0, Confidence: confidence, BestRight: 0}
}

func TestAreas(t *testing.T) {
	all := []Scores{
		absentAt(0.5), answerableAt(0.9, true), answerableAt(0.5, false), absentAt(0.1), answerableAt(0.3, true), answerableAt(0.2, false),
		{WrongRefusals: 1, Confidence: 0.05, Right: 0, WrongShown: 0, BestRight: 1}, {Hit1: 1},
	}
	for _, tc := range []struct {
		of   Measure
		want float64
		n    int
	}{
		// .9 is above both absent ones, .5 above one and level with the other, .3 and
		// .2 above one, .05 above none: 2 + 1.5 + 1 + 1 + 0 of 10 pairs.
		{AUCAbsent, 0.55, 7},
		// .9 is above .5 and .2, .3 above .2; what is refused does not count.
		{AUCRight, 0.75, 4},
	} {
		f, ok := figureOf(tc.of, all)
		if !ok || math.Abs(f.Value-tc.want) > 1e-12 || f.N != tc.n || f.Low > f.Value || f.High < f.Value {
			t.Errorf("%s is %+v, want %v of %d", tc.of, f, tc.want, tc.n)
		}
	}
	if f, ok := figureOf(AUCAbsent, all[1:3]); ok {
		t.Errorf("an area without what is absent: %+v", f)
	}
}

// Sixty questions make three bins of twenty; that equal confidences share one
// makes the second larger.
func TestCalibrationError(t *testing.T) {
	var outcomes []Outcome
	for i := range 60 {
		s := answerableAt(0.1, i < 4) // 20 at .1, 4 right
		switch {
		case i >= 45:
			s = answerableAt(0.9, true)
		case i >= 20:
			s = answerableAt(0.5, i < 30) // 25 at .5, 10 right
		}
		outcomes = append(outcomes, Outcome{Scores: s})
	}
	outcomes[0], outcomes[59] = outcomes[59], outcomes[0] // the order says nothing
	want := []Bin{{0.1, 0.2, 20}, {0.5, 0.4, 25}, {0.9, 1, 15}}
	if diff := cmp.Diff(want, calibration(outcomes), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("bins (-want +got):\n%s", diff)
	}
	if f, ok := figureOf(ECE, scoresOf(outcomes)); !ok || math.Abs(f.Value-0.1) > 1e-12 || f.N != 60 {
		t.Errorf("ECE is %+v, want .1 of 60", f)
	}
	few, _ := figureOf(ECE, []Scores{answerableAt(0.2, false), answerableAt(0.8, true)})
	if math.Abs(few.Value) > 1e-12 {
		t.Errorf("two questions are one bin, whose mean is right: %+v", few)
	}
}

// A figure that is no mean is compared by drawing the same questions in both
// runs.
func TestCompareAreas(t *testing.T) {
	var before, after Report
	for i := range 40 {
		id := string(rune('a' + i))
		s, better := absentAt(0.5), absentAt(0.1)
		if i%2 == 0 {
			s, better = answerableAt(0.5, true), answerableAt(0.9, true)
		}
		before.Outcomes = append(before.Outcomes, Outcome{ID: id, Scores: s})
		after.Outcomes = append(after.Outcomes, Outcome{ID: id, Scores: better})
	}
	for _, d := range Compare([]Report{before}, []Report{after})[0].Differences {
		if d.Measure != AUCAbsent {
			continue
		}
		if d.Before != 0.5 || d.After != 1 || d.Verdict() != 1 || d.N != 40 {
			t.Errorf("difference %+v", d)
		}
		return
	}
	t.Error("the areas are not compared")
}
