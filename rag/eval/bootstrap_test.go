package eval

import (
	"math"
	"testing"
)

// Of n yes-or-no scores the interval is near p ± 1.96 √(p(1-p)/n).
func TestBootstrapOfShares(t *testing.T) {
	scores := make([]Scores, 400)
	for i := range scores {
		scores[i] = Scores{Hit1: indicator(i < 100)}
	}
	statistic := Hit1.statistic(scores)
	got := bootstrap(len(scores), statistic)
	half := 1.96 * math.Sqrt(0.25*0.75/400)
	if math.Abs(got.Low-(0.25-half)) > 0.006 || math.Abs(got.High-(0.25+half)) > 0.006 {
		t.Errorf("interval %+v, want about %.3f to %.3f", got, 0.25-half, 0.25+half)
	}
	if again := bootstrap(len(scores), statistic); again != got {
		t.Errorf("the same scores give %+v, then %+v", got, again)
	}
}

func TestBootstrapOfNothing(t *testing.T) {
	never := func([]int) (float64, bool) { return 0, false }
	if got := bootstrap(3, never); got != (Interval{}) {
		t.Errorf("got %+v", got)
	}
	if got := bootstrap(1, F1.statistic([]Scores{{F1: 0.5}})); got != (Interval{0.5, 0.5}) {
		t.Errorf("got %+v", got)
	}
}

func TestPercentile(t *testing.T) {
	values := []float64{0, 1, 2, 3, 4}
	for p, want := range map[float64]float64{0: 0, 0.25: 1, 0.5: 2, 0.6: 2.4, 1: 4} {
		if got := percentile(values, p); math.Abs(got-want) > 1e-12 {
			t.Errorf("percentile %v is %v, want %v", p, got, want)
		}
	}
}
