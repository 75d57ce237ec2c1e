package eval

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestNormal(t *testing.T) {
	for text, want := range map[string]string{
		"L’Élysée":                     "elysee",
		"le  cœur de l'Europe.":        "coeur europe",
		"(The) Eiffel Tower!":          "eiffel tower",
		"12,5 % d’aujourd’hui":         "12,5 % aujourd'hui",
		"«\u00a0$3.2 billion\u00a0»":   "$3.2 billion",
		"d'une l'":                     "",
		"Malmø_la":                     "malmø_la",
		"øla":                          "øla",
		"ﬁn x²":                        "fin x2",
		"ends.":                        "ends",
		"Straße des 17. Juni":          "straße 17. juni",
		"un, deux ; trois — Le Quatre": ", deux trois quatre",
	} {
		if want[:min(1, len(want))] == "," {
			want = want[2:] // the ends are trimmed
		}
		if got := normalizeAnswer(text); got != want {
			t.Errorf("normal(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAnswering(t *testing.T) {
	capital := &Gold{Answers: []string{"Paris", "the city of Paris"}, Document: "fr"}
	for _, tc := range []struct {
		name      string
		gold      *Gold
		answer    string
		refused   bool
		citations []Citation
		want      Scores
	}{
		{"exact", capital, "Paris.", false, []Citation{{"fr", "Paris."}}, Scores{
			Exact: 1, F1: 1, GoldInAnswer: 1, CitationHit: 1, AnswerWords: 1, WrongRefusals: 0,
		}},
		// "city of paris" against "it is city of paris": 3 words common, of 3 and 5.
		{"in a sentence", capital, "It is the city of Paris.", false, []Citation{{"de", "Paris"}}, Scores{
			Exact: 0, F1: 2 * 3.0 / 8, GoldInAnswer: 1, CitationHit: 1, AnswerWords: 6, WrongRefusals: 0,
		}},
		{"wrong", capital, "Rome", false, []Citation{{"it", "Rome is it."}}, Scores{
			Exact: 0, F1: 0, GoldInAnswer: 0, CitationHit: 0, AnswerWords: 1, WrongRefusals: 0,
		}},
		{"refused", capital, "", true, nil, Scores{
			Exact: 0, F1: 0, GoldInAnswer: 0, CitationHit: 0, RefusalPrecision: 0, WrongRefusals: 1,
		}},
		{"rightly refused", &Gold{Unanswerable: true}, "", true, nil, Scores{RefusalPrecision: 1, RefusalRecall: 1}},
		{"wrongly answered", &Gold{Unanswerable: true, Answers: []string{"x"}}, "x", false, nil, Scores{RefusalRecall: 0}},
		{"no accepted answer", &Gold{Document: "fr"}, "Paris", false, nil, Scores{WrongRefusals: 0, AnswerWords: 1}},
		{"a page", &Gold{Answers: []string{"x"}, Document: "f.pdf", Pages: []int{2, 3}, Evidence: []string{"y"}}, "z", false,
			[]Citation{{"f.pdf#1", "a"}, {"f.pdf#3", "b"}}, Scores{Exact: 0, F1: 0, GoldInAnswer: 0, CitationHit: 1, AnswerWords: 1, WrongRefusals: 0}},
		{"another page", &Gold{Answers: []string{"x"}, Document: "f.pdf", Pages: []int{2}, Evidence: []string{"y"}}, "z", false,
			[]Citation{{"f.pdf#1", "x"}}, Scores{Exact: 0, F1: 0, GoldInAnswer: 0, CitationHit: 0, AnswerWords: 1, WrongRefusals: 0}},
		{"a part of the evidence", &Gold{Answers: []string{"x"}, Evidence: []string{"One thing. Another thing."}}, "z", false,
			[]Citation{{"d", "another thing"}}, Scores{Exact: 0, F1: 0, GoldInAnswer: 0, CitationHit: 1, AnswerWords: 1, WrongRefusals: 0}},
		{"key facts", &Gold{Answers: []string{"x"}, KeyFacts: []*regexp.Regexp{regexp.MustCompile("(?i)trois|3"), regexp.MustCompile("(?i)ANS")}},
			"Trois ans", false, nil, Scores{Exact: 0, F1: 0, GoldInAnswer: 0, KeyFacts: 1, CitationHit: 0, AnswerWords: 2, WrongRefusals: 0}},
		{"a key fact is missing", &Gold{Answers: []string{"x"}, KeyFacts: []*regexp.Regexp{regexp.MustCompile("trois"), regexp.MustCompile("mois")}},
			"trois ans", false, nil, Scores{Exact: 0, F1: 0, GoldInAnswer: 0, KeyFacts: 0, CitationHit: 0, AnswerWords: 2, WrongRefusals: 0}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := answerScores(tc.gold, tc.answer, tc.refused, tc.citations)
			if diff := cmp.Diff(tc.want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("scores (-want +got):\n%s", diff)
			}
		})
	}
}
