package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

const pondText = "Pond\n\nFishing begins in May. It ends in June. Dogs stay out."

// quoting are an answer's citations of runs of the pond's text, one for each
// claim.
func quoting(status rag.Status, runs ...string) rag.Answer {
	a := rag.Answer{Status: status, Confidence: 0.6}
	for i, run := range runs {
		c := citationOf("pond", run)
		c.N = i + 1
		a.Citations = append(a.Citations, c)
		a.Claims = append(a.Claims, rag.Claim{Text: run, Citations: []int{c.N}})
	}
	return a
}

func citationOf(id rag.DocumentID, run string) rag.Citation {
	span := squeeze(pondText).locate(Unit{Text: run, Before: -1})[0]
	return rag.Citation{Document: id, Quote: run, Start: span.Start, End: span.End}
}

func TestJudge(t *testing.T) {
	elsewhere := quoting(rag.Answered, "It ends in June")
	elsewhere.Citations[0].Document = "lake"
	near := rag.Answer{Status: rag.NotFound, Nearest: []rag.Citation{citationOf("pond", "Dogs stay out"), citationOf("pond", "It ends in June")}}
	none := rag.Answer{Status: rag.NotFound}
	for _, tc := range []struct {
		name    string
		a, best rag.Answer
		want    Scores
	}{
		{"right", quoting(rag.Answered, "It ends in June"), rag.Answer{}, Scores{Right: 1, WrongShown: 0, GoldShown: 1, Filler: 0, BestRight: 1}},
		{"second", quoting(rag.Partial, "Dogs stay out", "It ends in June"), rag.Answer{}, Scores{Right: 1, WrongShown: 0, GoldShown: 1, Filler: 1, BestRight: 0}},
		{"wrong", quoting(rag.Answered, "Dogs stay out"), rag.Answer{}, Scores{Right: 0, WrongShown: 1, GoldShown: 0, Filler: 1, BestRight: 0}},
		{"another document", elsewhere, rag.Answer{}, Scores{Right: 0, WrongShown: 1, GoldShown: 0, Filler: 1, BestRight: 0}},
		{"refused", none, quoting(rag.Answered, "It ends in June"), Scores{Right: 0, WrongShown: 0, GoldShown: 0, BestRight: 1}},
		{"nearest", near, quoting(rag.Answered, "Dogs stay out"), Scores{Right: 0, WrongShown: 0, GoldShown: 1, BestRight: 0}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			j := judge{gold: &Gold{Units: []Unit{{}}}, located: true, at: located{units: placesOf("It ends in June.")}}
			best := tc.best
			if tc.a.Status != rag.NotFound {
				best = tc.a
			}
			got := j.scores(tc.a, best)
			delete(got, Confidence)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("scores (-want +got):\n%s", diff)
			}
		})
	}
}

func placesOf(runs ...string) []places {
	var list []places
	for _, run := range runs {
		list = append(list, places{"pond": squeeze(pondText).locate(Unit{Text: run, Before: -1})})
	}
	return list
}

