package eval

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The figures are computed by hand from the definitions.
func TestRetrieval(t *testing.T) {
	log3 := math.Log2(3)
	for _, tc := range []struct {
		name   string
		found  []string
		judged Judgments
		want   Scores
	}{
		{"the one at rank 1", []string{"a", "b"}, Judgments{"a": 1}, Scores{
			Recall1: 1, Recall5: 1, Recall10: 1, Hit1: 1, Hit10: 1, MRR: 1, NDCG: 1,
		}},
		{"the one at rank 2", []string{"b", "a"}, Judgments{"a": 1}, Scores{
			Recall1: 0, Recall5: 1, Recall10: 1, Hit1: 0, Hit10: 1, MRR: 0.5, NDCG: 1 / log3,
		}},
		{"rank 6", []string{"1", "2", "3", "4", "5", "a"}, Judgments{"a": 1}, Scores{
			Recall1: 0, Recall5: 0, Recall10: 1, Hit1: 0, Hit10: 1, MRR: 1.0 / 6, NDCG: 1 / math.Log2(7),
		}},
		{"rank 11 is too late", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "a"}, Judgments{"a": 1}, Scores{
			Recall1: 0, Recall5: 0, Recall10: 0, Hit1: 0, Hit10: 0, MRR: 0, NDCG: 0,
		}},
		{"nothing found", nil, Judgments{"a": 1}, Scores{
			Recall1: 0, Recall5: 0, Recall10: 0, Hit1: 0, Hit10: 0, MRR: 0, NDCG: 0,
		}},
		{"one of two", []string{"a", "c"}, Judgments{"a": 1, "b": 1}, Scores{
			Recall1: 0.5, Recall5: 0.5, Recall10: 0.5, Hit1: 1, Hit10: 1, MRR: 1, NDCG: 1 / (1 + 1/log3),
		}},
		{"grades", []string{"b", "a"}, Judgments{"a": 2, "b": 1}, Scores{
			Recall1: 0.5, Recall5: 1, Recall10: 1, Hit1: 1, Hit10: 1, MRR: 1, NDCG: (1 + 2/log3) / (2 + 1/log3),
		}},
		{"grade 0 is no answer", []string{"b", "a"}, Judgments{"a": 1, "b": 0}, Scores{
			Recall1: 0, Recall5: 1, Recall10: 1, Hit1: 0, Hit10: 1, MRR: 0.5, NDCG: 1 / log3,
		}},
		{"nothing judged", []string{"a"}, nil, nil},
		{"only grade 0", []string{"a"}, Judgments{"a": 0}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, retrievalScores(tc.found, tc.judged), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("scores (-want +got):\n%s", diff)
			}
		})
	}
}
