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
	// fCoveredLexical and fCoveredSentence count fLexical and fSentence by how much
	// of the question the best passage by words covers: a question in the
	// documents' words is answered by them.
	fCoveredLexical
	fCoveredSentence
	// fForeign is set for another language than the question's, and
	// fForeignLikeness is fLikeness there: words have nearer neighbours within a
	// language.
	fForeign
	fForeignLikeness
	// fCosine and fAbove are the cosines of the best unit, and of the passage above
	// the mean of all.
	fCosine
	fAbove
	featureCount
)

// weights are those of a log-linear model of which of the passages read answers,
// fitted by TestFitWeights to the questions of train/questions, without the
// documents of eval/testdata/heldout.tsv, and to the dev sets in French and
// English, which count twice. In five-fold cross-validation by document they rank
// as well as on what they were fitted to, to half a point.
var weights = features{
	fLexical: 2.07, fVector: 1.03, fSentence: 1.45,
	fCover: 0.98, fLikeness: 2.48, fUnit: 1.23, fInContext: 2.08, fPassage: 1.92,
	fCoveredLexical: 1.41, fCoveredSentence: 0.48,
	fForeign: -1.27, fForeignLikeness: 1.26,
	fCosine: 1.32, fAbove: 0.94,
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

func (f fusion) features(h rag.Hit, read impression, best, covered float64) features {
	x := features{
		fLexical: f.words(h), fVector: f.meaning(h), fSentence: Scaled(read.cosine-f.found.MeanVector, best),
		fCover: read.cover, fLikeness: read.likeness, fUnit: read.unit, fInContext: read.inContext, fPassage: read.passage,
		fCosine: read.cosine, fAbove: h.Vector - f.found.MeanVector,
	}
	x[fCoveredLexical], x[fCoveredSentence] = covered*x[fLexical], covered*x[fSentence]
	if read.foreign {
		x[fForeign], x[fForeignLikeness] = 1, read.likeness
	}
	return x
}
