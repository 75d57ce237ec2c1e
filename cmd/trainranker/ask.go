package main

import (
	"context"
	"fmt"
	"strings"

	"docent/rag"
	"docent/rag/eval"
	"docent/rag/extract"
	"docent/rag/extract/ranker"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// ask is a question to ask in a library.
type ask struct {
	set      string
	question eval.Question
	fold     int
	size     int

	asked  ranker.Question
	sheets []extract.Sheet
	labels []float32
	// passages were searched.
	passages int
}

func (a *ask) ask(ctx context.Context, r retrieve.Retriever, lib *shelved) error {
	request := rag.SearchRequest{Question: a.question.Text, Audience: rag.Operator(), Limit: hits, Spaces: lib.draw(a.question, a.size)}
	found, err := r.Retrieve(ctx, request)
	if err != nil {
		return fmt.Errorf("look up the question %s: %w", a.question.ID, err)
	}
	a.passages = found.Searched.Passages
	a.asked, a.sheets = extract.Sheets(a.question.Text, found, r.Embedder)
	return a.label(ctx, lib)
}

// label says how well each candidate answers.
func (a *ask) label(ctx context.Context, lib rag.Library) error {
	a.labels = make([]float32, len(a.sheets))
	gold := a.question.Gold
	if gold.Unanswerable {
		return nil
	}
	units, err := a.units(ctx, lib)
	if err != nil {
		return err
	}
	answers := folded(gold.Answers)
	for i, s := range a.sheets {
		if string(s.Document) == a.question.Document {
			a.labels[i] = max(overlap(s.Span, units), says(s.Text, answers))
		}
	}
	return nil
}

// units are where the units that answer stand in their document.
func (a *ask) units(ctx context.Context, lib rag.Library) (units []lang.Span, err error) {
	if len(a.question.Gold.Units) == 0 {
		return nil, nil
	}
	d, err := lib.Document(ctx, rag.DocumentID(a.question.Document), rag.Operator())
	if err != nil {
		return nil, fmt.Errorf("read the document of the question %s: %w", a.question.ID, err)
	}
	for _, u := range a.question.Gold.Units {
		units = append(units, u.Locate(d.Text)...)
	}
	if len(units) == 0 {
		return nil, fmt.Errorf("the answer to %s stands nowhere in %s", a.question.ID, d.ID)
	}
	return units, nil
}

// overlap is how well a run is one of others: twice what is common over the sum
// of both, and at least leastRight where one holds half of the other.
func overlap(run lang.Span, units []lang.Span) (most float32) {
	for _, u := range units {
		common := min(run.End, u.End) - max(run.Start, u.Start)
		if common <= 0 {
			continue
		}
		a, b := run.End-run.Start, u.End-u.Start
		most = max(most, float32(2*common)/float32(a+b))
		if 2*common >= min(a, b) {
			most = max(most, leastRight)
		}
	}
	return most
}

// says is 1 for a text that has the words of one of the answers, which are folded.
func says(text string, answers []string) float32 {
	words := fold(text)
	for _, a := range answers {
		if strings.Contains(words, a) {
			return 1
		}
	}
	return 0
}

func folded(texts []string) (list []string) {
	for _, t := range texts {
		if f := fold(t); strings.TrimSpace(f) != "" {
			list = append(list, f)
		}
	}
	return list
}

// fold is the words of a text with a space around each.
func fold(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range lang.Words("", text) {
		b.WriteString(w.Surface + " ")
	}
	return b.String()
}
