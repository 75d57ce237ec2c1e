package eval

import (
	"context"
	"maps"
	"path/filepath"
	"strconv"
	"strings"

	"docent/rag"
)

// Outcome is what became of one question.
type Outcome struct {
	ID       string            `json:"id"`
	Question string            `json:"question"`
	Tags     map[string]string `json:"tags"`
	// Found is the ten best, Judged those that answer, and Rank the first of
	// these among all that were found; 0 for none.
	Found  []string `json:"found"`
	Judged []string `json:"judged"`
	Rank   int      `json:"rank"`
	// Answer is nil where none was asked for.
	Answer *Answered `json:"answer"`
	Scores Scores    `json:"scores"`
}

// Answered is an answer with what is measured of it.
type Answered struct {
	Text    string `json:"text"`
	Refused bool   `json:"refused"`
	// Confidence is the highest threshold at which the question is answered.
	Confidence float64    `json:"confidence"`
	Citations  []Citation `json:"citations"`
	// Accepted are the gold answers, Unanswerable that there is none.
	Accepted     []string `json:"accepted"`
	Unanswerable bool     `json:"unanswerable"`
}

// As many passages are asked for as mostly hold ten documents, and where they
// do not, as many as a library ranks.
const searchDepth, searchWhole = 30, 100

// ask looks a question up and, where there is gold to compare with, has it
// answered.
func (e Evaluator) ask(ctx context.Context, system System, v View, q Question) (Outcome, error) {
	o := Outcome{ID: q.ID, Question: q.Text, Tags: q.Tags, Found: []string{}, Judged: v.Judged[q.ID].answering(), Scores: make(Scores)}
	req := rag.SearchRequest{Question: q.Text, Audience: rag.Operator()}
	if len(o.Judged) > 0 {
		ids, err := v.find(ctx, system, q, req)
		if err != nil {
			return o, err
		}
		o.Rank = firstRank(ids, v.Judged[q.ID])
		o.Found = append(o.Found, ids[:min(depth, len(ids))]...)
		maps.Copy(o.Scores, retrievalScores(ids, v.Judged[q.ID]))
	}
	if e.SearchOnly || !v.Answers || q.Gold == nil {
		return o, nil
	}
	a, err := system.Answer(ctx, req)
	if err != nil {
		return o, err
	}
	o.Answer = v.answered(q.Gold, a)
	maps.Copy(o.Scores, answerScores(v.full(q.Gold), o.Answer.Text, o.Answer.Refused, o.Answer.Citations))
	return o, nil
}

// find is what is found for a question, best first.
func (v View) find(ctx context.Context, system System, q Question, req rag.SearchRequest) ([]string, error) {
	var ids []string
	for _, limit := range []int{searchDepth, searchWhole} {
		req.Limit = limit
		found, err := system.Search(ctx, req)
		if err != nil {
			return nil, err
		}
		if ids = v.ranking(q, found.Hits); len(ids) >= depth || len(found.Hits) < limit {
			break
		}
	}
	return ids, nil
}

// ranking are what the hits count as, each once.
func (v View) ranking(q Question, hits []rag.Hit) []string {
	var ids []string
	seen := make(map[string]bool)
	for _, h := range hits {
		for _, id := range v.resultIDs(q, h) {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// resultIDs is what a hit counts as; a passage with several pieces of evidence
// counts as each.
func (v View) resultIDs(q Question, h rag.Hit) []string {
	switch {
	case v.Level == ByEvidence:
		return evidenceIn(q.Gold, h)
	case v.files == nil:
		return []string{string(h.ID.Document)}
	}
	return []string{v.resultID(h.ID.Document, h.Document.File, h.Page)}
}

// resultID is what a set with files calls a page of one, or all of it; a file
// without pages is one page. A document that is none of the files is a record,
// and named as one.
func (v View) resultID(id rag.DocumentID, file string, page int) string {
	name := filepath.Base(file)
	if _, known := v.files[name]; known {
		name += "#" + strconv.Itoa(max(1, page))
	} else {
		name = v.files.full(string(id))
	}
	if v.Level == ByDocument {
		name, _, _ = cutLast(name, "#")
	}
	return name
}

// evidenceIn is the pieces of evidence that a passage holds or is part of, or
// the passage itself.
func evidenceIn(g *Gold, h rag.Hit) []string {
	text := normalizeAnswer(h.Text)
	var ids []string
	for i, e := range g.Evidence {
		if want := normalizeAnswer(e); strings.Contains(text, want) || text != "" && strings.Contains(want, text) {
			ids = append(ids, evidenceID(i))
		}
	}
	if len(ids) == 0 {
		ids = []string{string(h.ID.Document) + " " + strconv.Itoa(h.ID.N)}
	}
	return ids
}

func (v View) answered(g *Gold, a rag.Answer) *Answered {
	out := &Answered{
		Text: claimText(a), Refused: a.Status == rag.NotFound, Confidence: a.Confidence,
		Citations: make([]Citation, len(a.Citations)), Accepted: append([]string{}, g.Answers...), Unanswerable: g.Unanswerable,
	}
	for i, c := range a.Citations {
		out.Citations[i] = Citation{Document: string(c.Document), Text: c.Quote}
		if v.files != nil {
			out.Citations[i].Document = v.resultID(c.Document, c.URI, c.Page)
		}
	}
	return out
}

// full is the gold with the whole name of its document.
func (v View) full(g *Gold) *Gold {
	if v.files == nil || g.Document == "" {
		return g
	}
	named := *g
	named.Document = v.files.full(g.Document)
	return &named
}
