package ranker

// Question is a question as the network reads it.
type Question struct {
	Words []QuestionWord
}

// QuestionWord is a word of a question.
type QuestionWord struct {
	// Text is the word, folded.
	Text string
	// Shape has a bit for each thing that its writing and the library show of it.
	Shape uint32
	// IDF is its information in nats, 0 for a word that has none.
	IDF float32
}

// Candidate is what may answer the question.
type Candidate struct {
	// Words are those of the candidate and then some of its context.
	Words []Word
	// Met has in each of its rows how well each word of the question is met, from
	// 0 to 1: by the candidate, with its context and so on.
	Met [][]float32
	// Measures are in the order of the names that the ranker was made with.
	Measures []float32
}

// Word is a word of a candidate.
type Word struct {
	// Text is the word, folded.
	Text string
	// Shape has a bit for each thing that its writing shows.
	Shape uint32
	// Best is how well it meets the question's words at best.
	Best float32
}

// Output is what the network says of a candidate.
type Output struct {
	// Which is the logarithm of its chance beside the other candidates, up to a
	// constant of the question.
	Which float32
	// Answers is the same beside that none of them answers, for which 0 stands.
	Answers float32
}

// Vectors sets dst to the vector of a folded word, and reports false for a word
// that has none. It is called from several goroutines.
type Vectors func(dst []float32, word string) bool
