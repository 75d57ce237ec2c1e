package eval

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// scripted answers from what it was told, by question.
type scripted struct {
	hits    map[string][]rag.Hit
	answers map[string]rag.Answer
	// attempts are answers where there would else be a refusal.
	attempts map[string]rag.Answer
	texts    map[rag.DocumentID]string
	fail     string // the question that breaks
	asked    atomic.Int64
	closed   atomic.Bool
}

func (s *scripted) Open(_ context.Context, c Corpus) (System, error) {
	if strings.HasSuffix(c.Paths[0], "docs") {
		return nil, fmt.Errorf("%w: all of them pictures", ErrUnreadable)
	}
	return s, nil
}

func (s *scripted) Search(ctx context.Context, req rag.SearchRequest) (rag.Result, error) {
	s.asked.Add(1)
	if req.Question == s.fail {
		return rag.Result{}, errors.New("broken")
	}
	hits := s.hits[req.Question]
	return rag.Result{Hits: hits[:min(req.Limit, len(hits))]}, ctx.Err()
}

func (s *scripted) Answer(_ context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return s.answers[req.Question], nil
}

// Attempt adds what was held back.
func (s *scripted) Attempt(_ context.Context, req rag.SearchRequest) (rag.Answer, error) {
	if best, ok := s.attempts[req.Question]; ok {
		return best, nil
	}
	return s.answers[req.Question], nil
}

func (s *scripted) Document(_ context.Context, id rag.DocumentID, _ rag.Audience) (rag.Document, error) {
	return rag.Document{DocumentInfo: rag.DocumentInfo{ID: id}, Text: s.texts[id]}, nil
}

func (s *scripted) Documents(context.Context, rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	return func(yield func(rag.DocumentInfo, error) bool) {
		for _, id := range slices.Sorted(maps.Keys(s.texts)) {
			if !yield(rag.DocumentInfo{ID: id, Space: string(id), URI: string(id) + ".md"}, nil) {
				return
			}
		}
	}
}

func (s *scripted) Close() error {
	s.closed.Store(true)
	return nil
}

func (s *scripted) Notes() []string { return []string{"one is a scan"} }

// hit is a passage of a document in a file.
func hit(id rag.DocumentID, file string, page int, text string) rag.Hit {
	return rag.Hit{Located: rag.Located{
		Passage:  rag.Passage{ID: rag.PassageID{Document: id, N: 1}, Page: page, Text: text},
		Document: rag.DocumentInfo{ID: id, File: filepath.Join("/x", file)},
	}}
}

func TestLevels(t *testing.T) {
	files := fileNames{"plan": "plan.pdf", "plan.pdf": "plan.pdf"}
	hits := []rag.Hit{
		hit("plan-1", "plan.pdf", 2, "On page two."), hit("plan-1", "plan.pdf", 0, "Nowhere."),
		hit("plan-1", "plan.pdf", 2, "On page two again."), hit("plan#3", "corpus.jsonl", 0, "A record of page three."),
		hit("other", "corpus.jsonl", 0, "Of the haystack."),
	}
	for _, tc := range []struct {
		name string
		view View
		want []string
	}{
		{"documents", View{Level: ByDocument}, []string{"plan-1", "plan#3", "other"}},
		{"pages", View{Level: ByPage, files: files}, []string{"plan.pdf#2", "plan.pdf#1", "plan.pdf#3", "other"}},
		{"files", View{Level: ByDocument, files: files}, []string{"plan.pdf", "other"}},
		{"evidence", View{Level: ByEvidence}, []string{"evidence 2", "plan-1 1", "evidence 1", "plan#3 1", "other 1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q := Question{Gold: &Gold{Evidence: []string{"Page TWO again!", "And there: on page two. It ends."}}}
			if diff := cmp.Diff(tc.want, tc.view.ranking(q, hits)); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
		})
	}
}

