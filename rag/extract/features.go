package extract

import (
	"math"
	"strings"
	"unicode"

	"docent/rag/lang"
	"docent/rag/retrieve"
)

// measures are what is measured of a sentence, each between 0 and about 1.
type measures [measureCount]float64

const (
	// mCovers is the share of the question's information in the sentence,
	// mContext what title, headings and the rest of the passage add to it, and
	// mTitle what title and headings do.
	mCovers = iota
	mContext
	mTitle
	// mMeans is what words of like meaning add to mCovers, mAround to
	// everything in the passage.
	mMeans
	mAround
	// mMissing is the share of the question's names that the passage lacks.
	mMissing
	// mBefore and mAfter are what the sentences before and after add,
	// mAntecedent what that adds which a pronoun leans back on.
	mBefore
	mAfter
	mAntecedent
	// mPairs is the share of the question's neighbours that are near each
	// other, mDense how near its words are to something new.
	mPairs
	mDense
	// mSign is that it says the kind of thing asked for, mNoun how near in
	// meaning a word comes to the noun asked for.
	mSign
	mNoun
	// mCosine is of the sentence; mTitled, mAfterward and mBeforehand of it with
	// a share of the title and of the sentences before and after, which say
	// what its pronouns stand for.
	mCosine
	mTitled
	mAfterward
	mBeforehand
	// mVector is the cosine of the passage, mLexical its BM25 score as a share
	// of the best one, mScore its fused score, and mBest is set for the best.
	mVector
	mLexical
	mScore
	mBest
	// mSibling is the fused score of the best other passage under the same
	// title: what the evidence is about as a whole.
	mSibling
	// mFirst is set for the first sentence of a passage, mFragment for what is
	// no sentence; mLength is the logarithm of its words over usualWords, and
	// mExtent that of the passage's over usualPassage: of many sentences one
	// meets the question by chance.
	mFirst
	mFragment
	mLength
	mExtent
	measureCount
)

// weights of the measures in the score of a sentence. They are those of a
// log-linear model of which sentence of the evidence holds an accepted answer
// and is of the right document, fitted on the French and English dev sets
// together and rounded. In five-fold cross-validation by the titles of
// documents it answers as well as on what it was fitted on, to half a point. e
// to the score is thus proportional to the probability that the sentence
// answers, see choose.
var weights = measures{
	mCovers: 1.7, mContext: -1.2, mTitle: 3.1,
	mMeans: 3.8, mAround: 1.9,
	mMissing: -2.6,
	mBefore:  2.2, mAfter: 0.2, mAntecedent: 2,
	mPairs: 1.1, mDense: 1.7,
	mSign: 2.7, mNoun: 0.4,
	mCosine: 1.1, mTitled: 1.5, mBeforehand: 1.3, mAfterward: 1.1,
	mVector: 1.3, mLexical: 1.7, mScore: 1.7, mBest: 0.7,
	mSibling: 0.9,
	mFirst:   0.6, mFragment: -0.7, mLength: 0.4, mExtent: -0.45,
}

// trust is what a sign of each kind says: a date where a time is asked for
// nearly all, a name where a place is less. It is from the same fit.
var trust = [...]float64{
	retrieve.AskedWho: 1, retrieve.AskedName: 0.5, retrieve.AskedWhen: 1, retrieve.AskedWhere: 0.4, retrieve.AskedHowMany: 1, retrieve.AskedHowMuch: 0.6,
	retrieve.AskedWhy: 0.4, retrieve.AskedList: 0.4, retrieve.AskedDefinition: 0.6, retrieve.AskedWhether: 0,
}

func (m measures) score() float64 {
	var sum float64
	for i, w := range weights {
		sum += w * m[i]
	}
	return sum
}

