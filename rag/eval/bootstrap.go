package eval

import (
	"math/rand/v2"
	"slices"
)

// Interval is a 95 % interval.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// resamples is how often the questions are drawn anew: enough for the third
// digit of an interval to hold still.
const resamples = 1000

// seed makes the same scores give the same interval.
const seed = 4

// bootstrap is the percentile interval of a statistic over n questions, which
// are drawn with replacement (Efron and Tibshirani, 1993). The statistic says
// no when a draw leaves it undefined.
func bootstrap(n int, of statistic) Interval {
	random := rand.New(rand.NewPCG(seed, uint64(n))) //nolint:gosec // it must be repeatable, and hides nothing
	drawn := make([]int, n)
	values := make([]float64, 0, resamples)
	for range resamples {
		for i := range drawn {
			drawn[i] = random.IntN(n)
		}
		if v, ok := of(drawn); ok {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return Interval{}
	}
	slices.Sort(values)
	return Interval{Low: percentile(values, 0.025), High: percentile(values, 0.975)}
}

// percentile of sorted values, interpolated.
func percentile(values []float64, p float64) float64 {
	at := p * float64(len(values)-1)
	below := int(at)
	above := min(below+1, len(values)-1)
	return values[below] + (at-float64(below))*(values[above]-values[below])
}
