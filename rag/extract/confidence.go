package extract

import (
	"math"

	"docent/rag/retrieve"
)

// signals are what the confidence in an answer is drawn from. The odds of the
// best sentence against the others are none: among three documents they are
// always good.
type signals struct {
	// best is what is measured of the best sentence, vector the greatest cosine
	// of a passage.
	best   measures
	vector float64
	// said is the information that the best sentence covers, in words that no
	// passage has, and asked the number of words in the question.
	said  float64
	asked int
	// gap is the information of the word that its passage lacks most, as a
	// share of the most that a word has, and rare what the passage covers where
	// rare words count more than their information.
	gap, rare float64
	// noSign is set where a number or a date was asked for and the best
	// sentence has none. Names and causes are no such sign: nearly every
	// sentence has a name, and few say that they give a cause.
	noSign bool
	// unknownName is how surely the question names something that no document
	// mentions: 0 where it does not, 1 where nothing near it is there.
	unknownName float64
	// foreign is set where the answer is in another language than the question.
	foreign bool
	// english is set where both are in English. The same measures say more
	// then: without it, of 100 questions that the documents have nothing
	// about, 90 were refused in English where it is 85 in French.
	english bool
}

// confidence is between 0 and 1, and grows with the probability that the
// evidence answers. It is a logistic regression, fitted on the French and
// English dev sets: on their answerable questions against questions about
// other documents, and against the same questions put to that half of the
// corpus which has no document of that title. It holds nothing that depends on
// how many documents there are.
func (s signals) confidence() float64 {
	if s.best[mCovers]+s.best[mContext]+s.best[mMeans] == 0 {
		return 0
	}
	sum := -2.55 +
		0.3*s.best[mCovers] + 2*s.best[mContext] + 3.9*s.best[mTitle] +
		2.8*s.best[mMeans] + 1.4*s.best[mAround] + 2.8*s.best[mCosine] -
		2.5*s.best[mMissing] - 0.9*s.unknownName +
		2.6*s.vector - 0.9*s.gap + 1.4*s.rare +
		2.8*math.Log1p(s.said) - 0.8*math.Log1p(float64(s.asked))
	if s.noSign {
		sum -= 1.2
	}
	switch {
	case s.foreign:
		sum++
	case s.english:
		sum += 0.6
	}
	return 1 / (1 + math.Exp(-sum))
}

// signals reads them off the best of the ranked sentences.
func (q *inquiry) signals(ranked []sentence) signals {
	best := ranked[0]
	s := signals{
		best: best.measures, said: best.measures[mCovers] * q.information / q.rarest, asked: len(q.words),
		foreign: q.foreign(best.reading), english: q.language == "en",
	}
	for _, other := range ranked {
		s.vector = max(s.vector, other.measures[mVector])
	}
	switch q.wants.Kind {
	case retrieve.AskedWhen, retrieve.AskedHowMany, retrieve.AskedHowMuch:
		s.noSign = best.measures[mSign] == 0
	}
	var most, squares float64
	for i, w := range q.words {
		near := best.reading.near[i]
		most = max(most, w.IDF)
		squares += w.IDF * w.IDF
		s.gap = max(s.gap, w.IDF*(1-near))
		s.rare += w.IDF * w.IDF * near
		if w.Name && w.Frequency == 0 {
			s.unknownName = max(s.unknownName, 1-near)
		}
	}
	if most > 0 {
		s.gap, s.rare = s.gap/most, s.rare/squares
	}
	return s
}

func (q *inquiry) foreign(r *reading) bool {
	return q.language != "" && r.language != "" && r.language != q.language
}
