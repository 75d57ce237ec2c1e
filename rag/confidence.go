package rag

import "math"

// DefaultThreshold is the confidence from which on a question is answered. On
// the dev sets it is where 5 to 8 of 100 questions that the documents answer
// are refused, and 85 of 100 that they have nothing about.
const DefaultThreshold = 0.45

// signals are what the confidence in an answer is drawn from. The odds of the
// best sentence against the others are none: among three documents they are
// always good.
type signals struct {
	// best is what is measured of the best sentence.
	best measures
	// noSign is set where a number or a date was asked for and the best
	// sentence has none. Names and causes are no such sign: nearly every
	// sentence has a name, and few say that they give a cause.
	noSign bool
	// unknownName is how surely the question names something that no document
	// mentions: 0 where it does not, 1 where nothing near it is there.
	unknownName float64
	// foreign is set where the answer is in another language than the question.
	foreign bool
}

// confidence is between 0 and 1, and grows with the probability that the
// evidence answers. It is a logistic regression, fitted on the French and
// English dev sets: on their answerable questions against questions about
// other documents, and against the same questions once the documents that
// answer them are taken away, from the whole corpus and from a dozen of its
// documents. It holds nothing that depends on how many documents there are.
func (s signals) confidence() float64 {
	if s.best[mCovers]+s.best[mContext]+s.best[mMeans] == 0 {
		return 0
	}
	sum := -3 +
		2.3*s.best[mCovers] + 0.7*s.best[mContext] + 2*s.best[mTitle] +
		1.6*s.best[mMeans] + 2.7*s.best[mAround] + 3.4*s.best[mCosine] -
		2.6*s.best[mMissing] - 0.8*s.unknownName
	if s.noSign {
		sum -= 1.2
	}
	if s.foreign {
		sum++
	}
	return 1 / (1 + math.Exp(-sum))
}

// signals reads them off the best sentence.
func (q *inquiry) signals(best sentence) signals {
	s := signals{best: best.measures, foreign: q.foreign(best.reading)}
	switch q.wants.kind {
	case askedWhen, askedHowMany, askedHowMuch:
		s.noSign = best.measures[mSign] == 0
	}
	for i, w := range q.words {
		if w.name && w.frequency == 0 {
			s.unknownName = max(s.unknownName, 1-best.reading.near[i])
		}
	}
	return s
}

func (q *inquiry) foreign(r *reading) bool {
	return q.language != "" && r.language != "" && r.language != q.language
}