// Where it takes all units, one alone is not right, but no filler either.
func TestJudgeAll(t *testing.T) {
	j := judge{gold: &Gold{Units: []Unit{{}, {}}, All: true}, located: true, at: located{units: placesOf("Fishing begins in May", "It ends in June")}}
	for _, tc := range []struct {
		a    rag.Answer
		want Scores
	}{
		{quoting(rag.Answered, "It ends in June"), Scores{Right: 0, WrongShown: 1, GoldShown: 1, Filler: 0, BestRight: 1, Confidence: 0.6}},
		{quoting(rag.Answered, "It ends in June", "Fishing begins in May"), Scores{Right: 1, WrongShown: 0, GoldShown: 1, Filler: 0, BestRight: 1, Confidence: 0.6}},
		{quoting(rag.Answered, "Fishing begins in May. It ends in June"), Scores{Right: 1, WrongShown: 0, GoldShown: 1, Filler: 0, BestRight: 1, Confidence: 0.6}},
	} {
		if diff := cmp.Diff(tc.want, j.scores(tc.a, tc.a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", claimText(tc.a), diff)
		}
	}
}

// Quoting what denies the premise is fair, quoting anything else is not.
func TestJudgeAbsent(t *testing.T) {
	j := judge{gold: &Gold{Unanswerable: true}, located: true, at: located{denials: placesOf("Dogs stay out")}}
	for _, tc := range []struct {
		name string
		a    rag.Answer
		want Scores
	}{
		{"refused", rag.Answer{Status: rag.NotFound}, Scores{AbsentAnswered: 0, AbsentMisled: 0, Confidence: 0, BestRight: 0}},
		{"corrected", quoting(rag.Answered, "Dogs stay out"), Scores{AbsentAnswered: 1, AbsentMisled: 0, Confidence: 0.6, BestRight: 0}},
		{"misled", quoting(rag.Answered, "It ends in June"), Scores{AbsentAnswered: 1, AbsentMisled: 1, Confidence: 0.6, BestRight: 0}},
	} {
		if diff := cmp.Diff(tc.want, j.scores(tc.a, tc.a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestPassageScores(t *testing.T) {
	units := placesOf("It ends in June.")
	hit := func(start, end int) (h rag.Hit) {
		h.ID.Document, h.Start, h.End = "pond", start, end
		return h
	}
	hits := []rag.Hit{hit(0, 20), hit(20, 29), hit(6, len(pondText))}
	if diff := cmp.Diff(Scores{Passage1: 0, Passage8: 1, Passage20: 1}, passageScores(hits, units)); diff != "" {
		t.Errorf("scores (-want +got):\n%s", diff)
	}
	if got := passageScores(hits, nil); len(got) > 0 {
		t.Errorf("scores without units: %v", got)
	}
}

// Gold units are found in the documents' stored texts, by the names that sets
// give documents, and what is not found is told and not judged.
func TestRunByUnits(t *testing.T) {
	system := &scripted{
		texts: map[rag.DocumentID]string{"pond": pondText, "lake": "Lake\n\nIt ends in June."},
		answers: map[string]rag.Answer{
			"When does it end?": {Status: rag.NotFound, Confidence: 0.3},
			"Is it deep?":       quoting(rag.Answered, "Dogs stay out"),
			"Who?":              quoting(rag.Answered, "Dogs stay out"),
		},
		attempts: map[string]rag.Answer{"When does it end?": quoting(rag.Answered, "It ends in June")},
	}
	set := Set{Name: "ponds", Questions: []Question{
		{ID: "1", Text: "When does it end?", Document: "pond.md", Gold: &Gold{Units: []Unit{{Text: "It  ends in June", Before: -1}}}},
		{ID: "2", Text: "Is it deep?", Document: "pond", Gold: &Gold{Unanswerable: true}},
		{ID: "3", Text: "Who?", Document: "pond", Gold: &Gold{Units: []Unit{{Text: "Nobody knows", Before: -1}}}},
	}, Views: []View{{Level: ByDocument, Corpus: Corpus{Paths: []string{"ponds.jsonl"}}, Answers: true}}}
	reports, err := Evaluator{Opener: system}.Run(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	r := reports[0]
	for m, want := range map[Measure]float64{BestRight: 0.5, WrongRefusals: 0.5, Right: 0, AbsentAnswered: 1} {
		if f, ok := r.Figure(m); !ok || f.Value != want {
			t.Errorf("%s is %+v, want %v", m, f, want)
		}
	}
	if _, judged := r.Outcomes[2].Scores[Right]; judged {
		t.Error("a question whose gold is nowhere is judged")
	}
	if want := []string{"one is a scan", "not judged by what is shown, as their gold units are not in the documents: 3"}; !cmp.Equal(want, r.Notes) {
		t.Errorf("notes %q", r.Notes)
	}
	if r.Outcomes[0].Answer.Units[0] != "It  ends in June" {
		t.Errorf("units %q", r.Outcomes[0].Answer.Units)
	}
}
