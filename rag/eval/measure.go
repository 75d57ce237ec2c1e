package eval

// Measure names a figure, as reports spell it.
type Measure string

// The measures of retrieval are taken over the questions with a judged
// document, among the ten best that were found.
const (
	// Recall1 to Recall10 are the share of the judged documents found.
	Recall1  Measure = "recall@1"
	Recall5  Measure = "recall@5"
	Recall10 Measure = "recall@10"
	// Hit1 and Hit10 are whether any of them was.
	Hit1  Measure = "hit@1"
	Hit10 Measure = "hit@10"
	// MRR is one over the rank of the first.
	MRR Measure = "mrr@10"
	// NDCG is the discounted gain, with the grade for gain, as a share of the
	// best possible (Järvelin and Kekäläinen, 2002).
	NDCG Measure = "ndcg@10"
)

// Passage1 to Passage20 are taken over the questions with gold units: whether
// a passage that holds one is among as many hits.
const (
	Passage1  Measure = "passage@1"
	Passage8  Measure = "passage@8"
	Passage20 Measure = "passage@20"
)

// The measures of what is shown are taken over the questions with known
// answers. A quote is right that overlaps a gold unit by at least half of the
// shorter of the two; where a set has none, an answer that holds an accepted one
// and cites what it stands in.
const (
	// Right is an answerable question answered with a right quote, WrongShown
	// one that is answered without; the others are WrongRefusals.
	Right      Measure = "right"
	WrongShown Measure = "wrong_shown"
	// GoldShown is a right quote in the answer or among what is nearest.
	GoldShown Measure = "gold_shown"
	// Filler is an answer with a statement that quotes no gold unit.
	Filler Measure = "filler"
	// AbsentAnswered is a question that the documents do not answer, answered
	// all the same; AbsentMisled leaves out the fair corrections: answers that
	// quote what contradicts the question's premise.
	AbsentAnswered Measure = "absent_answered"
	AbsentMisled   Measure = "absent_misled"
)

// The measures of confidence compare it with what it is about. All but the first
// two are no means of scores: see their statistics.
const (
	// Confidence is its mean.
	Confidence Measure = "confidence"
	// BestRight is whether the best statement answers, shown or not; never where
	// the documents do not.
	BestRight Measure = "best_right"
	// AUCAbsent is how often an answerable question has more confidence than one
	// that the documents do not answer, AUCRight a right answer more than a wrong
	// one that was shown (Fawcett, "An introduction to ROC analysis", 2006).
	AUCAbsent Measure = "auc_absent"
	AUCRight  Measure = "auc_right"
	// ECE is the expected calibration error: how far confidence is from the share
	// of best statements that answer (Guo et al., "On Calibration of Modern Neural
	// Networks", 2017), in bins of equal mass (Nguyen and O'Connor, 2015), see
	// mostBins. Chance alone makes it more than zero where questions are few, and
	// its interval lies higher than it.
	ECE Measure = "ece"
)

// The measures of answers are taken over the answerable questions with an
// accepted answer; a refusal is an empty one. Texts are compared in lower
// case, without accents, articles and punctuation.
const (
	// Exact is an answer that is an accepted one and no more.
	Exact Measure = "exact"
	// F1 is the overlap of words with the nearest accepted answer.
	F1 Measure = "f1"
	// GoldInAnswer is an answer that holds an accepted one.
	GoldInAnswer Measure = "gold_in_answer"
	// KeyFacts is an answer that all key facts of the question match.
	KeyFacts Measure = "key_facts"
	// CitationHit is a citation of the right document or page, or of the
	// evidence, or where that is unknown of an accepted answer.
	CitationHit Measure = "citation_hit"
	// AnswerWords is the length of what was not refused, accepted answer or not.
	AnswerWords Measure = "answer_words"
)

// The measures of refusals are taken over all questions with known answers.
const (
	// RefusalRecall is the share of the unanswerable questions refused.
	RefusalRecall Measure = "refusal_recall"
	// RefusalPrecision is the share of unanswerable ones among the refused.
	RefusalPrecision Measure = "refusal_precision"
	// WrongRefusals is the share of the answerable questions refused.
	WrongRefusals Measure = "wrong_refusals"
)

// Better is whether more of a measure is better: 1, or -1 where less is, or 0
// where neither.
func (m Measure) Better() int {
	switch m {
	case WrongRefusals, WrongShown, Filler, AbsentAnswered, AbsentMisled, ECE:
		return -1
	case AnswerWords, Confidence:
		return 0
	}
	return 1
}

// Measures lists all of them in the order of reports.
func Measures() []Measure {
	return []Measure{
		Recall1, Recall5, Recall10, Hit1, Hit10, MRR, NDCG, Passage1, Passage8, Passage20,
		Exact, F1, GoldInAnswer, KeyFacts, CitationHit, AnswerWords,
		RefusalRecall, RefusalPrecision, WrongRefusals,
		Right, WrongShown, GoldShown, Filler, AbsentAnswered, AbsentMisled,
		Confidence, BestRight, AUCAbsent, AUCRight, ECE,
	}
}

// Scores are those of one question; a measure that does not apply is missing.
type Scores map[Measure]float64
