package local

import (
	"fmt"
	"slices"
)

// Pooling is how the vectors of a text's tokens become one.
type Pooling string

// The ways that sentence encoders are trained with.
const (
	Mean Pooling = "mean" // of all tokens
	Cls  Pooling = "cls"  // the first token's
	Max  Pooling = "max"  // the greatest number of each place
	Last Pooling = "last" // the last token's
)

func (p Pooling) known() bool { return slices.Contains([]Pooling{Mean, Cls, Max, Last}, p) }

// pool makes one vector of those of n tokens.
func (p Pooling) pool(vectors []float32, width, n int) []float32 {
	row := func(i int) []float32 { return vectors[i*width : (i+1)*width] }
	switch p {
	case Cls:
		return row(0)
	case Last:
		return row(n - 1)
	}
	to := slices.Clone(row(0))
	for i := 1; i < n; i++ {
		for j, x := range row(i) {
			if p == Max {
				to[j] = max(to[j], x)
			} else {
				to[j] += x
			}
		}
	}
	return to // a sum has the direction of the mean
}

// poolingFile is 1_Pooling/config.json.
type poolingFile struct {
	Cls      bool `json:"pooling_mode_cls_token"`
	Mean     bool `json:"pooling_mode_mean_tokens"`
	MeanSqrt bool `json:"pooling_mode_mean_sqrt_len_tokens"`
	Max      bool `json:"pooling_mode_max_tokens"`
	Last     bool `json:"pooling_mode_lasttoken"`
	Weighted bool `json:"pooling_mode_weightedmean_tokens"`
}

// pooling is the one way that the file has.
func (f poolingFile) pooling() (Pooling, error) {
	var ways []Pooling
	for p, on := range map[Pooling]bool{Cls: f.Cls, Mean: f.Mean || f.MeanSqrt, Max: f.Max, Last: f.Last, "weighted": f.Weighted} {
		if on {
			ways = append(ways, p)
		}
	}
	if len(ways) != 1 || !ways[0].known() {
		return "", fmt.Errorf("1_Pooling/config.json asks for the pooling %q, and one of mean, cls, max and last is known", ways)
	}
	return ways[0], nil
}
