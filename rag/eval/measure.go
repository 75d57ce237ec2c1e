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
	// AnswerWords is the length of what was not refused.
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
	case WrongRefusals:
		return -1
	case AnswerWords:
		return 0
	}
	return 1
}

// Measures lists all of them in the order of reports.
func Measures() []Measure {
	return []Measure{
		Recall1, Recall5, Recall10, Hit1, Hit10, MRR, NDCG,
		Exact, F1, GoldInAnswer, KeyFacts, CitationHit, AnswerWords,
		RefusalRecall, RefusalPrecision, WrongRefusals,
	}
}

// Scores are those of one question; a measure that does not apply is missing.
type Scores map[Measure]float64
