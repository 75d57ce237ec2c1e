package eval

import "slices"

// statistic is a figure of the drawn ones among some questions, or no when the
// draw leaves it undefined.
type statistic func(drawn []int) (float64, bool)

// counts reports whether a question with these scores counts for the measure.
func (m Measure) counts(s Scores) bool {
	_, asked := s[Confidence]
	switch m {
	case AUCAbsent:
		return asked && (s.answerable() || s.absent())
	case AUCRight:
		return asked && (s[Right] > 0 || s[WrongShown] > 0)
	case ECE:
		_, known := s[BestRight]
		return asked && known
	}
	_, ok := s[m]
	return ok
}

// answerable and absent are told by the measures that are taken of either.
func (s Scores) answerable() bool { return has(s, WrongRefusals) }
func (s Scores) absent() bool     { return has(s, RefusalRecall) }

func has(s Scores, m Measure) bool {
	_, ok := s[m]
	return ok
}

// statistic is the measure's over the questions with these scores; those that
// do not count are passed over.
func (m Measure) statistic(all []Scores) statistic {
	switch m {
	case AUCAbsent:
		return rocArea(rank(m, all, Scores.answerable))
	case AUCRight:
		return rocArea(rank(m, all, func(s Scores) bool { return s[Right] > 0 }))
	case ECE:
		return calibrationError(rank(m, all, func(s Scores) bool { return s[BestRight] > 0 }))
	}
	return meanOf(m, all)
}

func meanOf(m Measure, all []Scores) statistic {
	values, known := make([]float64, len(all)), make([]bool, len(all))
	for i, s := range all {
		values[i], known[i] = s[m]
	}
	return func(drawn []int) (float64, bool) {
		var sum float64
		n := 0
		for _, i := range drawn {
			if known[i] {
				sum += values[i]
				n++
			}
		}
		return sum / float64(max(1, n)), n > 0
	}
}

// Of is the value of the measure over questions with these scores, if any of them
// counts.
func (m Measure) Of(all []Scores) (float64, bool) {
	return m.statistic(all)(sequence(len(all)))
}

func sequence(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// figureOf is the measure's figure with its interval, if any question counts.
func figureOf(m Measure, all []Scores) (Figure, bool) {
	counting := slices.DeleteFunc(slices.Clone(all), func(s Scores) bool { return !m.counts(s) })
	of := m.statistic(counting)
	value, ok := of(sequence(len(counting)))
	if !ok {
		return Figure{}, false
	}
	return Figure{Measure: m, Value: value, Interval: bootstrap(len(counting), of), N: len(counting)}, true
}
