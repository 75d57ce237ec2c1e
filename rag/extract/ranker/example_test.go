package ranker_test

import (
	"fmt"

	"docent/rag/extract/ranker"
)

// The weights here are random: they say nothing of which candidate answers.
func Example() {
	data, err := network(shape(), 2).Encode() // as cmd/trainranker writes it
	if err != nil {
		fmt.Println(err)
		return
	}
	n, err := ranker.Open(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := ranker.New(n, []string{"first", "second", "third"}, vectors)
	if err != nil {
		fmt.Println(err)
		return
	}
	asked := r.Ask(ranker.Question{Words: []ranker.QuestionWord{{Text: "when"}, {Text: "closed", IDF: 4}}})
	var outputs []ranker.Output
	for _, hour := range []string{"six", "noon"} {
		outputs = append(outputs, asked.Score(&ranker.Candidate{
			Words:    []ranker.Word{{Text: "closes", Best: 0.8}, {Text: hour}},
			Met:      [][]float32{{0, 0.8}, {0, 0.8}},
			Measures: []float32{0.5, 0, 1},
		}))
	}
	p := n.Calibration.Probability(ranker.EvidenceOf(outputs, 0, 120, 2))
	fmt.Println(len(outputs), p > 0 && p < 1)
	// Output: 2 true
}
