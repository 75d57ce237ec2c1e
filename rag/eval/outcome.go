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
	// Nearest is what a refusal shows.
	Nearest []Citation `json:"nearest"`
	// Accepted are the gold answers, Units the gold units or evidence,
	// Unanswerable that there is none.
	Accepted     []string `json:"accepted"`
	Units        []string `json:"units"`
	Unanswerable bool     `json:"unanswerable"`
}

// As many passages are asked for as mostly hold ten documents, and where they
// do not, as many as a library ranks.
const searchDepth, searchWhole = 30, 100

// ask looks a question up and, where there is gold to compare with, has it
// answered.
func (in inquiry) ask(ctx context.Context, q Question) (Outcome, error) {
	judged := in.view.Judged[q.ID]
	o := Outcome{ID: q.ID, Question: q.Text, Tags: q.Tags, Found: []string{}, Judged: judged.answering(), Scores: make(Scores)}
	req := rag.SearchRequest{Question: q.Text, Audience: rag.Operator()}
	if in.spaces != nil {
		req.Spaces = in.spaces(q)
	} else if len(o.Judged) > 0 {
		ids, hits, err := in.view.find(ctx, in.system, q, req)
		if err != nil {
			return o, err
		}
		o.Rank = firstRank(ids, judged)
		o.Found = append(o.Found, ids[:min(depth, len(ids))]...)
		maps.Copy(o.Scores, retrievalScores(ids, judged))
		maps.Copy(o.Scores, passageScores(hits, in.gold[q.ID].units))
	}
	if in.SearchOnly || !in.view.Answers || q.Gold == nil {
		return o, nil
	}
	return o, in.answer(ctx, q, req, &o)
}

// answer has the question answered, and where it is refused, also asks what
// would have been the best statement.
func (in inquiry) answer(ctx context.Context, q Question, req rag.SearchRequest, o *Outcome) error {
	a, err := in.system.Answer(ctx, req)
	if err != nil {
		return err
	}
	best := a
	if a.Status == rag.NotFound && !q.Gold.Unanswerable {
		if best, err = in.system.Attempt(ctx, req); err != nil {
			return err
		}
	}
	o.Answer = in.view.answered(q.Gold, a)
	gold := in.view.full(q.Gold)
	maps.Copy(o.Scores, answerScores(gold, o.Answer.Text, o.Answer.Refused, o.Answer.Citations))
	at, known := in.gold[q.ID]
	maps.Copy(o.Scores, judge{view: in.view, gold: gold, at: at, located: known}.scores(a, best))
	return nil
}

// find is what is found for a question, best first: what the hits count as, and
// the hits.
func (v View) find(ctx context.Context, system System, q Question, req rag.SearchRequest) ([]string, []rag.Hit, error) {
	var ids []string
	var hits []rag.Hit
	for _, limit := range []int{searchDepth, searchWhole} {
		req.Limit = limit
		found, err := system.Search(ctx, req)
		if err != nil {
			return nil, nil, err
		}
		hits = found.Hits
		if ids = v.ranking(q, hits); len(ids) >= depth || len(hits) < limit {
			break
		}
	}
	return ids, hits, nil
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
		Citations: v.named(a.Citations), Nearest: v.named(a.Nearest),
		Accepted: append([]string{}, g.Answers...), Units: append([]string{}, g.Evidence...), Unanswerable: g.Unanswerable,
	}
	if len(out.Units) == 0 {
		for _, u := range g.Units {
			out.Units = append(out.Units, u.Text)
		}
	}
	return out
}

// named are citations with their documents as the set calls them.
func (v View) named(citations []rag.Citation) []Citation {
	list := make([]Citation, len(citations))
	for i, c := range citations {
		list[i] = Citation{Document: string(c.Document), Text: c.Quote}
		if v.files != nil {
			list[i].Document = v.resultID(c.Document, c.URI, c.Page)
		}
	}
	return list
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