// A question is scored for what was found and what was answered; pages stand
// in for files that cannot be read.
func TestRun(t *testing.T) {
	answer := rag.Answer{
		Status: rag.Answered, Confidence: 0.8, Claims: []rag.Claim{{Text: "It is red.", Citations: []int{1}}},
		Citations: []rag.Citation{{Document: "walls#2", URI: "corpus.jsonl", Quote: "The wall is red."}},
	}
	system := &scripted{
		hits:    map[string][]rag.Hit{"Red?": {hit("walls#1", "corpus.jsonl", 0, ""), hit("walls#2", "corpus.jsonl", 0, "")}},
		answers: map[string]rag.Answer{"Red?": answer, "Blue?": {Status: rag.NotFound, Confidence: 0.2, Notice: "Nothing red."}},
	}
	files := fileNames{"walls": "walls.pdf"}
	set := Set{Name: "walls", Questions: []Question{
		{ID: "1", Text: "Red?", Gold: &Gold{Answers: []string{"red"}, Document: "walls", Pages: []int{2}}},
		{ID: "2", Text: "Blue?", Gold: &Gold{Unanswerable: true}},
		{ID: "3", Text: "Not judged?"},
	}, Views: []View{{
		Level: ByPage, Corpus: Corpus{Paths: []string{"docs"}}, Spare: &Corpus{Paths: []string{"corpus.jsonl"}}, Answers: true,
		Judged: map[string]Judgments{"1": {"walls.pdf#2": 1}}, files: files,
	}}}
	var seen []int
	e := Evaluator{Opener: system, Workers: 2, Progress: func(done, total int) { seen = append(seen, done, total) }}
	reports, err := e.Run(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	got := reports[0]
	want := []Outcome{
		{
			ID: "1", Question: "Red?", Found: []string{"walls.pdf#1", "walls.pdf#2"}, Judged: []string{"walls.pdf#2"}, Rank: 2,
			Answer: &Answered{
				Text: "It is red.", Confidence: 0.8, Citations: []Citation{{"walls.pdf#2", "The wall is red."}}, Nearest: []Citation{},
				Accepted: []string{"red"}, Units: []string{},
			},
			Scores: Scores{
				Recall1: 0, Recall5: 1, Recall10: 1, Hit1: 0, Hit10: 1, MRR: 0.5, NDCG: got.Outcomes[0].Scores[NDCG],
				Exact: 0, F1: 0.5, GoldInAnswer: 1, CitationHit: 1, AnswerWords: 3, WrongRefusals: 0,
				Right: 1, WrongShown: 0, GoldShown: 1, Confidence: 0.8, BestRight: 0,
			},
		},
		{
			ID: "2", Question: "Blue?", Found: []string{}, Judged: []string{},
			Answer: &Answered{Refused: true, Confidence: 0.2, Citations: []Citation{}, Nearest: []Citation{}, Accepted: []string{}, Units: []string{}, Unanswerable: true},
			Scores: Scores{RefusalRecall: 1, RefusalPrecision: 1, AbsentAnswered: 0, AbsentMisled: 0, Confidence: 0.2, BestRight: 0},
		},
	}
	if diff := cmp.Diff(want, got.Outcomes); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	if len(got.Notes) != 2 || !strings.Contains(got.Notes[0], "corpus.jsonl are searched instead") || got.Notes[1] != "one is a scan" {
		t.Errorf("notes %q", got.Notes)
	}
	if diff := cmp.Diff([]int{1, 2, 2, 2}, seen); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	if !system.closed.Load() {
		t.Error("the system stays open")
	}
}

// Where documents have many passages, more are asked for.
func TestFindGoesDeeper(t *testing.T) {
	var hits []rag.Hit
	for range searchDepth + 5 {
		hits = append(hits, hit("long", "f", 0, ""))
	}
	hits = append(hits, hit("late", "f", 0, ""))
	system := &scripted{hits: map[string][]rag.Hit{"?": hits}}
	ids, _, err := View{Level: ByDocument}.find(t.Context(), system, Question{}, rag.SearchRequest{Question: "?"})
	if err != nil || !cmp.Equal(ids, []string{"long", "late"}) {
		t.Errorf("found %q, %v", ids, err)
	}
}

func TestRunStops(t *testing.T) {
	var questions []Question
	judged := make(map[string]Judgments)
	for i := range 100 {
		q := Question{ID: fmt.Sprint(i), Text: fmt.Sprint(i)}
		questions = append(questions, q)
		judged[q.ID] = Judgments{"a": 1}
	}
	set := Set{Name: "s", Questions: questions, Views: []View{{Corpus: Corpus{Paths: []string{"c"}}, Judged: judged}}}

	system := &scripted{fail: "3"}
	_, err := Evaluator{Opener: system, Workers: 1}.Run(t.Context(), set)
	if err == nil || !strings.Contains(err.Error(), "evaluate s: question 3: broken") || system.asked.Load() > 5 {
		t.Errorf("%v after %d questions", err, system.asked.Load())
	}
	if !system.closed.Load() {
		t.Error("the system stays open")
	}

	ctx, cancel := context.WithCancel(t.Context())
	system = &scripted{}
	_, err = Evaluator{Opener: system, Workers: 1, Progress: func(done, _ int) {
		if done == 2 {
			cancel()
		}
	}}.Run(ctx, set)
	if !errors.Is(err, context.Canceled) || system.asked.Load() > 4 {
		t.Errorf("%v after %d questions", err, system.asked.Load())
	}
}

func TestSampled(t *testing.T) {
	all := make([]Question, 10)
	for i := range all {
		all[i].ID = fmt.Sprint(i)
	}
	for n, want := range map[int]string{0: "0123456789", 3: "036", 4: "0257", 10: "0123456789", 20: "0123456789"} {
		var got string
		for _, q := range sampleEvenly(all, n) {
			got += q.ID
		}
		if got != want {
			t.Errorf("%d of ten are %s, want %s", n, got, want)
		}
	}
}
