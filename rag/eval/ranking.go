package eval

import (
	"cmp"
	"math"
	"slices"
)

// depth is how many of the documents found are judged.
const depth = 10

// retrievalScores scores what was found, best first and each once. There are no
// scores for a question without a judged document.
func retrievalScores(found []string, judged Judgments) Scores {
	var grades []int
	for _, g := range judged {
		if g > 0 {
			grades = append(grades, g)
		}
	}
	if len(grades) == 0 {
		return nil
	}
	found = found[:min(depth, len(found))]
	s := Scores{MRR: 0, NDCG: dcg(found, judged) / idealDCG(grades)}
	if rank := firstRank(found, judged); rank > 0 {
		s[MRR] = 1 / float64(rank)
	}
	for _, at := range []struct {
		k           int
		recall, hit Measure
	}{{1, Recall1, Hit1}, {5, Recall5, ""}, {10, Recall10, Hit10}} {
		hits := 0
		for _, id := range found[:min(at.k, len(found))] {
			if judged[id] > 0 {
				hits++
			}
		}
		s[at.recall] = float64(hits) / float64(len(grades))
		if at.hit != "" {
			s[at.hit] = indicator(hits > 0)
		}
	}
	return s
}

// firstRank is the rank of the first that is judged to answer, 0 for none.
func firstRank(found []string, judged Judgments) int {
	return 1 + slices.IndexFunc(found, func(id string) bool { return judged[id] > 0 })
}

func dcg(found []string, judged Judgments) float64 {
	var sum float64
	for i, id := range found {
		sum += float64(max(0, judged[id])) / math.Log2(float64(i+2))
	}
	return sum
}

func idealDCG(grades []int) float64 {
	slices.SortFunc(grades, func(a, b int) int { return cmp.Compare(b, a) })
	var sum float64
	for i, g := range grades[:min(depth, len(grades))] {
		sum += float64(g) / math.Log2(float64(i+2))
	}
	return sum
}

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
