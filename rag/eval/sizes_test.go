package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// selective keeps the spaces that each question was asked in, in order.
type selective struct {
	*scripted
	mu     sync.Mutex
	spaces map[string][][]string
}

func (s *selective) Open(_ context.Context, c Corpus) (System, error) {
	if !c.Apart {
		return nil, fmt.Errorf("the documents of %v share a space", c.Paths)
	}
	return s, nil
}

func (s *selective) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spaces[req.Question] = append(s.spaces[req.Question], req.Spaces)
	return s.scripted.Answer(ctx, req)
}

// A question is asked in its own document and others; those of a small library
// are in the larger ones too, and another question has others.
func TestLibrarySizes(t *testing.T) {
	texts := make(map[rag.DocumentID]string)
	for i := range 20 {
		texts[rag.DocumentID(fmt.Sprintf("d%02d", i))] = pondText
	}
	system := &selective{scripted: &scripted{texts: texts}, spaces: make(map[string][][]string)}
	set := Set{Name: "s", Questions: []Question{
		{ID: "1", Text: "first", Document: "d07", Gold: &Gold{Units: []Unit{{Text: "Dogs stay out", Before: -1}}}},
		{ID: "2", Text: "second", Gold: &Gold{Answers: []string{"x"}}},
	}, Views: []View{
		{Level: ByDocument, Answers: true, Corpus: Corpus{Paths: []string{"c"}}, Judged: map[string]Judgments{"2": {"d03": 1, "d04": 1}}},
		{Name: "docs", Level: ByDocument, Corpus: Corpus{Paths: []string{"c"}}},
	}}
	reports, err := Evaluator{Opener: system, Sizes: []int{1, 4, 10, 30}}.Run(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, r := range reports {
		titles = append(titles, r.Title()+" "+strings.Join(r.Notes, ""))
	}
	want := []string{"s among 1 one is a scan", "s among 4 one is a scan", "s among 10 one is a scan", "s among 30 one is a scanthere are only 20 documents"}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	first, second := system.spaces["first"], system.spaces["second"]
	for i, want := range []int{1, 4, 10, 0} {
		if len(first[i]) != want || want > 0 && first[i][0] != "d07" {
			t.Errorf("a library of %d is %q", want, first[i])
		}
	}
	if !slices.Equal(first[1], first[2][:4]) || len(slices.Compact(slices.Sorted(slices.Values(first[2])))) != 10 {
		t.Errorf("not nested, or twice the same: %q, %q", first[1], first[2])
	}
	if !slices.Equal(second[0], []string{"d03", "d04"}) || len(second[2]) != 10 || slices.Equal(second[2][2:], first[2][1:9]) {
		t.Errorf("the second question is asked in %q", second)
	}
}