// measure measures the sentence number k of a reading, which ends at s.End.
func (q *inquiry) measure(r *reading, k int, s lang.Span) measures {
	words := r.within(s)
	here := q.met(words)
	m := measures{
		mCovers:   q.share(here, nil),
		mContext:  q.share(r.whole, here),
		mTitle:    q.share(r.above, here),
		mMeans:    q.share(q.nearly(words, here), here),
		mAround:   q.share(r.near, nil),
		mMissing:  q.missing(r),
		mPairs:    q.pairs(words),
		mDense:    q.dense(words),
		mSign:     q.sign(r, s, words) * trust[q.wants.Kind],
		mNoun:     q.nounIn(words),
		mVector:   r.hit.Vector,
		mLexical:  r.lexical,
		mScore:    r.hit.Score,
		mFragment: fragment(r.hit.Text[s.Start:s.End], words),
		mLength:   math.Log(float64(1+lang.WordCount(r.hit.Text[s.Start:s.End])) / usualWords),
		mSibling:  r.sibling,
		mExtent:   math.Log(float64(1+len(r.words)) / usualPassage),
	}
	m[mAntecedent] = q.share(q.met(r.led(k)), here)
	own := r.vectors[k]
	if s != r.sentences[k] && q.vector != nil {
		own = q.embedded(r.hit.Text[s.Start:s.End], len(q.vector))
	}
	q.mean(&m, r, k, own)
	if r.best {
		m[mBest] = 1
	}
	if k == 0 {
		m[mFirst] = 1
	} else {
		m[mBefore] = q.share(q.met(r.within(r.sentences[k-1])), here)
	}
	if k+1 < len(r.sentences) {
		m[mAfter] = q.share(q.met(r.within(r.sentences[k+1])), here)
	}
	if a := r.antecedent(k); a >= 0 && r.leansBack(s) {
		m[mAntecedent] = q.share(q.met(r.within(r.sentences[a])), here)
	}
	return m
}

// missing is the share of the question's information that is in names which
// the passage does not have.
func (q *inquiry) missing(r *reading) float64 {
	missed := make([]float64, len(q.words))
	for i, w := range q.words {
		if w.Name {
			missed[i] = 1 - r.near[i]
		}
	}
	return q.share(missed, nil)
}

// The lengths of a usual sentence and of a usual passage, in words.
const usualWords, usualPassage = 20, 120

// fewestWords is what a sentence has that can be read without its context.
const fewestWords = 4

// fragment is set for a few words, and for a heading in capitals; a row of
// codes and numbers is none.
func fragment(text string, words []readWord) float64 {
	if len(words) < fewestWords || strings.ToUpper(text) == text && !strings.ContainsFunc(text, unicode.IsDigit) {
		return 1
	}
	return 0
}

// nounIn is how near in meaning the nearest of the words that the question
// does not have comes to the noun asked for.
func (q *inquiry) nounIn(words []readWord) float64 {
	if q.wants.Noun == "" {
		return 0
	}
	var best float64
	for _, w := range words {
		if w.alike != nil && (w.degree == 0 || q.isNoun(w)) {
			best = max(best, float64(w.alike[len(q.words)])-noiseAlike)
		}
	}
	return best
}

// nearby is how many words apart neighbours in the question may stand.
const nearby = 4

// pairs is the share of neighbours in the question that stand near each other.
func (q *inquiry) pairs(words []readWord) float64 {
	var sum, total float64
	for i := 1; i < len(q.words); i++ {
		weight := min(q.words[i-1].IDF, q.words[i].IDF)
		total += weight
		if together(words, i-1, i) {
			sum += weight
		}
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

func together(words []readWord, a, b int) bool {
	lastA, lastB := -1, -1
	for i, w := range words {
		switch {
		case w.degree == 0:
			continue
		case w.query == a:
			lastA = i
		case w.query == b:
			lastB = i
		}
		if lastA >= 0 && lastB >= 0 && max(lastA-lastB, lastB-lastA) <= nearby {
			return true
		}
	}
	return false
}

// fade is after how many words nearness has fallen to a third.
const fade = 8

// dense is how near the question's words stand to the one of the other words
// that is nearest to them all: where they are many and it is among them, it
// may be the answer.
func (q *inquiry) dense(words []readWord) float64 {
	var best float64
	near := make([]float64, len(q.words))
	for at, candidate := range words {
		if candidate.Stop || candidate.degree > 0 {
			continue
		}
		clear(near)
		for i, w := range words {
			if w.degree > 0 {
				near[w.query] = max(near[w.query], w.degree*fading(i-at))
			}
		}
		best = max(best, q.share(near, nil))
	}
	return best
}

var fadings = func() (table [64]float64) {
	for i := range table {
		table[i] = math.Exp(-float64(i) / fade)
	}
	return table
}()

func fading(distance int) float64 {
	distance = max(distance, -distance)
	if distance >= len(fadings) {
		return 0
	}
	return fadings[distance]
}
