package extract

import (
	"docent/rag"
	"docent/rag/extract/ranker"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// The sizes of what a ranker reads of a question and its candidates.
const (
	QuestionBits = shapeBits + 2
	WordBits     = shapeBits
	shapeBits    = 10
)

// Sheet is what the ranker reads of a candidate, and where that stands.
type Sheet struct {
	Document rag.DocumentID
	lang.Span
	Text string
	ranker.Candidate
}

// Sheets is what the ranker reads of a question and of its candidates, best at
// first sight first: what it is fitted to. Measures are in the order of
// MeasureNames.
func Sheets(question string, found retrieve.Result, embedder rag.Embedder) (ranker.Question, []Sheet) {
	q := newInquiry(question, found, embedder)
	all := q.candidates(found, embedder)
	sheets := make([]Sheet, len(all))
	for i := range all {
		c := &all[i]
		sheets[i] = Sheet{Document: c.Hit.ID.Document, Span: c.Unit.Span, Text: c.Text, Candidate: c.read()}
	}
	return q.read(), sheets
}

// read is the question as the ranker reads it.
func (q *inquiry) read() ranker.Question {
	asked := ranker.Question{Words: make([]ranker.QuestionWord, len(q.words))}
	for i, t := range q.words {
		shape := uint32(t.shape)
		if q.name[i] {
			shape |= 1 << shapeBits
		}
		if q.missing[i] {
			shape |= 1 << (shapeBits + 1)
		}
		asked.Words[i] = ranker.QuestionWord{Text: t.Surface, Shape: shape, IDF: q.idf[i]}
	}
	return asked
}

// read is the candidate as the ranker reads it.
func (c *Candidate) read() ranker.Candidate {
	words := make([]ranker.Word, len(c.tokens))
	for i, t := range c.tokens {
		words[i] = ranker.Word{Text: t.Surface, Shape: uint32(t.shape), Best: c.best[i]}
	}
	return ranker.Candidate{Words: words, Met: c.met[:], Measures: c.measures[:]}
}

// RowNames are the names of the rows of how well the words of a question are met.
func RowNames() []string {
	names := [rows]string{own: "unit", read: "context", titled: "title", beside: "neighbours", around: "passage"}
	return names[:]
}

// MeasureNames are the names of the measures in their order, each after its group
// and a point.
func MeasureNames() []string {
	names := [measureCount]string{
		mScore: "hit.score", mLexical: "hit.lexical", mVector: "hit.vector", mRank: "hit.rank", mSibling: "hit.sibling",
		mCosine: "meaning.unit", mTitled: "meaning.titled", mBefore: "meaning.before", mAfter: "meaning.after",
		mOwn: "met.own", mRead: "met.read", mAround: "met.around", mNeighbour: "met.neighbour", mPairs: "met.pairs",
		mGap: "missed.most", mNames: "missed.names", mNumbers: "missed.numbers", mUnknown: "missed.unknown",
		mNew: "new.share", mDigit: "new.digit", mName: "new.name", mMoney: "new.money",
		mLength: "form.length", mExtent: "form.extent", mFirst: "form.first", mAsks: "form.asks", mShort: "form.short", mWhole: "form.whole",
		mForeign: "question.foreign", mFrench: "question.french", mLibrary: "question.library", mAsked: "question.words", mTells: "question.tells",
	}
	for k, name := range [...]string{"sentence", "row", "item", "reply", "definition", "field", "note", "code"} {
		names[mKind+k] = "kind." + name
	}
	return names[:]
}
