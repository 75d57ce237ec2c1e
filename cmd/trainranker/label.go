package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/eval"
	"docent/rag/extract"
	"docent/rag/lang"
)

// label says how well each candidate answers.
func label(ctx context.Context, lib rag.Library, q eval.Question, sheets []extract.Sheet) ([]float32, error) {
	labels := make([]float32, len(sheets))
	if q.Gold.Unanswerable {
		return labels, nil
	}
	units, err := unitsOf(ctx, lib, q)
	if err != nil {
		return nil, err
	}
	var answers []string
	for _, a := range q.Gold.Answers {
		if a = words(a); a != "" {
			answers = append(answers, a)
		}
	}
	for i, s := range sheets {
		if string(s.Document) != q.Document {
			continue
		}
		labels[i] = overlap(s.Span, units)
		if text := words(s.Text); slices.ContainsFunc(answers, func(a string) bool { return strings.Contains(text, a) }) {
			labels[i] = 1
		}
	}
	return labels, nil
}

// unitsOf are where the units that answer stand in their document.
func unitsOf(ctx context.Context, lib rag.Library, q eval.Question) (units []lang.Span, err error) {
	if len(q.Gold.Units) == 0 {
		return nil, nil
	}
	d, err := lib.Document(ctx, rag.DocumentID(q.Document), rag.Operator())
	if err != nil {
		return nil, fmt.Errorf("read the document of the question %s: %w", q.ID, err)
	}
	for _, u := range q.Gold.Units {
		units = append(units, u.Locate(d.Text)...)
	}
	if len(units) == 0 {
		return nil, fmt.Errorf("the answer to %s stands nowhere in %s", q.ID, d.ID)
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

// words are those of a text with a space around each.
func words(text string) string {
	var b strings.Builder
	for _, w := range lang.Words("", text) {
		b.WriteString(" " + w.Surface)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String()
}
