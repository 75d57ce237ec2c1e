package extract

import (
	"math"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// measures are what is measured of a candidate beside its words, each between -1
// and about 1.
type measures [measureCount]float32

const (
	// mScore is the hit's fused score, mLexical its BM25 score as a share of the
	// best one, mVector its cosine, mRank its place, mSibling the score of the best
	// other passage under the same title.
	mScore = iota
	mLexical
	mVector
	mRank
	mSibling
	// mCosine is of the unit, mTitled, mBefore and mAfter with a share of the
	// title and of the units beside it.
	mCosine
	mTitled
	mBefore
	mAfter
	// mOwn, mRead and mAround are the shares of the question's information that
	// the unit has, with its context, with its passage; mNeighbour what the units
	// beside it add.
	mOwn
	mRead
	mAround
	mNeighbour
	// mGap is the information of the word that is missed most, mNames and mNumbers
	// what is missed in names and in words with digits, mUnknown in words that no
	// passage has.
	mGap
	mNames
	mNumbers
	mUnknown
	// mPairs is the share of the question's neighbours that stand near each other.
	mPairs
	// mNew is the share of the unit's words that the question does not have, mDigit,
	// mName and mMoney that a number, a name, a sum is among them.
	mNew
	mDigit
	mName
	mMoney
	// mLength is the logarithm of the unit's words, mExtent the passage's; mFirst
	// is set for the first unit, mAsks for what asks itself, mShort for a few words.
	mLength
	mExtent
	mFirst
	mAsks
	mShort
	mWhole
	// mKind and what follows are set for the unit's kind.
	mKind
	mKindEnd = mKind + int(rag.Lead)
	// mForeign is set where question and passage are in two languages, mFrench
	// where the question is in French; mLibrary is the logarithm of the passages
	// that were searched, mAsked of the question's words.
	mForeign     = mKindEnd
	mFrench      = mForeign + 1
	mLibrary     = mFrench + 1
	mAsked       = mLibrary + 1
	mTells       = mAsked + 1
	measureCount = mTells + 1
)

// placed is what can be told of a unit before others are known.
func (q *inquiry) placed(p *page, k int, u rag.Unit) measures {
	var m measures
	a, h := p.analysis, p.hit
	m[mScore], m[mLexical], m[mVector] = float32(h.Score), float32(p.lexical), float32(h.Vector)
	m[mRank], m[mSibling] = float32(p.rank)/10, float32(p.sibling)
	if v := a.Vectors[k]; v != nil && q.vector != nil {
		m[mCosine] = float32(rag.Dot(q.vector, v))
		m[mTitled] = q.cosineWith(v, a.Title, retrieve.TitleShare)
		if k > 0 {
			m[mBefore] = q.cosineWith(v, a.Vectors[k-1], 0.5)
		}
		if k+1 < len(a.Vectors) {
			m[mAfter] = q.cosineWith(v, a.Vectors[k+1], 0.3)
		}
	}
	if k > 0 {
		m[mNeighbour] = q.share(q.met(p.within(a.Units[k-1].Span), nil))
	} else {
		m[mFirst] = 1
	}
	m[mExtent] = logarithm(len(a.Words), 120)
	if u.Part == 0 && u.Group != (lang.Span{}) {
		m[mWhole] = 1
	}
	m[mKind+int(u.Kind)] = 1
	if q.language != "" && a.Language != "" && q.language != a.Language {
		m[mForeign] = 1
	}
	return m
}

func logarithm(n, usual int) float32 { return float32(math.Log(float64(1+n)/float64(usual))) / 2 }

func (q *inquiry) measure(c *Candidate, found retrieve.Result) {
	m := &c.measures
	m[mOwn], m[mRead], m[mAround] = q.share(c.met[own]), q.share(c.met[titled]), q.share(c.met[around])
	for i, x := range c.met[titled] {
		missed := q.idf[i] * (1 - x) / 8
		m[mGap] = max(m[mGap], missed)
		if q.name[i] {
			m[mNames] += missed
		}
		if q.words[i].shape&digit != 0 {
			m[mNumbers] += 1 - x
		}
		if q.missing[i] {
			m[mUnknown] += missed
		}
	}
	m[mPairs] = q.pairs(c)
	var fresh, words float32
	for i, t := range c.tokens {
		if t.shape&above != 0 {
			break
		}
		if t.shape&stop != 0 {
			continue
		}
		words++
		if c.best[i] > 0.9 || slices.ContainsFunc(t.like, func(x float32) bool { return x >= 1 }) {
			continue // the question has it
		}
		fresh++
		if t.shape&digit != 0 {
			m[mDigit] = 1
		}
		if t.shape&inner != 0 {
			m[mName] = 1
		}
		if t.shape&money != 0 {
			m[mMoney] = 1
		}
	}
	m[mNew] = fresh / (words + 1)
	n := lang.WordCount(c.Text)
	m[mLength] = logarithm(n, 20)
	if n < 4 {
		m[mShort] = 1
	}
	if strings.HasSuffix(strings.TrimSpace(c.Text), "?") {
		m[mAsks] = 1
	}
	if q.language == "fr" {
		m[mFrench] = 1
	}
	m[mLibrary] = float32(math.Log1p(float64(found.Searched.Passages))) / 10
	m[mAsked] = logarithm(len(q.words), 8)
	m[mTells] = q.all / 40
}

// pairs is the share of neighbours in the question that stand near each other.
func (q *inquiry) pairs(c *Candidate) float32 {
	const nearby = 4
	var sum, total float32
	last := -1
	for i := range q.words {
		if q.idf[i] == 0 {
			continue
		}
		if last >= 0 {
			weight := min(q.idf[i], q.idf[last])
			total += weight
			a, b := -1-nearby, -1-nearby
			for at, t := range c.tokens {
				if t.shape&above != 0 {
					break
				}
				if t.like[last] > 0.6 {
					a = at
				}
				if t.like[i] > 0.6 {
					b = at
				}
				if a >= 0 && b >= 0 && max(a-b, b-a) <= nearby {
					sum += weight
					break
				}
			}
		}
		last = i
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

// cosineWith is the question's cosine to a vector with a share of another,
// which may be nil.
func (q *inquiry) cosineWith(own, other []float32, share float32) float32 {
	sum := rag.Dot(q.vector, own)
	if other == nil {
		return float32(sum)
	}
	// Both have length one, so the length of the sum is known from their cosine.
	s := float64(share)
	length := math.Sqrt(1 + 2*s*rag.Dot(own, other) + s*s)
	if length == 0 {
		return 0
	}
	return float32((sum + s*rag.Dot(q.vector, other)) / length)
}
