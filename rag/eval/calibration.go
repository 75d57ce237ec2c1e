package eval

import (
	"cmp"
	"math"
	"slices"
)

// forecast is a question's confidence and whether what it is of came true.
type forecast struct {
	confidence float64
	came       bool
	// times is how often it was drawn.
	times int
}

// ranked is forecasts by confidence, and where in them each question is; -1 for
// one that does not count.
type ranked struct {
	forecasts []forecast
	place     []int
}

func rank(m Measure, all []Scores, came func(Scores) bool) ranked {
	order := make([]int, 0, len(all))
	r := ranked{place: make([]int, len(all))}
	for i, s := range all {
		r.place[i] = -1
		if m.counts(s) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a][Confidence], all[b][Confidence]) })
	for at, i := range order {
		r.place[i] = at
		r.forecasts = append(r.forecasts, forecast{confidence: all[i][Confidence], came: came(all[i])})
	}
	return r
}

// draw counts the drawn ones, and tells how many they are.
func (r ranked) draw(drawn []int) (n int) {
	for i := range r.forecasts {
		r.forecasts[i].times = 0
	}
	for _, i := range drawn {
		if at := r.place[i]; at >= 0 {
			r.forecasts[at].times++
			n++
		}
	}
	return n
}

// ties calls use with the drawn ones of each confidence, from the lowest: how
// many came true and how many did not.
func (r ranked) ties(use func(confidence float64, came, not int)) {
	for at := 0; at < len(r.forecasts); {
		var n [2]int
		first := r.forecasts[at].confidence
		for ; at < len(r.forecasts) && r.forecasts[at].confidence == first; at++ {
			if r.forecasts[at].came {
				n[1] += r.forecasts[at].times
			} else {
				n[0] += r.forecasts[at].times
			}
		}
		if n[0]+n[1] > 0 {
			use(first, n[1], n[0])
		}
	}
}

// rocArea is the area under the ROC curve: how often what came true has more
// confidence than what did not, equal ones counting half.
func rocArea(r ranked) statistic {
	return func(drawn []int) (float64, bool) {
		r.draw(drawn)
		var above float64
		came, not := 0, 0
		r.ties(func(_ float64, c, n int) {
			above += float64(c) * (float64(not) + float64(n)/2)
			came += c
			not += n
		})
		if came == 0 || not == 0 {
			return 0, false
		}
		return above / float64(came) / float64(not), true
	}
}

// mostBins is the number of bins of calibration, of as many questions each and
// fewer where there would be less than leastInBin in one. Equal confidences
// share a bin.
const mostBins, leastInBin = 10, 20

// Bin is questions of like confidence.
type Bin struct {
	// Confidence is their mean, Right the share whose best statement answers.
	Confidence float64 `json:"confidence"`
	Right      float64 `json:"right"`
	N          int     `json:"n"`
}

// bins parts the drawn forecasts into bins.
func (r ranked) bins(drawn []int) []Bin {
	total := r.draw(drawn)
	most := min(mostBins, max(1, total/leastInBin))
	list := make([]Bin, 0, most)
	var sum, right float64
	n, left := 0, total
	r.ties(func(confidence float64, came, not int) {
		sum += confidence * float64(came+not)
		right += float64(came)
		n += came + not
		left -= came + not
		if n*most >= total || left == 0 {
			list = append(list, Bin{Confidence: sum / float64(n), Right: right / float64(n), N: n})
			sum, right, n = 0, 0, 0
		}
	})
	return list
}

func calibrationError(r ranked) statistic {
	return func(drawn []int) (float64, bool) {
		var off float64
		total := 0
		for _, b := range r.bins(drawn) {
			off += math.Abs(b.Confidence-b.Right) * float64(b.N)
			total += b.N
		}
		return off / float64(max(1, total)), total > 0
	}
}

// calibration are the bins of all outcomes that have a best statement.
func calibration(outcomes []Outcome) []Bin {
	all := scoresOf(outcomes)
	return rank(ECE, all, func(s Scores) bool { return s[BestRight] > 0 }).bins(sequence(len(all)))
}
