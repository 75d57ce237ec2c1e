package eval_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"docent/rag"
	"docent/rag/eval"
)

// shelf is a corpus that can be asked: here, one that knows two answers.
type shelf struct{}

func (shelf) Open(context.Context, eval.Corpus) (eval.System, error) { return shelf{}, nil }
func (shelf) Notes() []string                                        { return nil }
func (shelf) Close() error                                           { return nil }

func (shelf) Search(_ context.Context, req rag.SearchRequest) (rag.Result, error) {
	hit := rag.Hit{}
	hit.ID.Document = "keys"
	return rag.Result{Hits: []rag.Hit{hit}}, nil
}

func (shelf) Answer(_ context.Context, req rag.SearchRequest) (rag.Answer, error) {
	if req.Question != "Where are the keys?" {
		return rag.Answer{Status: rag.NotFound}, nil
	}
	return rag.Answer{
		Status: rag.Answered, Confidence: 0.9,
		Claims:    []rag.Claim{{Text: "At the front desk.", Citations: []int{1}}},
		Citations: []rag.Citation{{Document: "keys", Quote: "The keys are at the front desk."}},
	}, nil
}

func (s shelf) Attempt(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return s.Answer(ctx, req)
}

func (shelf) Document(context.Context, rag.DocumentID, rag.Audience) (rag.Document, error) {
	return rag.Document{}, rag.ErrNotFound
}

func (shelf) Documents(context.Context, rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	return func(func(rag.DocumentInfo, error) bool) {}
}

func Example() {
	dir, err := os.MkdirTemp("", "set-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for name, text := range map[string]string{
		"corpus.jsonl":  `{"_id": "keys", "text": "The keys are at the front desk."}` + "\n" + `{"_id": "cars", "text": "Cars are booked by mail."}`,
		"queries.jsonl": `{"_id": "1", "text": "Where are the keys?"}` + "\n" + `{"_id": "2", "text": "How are cars booked?"}` + "\n" + `{"_id": "3", "text": "Who has a boat?"}`,
		"qrels.tsv":     "query-id\tcorpus-id\tscore\n1\tkeys\t1\n2\tcars\t1\n",
		"answers.jsonl": `{"_id": "1", "answers": ["the front desk"], "doc": "keys"}` + "\n" + `{"_id": "3", "unanswerable": true}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			fmt.Println(err)
			return
		}
	}
	set, err := eval.Load(dir, eval.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	reports, err := eval.Evaluator{Opener: shelf{}}.Run(context.Background(), set)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range []eval.Measure{eval.Hit1, eval.GoldInAnswer, eval.CitationHit, eval.RefusalRecall} {
		if f, ok := reports[0].Figure(m); ok {
			fmt.Printf("%s %.2f of %d\n", f.Measure, f.Value, f.N)
		}
	}
	for _, f := range eval.Failures(reports) {
		fmt.Println(f.Question, f.Failed)
	}
	// Output:
	// hit@1 0.50 of 2
	// gold_in_answer 1.00 of 1
	// citation_hit 1.00 of 1
	// refusal_recall 1.00 of 1
	// How are cars booked? [not found]
}
