package retrieve

import "docent/rag"

// features are what a passage is ranked by when it has been read, each between 0
// and about 1.
type features [featureCount]float64

const (
	// fLexical and fVector are the scores of the library's two lists and fSentence
	// the best cosine of a unit, each as a share of the best one.
	fLexical = iota
	fVector
	fSentence
	// fCover, fLikeness, fUnit, fInContext and fPassage are those of the
	// impression.
	fCover
	fLikeness
	fUnit
	fInContext
	fPassage
	// fTitle is the greatest share of the question's information that the title or a
	// heading has.
	fTitle
	// fWeighed is fLexical by how much of the question the best passage by words
	// covers, and the rest fSentence and fVector: a question in the documents' words
	// is answered by them, one in another language by meaning too.
	fWeighed
	// fUncovered is fSentence as far as the words do not count.
	fUncovered
	// fForeign is set for another language than the question's: of two passages that
	// say the same, people read their own.
	fForeign
	// fCosine and fAbove are the cosines of the best unit, and of the passage above
	// the mean of all.
	fCosine
	fAbove
	featureCount
)

// weights are those of a log-linear model of which of the passages read answers.
// TestFitWeights fits it to the questions of train/questions, without the
// documents of eval/testdata/heldout.tsv, and to dev sets; out of fold it ranks as
// well as on what it was fitted to, to half a point. They are what it finds,
// rounded and drawn to fWeighed and fUncovered until no dev set ranked half a
// point of nDCG@10 worse than without the model.
var weights = features{
	fLexical: 1.0, fVector: 0.5, fSentence: 1.0,
	fCover: 1.2, fLikeness: 2.5, fUnit: 1.0, fInContext: 1.7, fPassage: 1.5,
	fTitle: 1.0, fWeighed: 3.5, fUncovered: 1.5,
	fForeign: -0.4, fCosine: 1.2, fAbove: 1.0,
}

// score is the weighted mean of the features, between 0 and 1.
func (x features) score() float64 {
	var sum, all float64
	for i, w := range weights {
		sum += w * x[i]
		all += max(0, w)
	}
	return min(1, max(0, sum/all))
}

// sentenceMeaning is the part of the best unit's cosine in the meaning of a
// passage, beside the whole's.
const sentenceMeaning = 0.65

func (f fusion) features(h rag.Hit, read impression, best float64) features {
	x := features{
		fLexical: f.words(h), fVector: f.meaning(h), fSentence: Scaled(read.cosine-f.found.MeanVector, best),
		fCover: read.cover, fLikeness: read.likeness, fUnit: read.unit, fInContext: read.inContext, fPassage: read.passage,
		fTitle:  read.title,
		fCosine: read.cosine, fAbove: h.Vector - f.found.MeanVector,
	}
	meaning := sentenceMeaning*x[fSentence] + (1-sentenceMeaning)*x[fVector]
	x[fWeighed] = f.lexical*x[fLexical] + (1-f.lexical)*meaning
	x[fUncovered] = (mostLexical - f.lexical) / (mostLexical - leastLexical) * x[fSentence]
	if read.foreign {
		x[fForeign] = 1
	}
	return x
}
