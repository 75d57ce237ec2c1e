package main

import (
	"cmp"
	"encoding/json"

	"docent/rag"
)

type answerJSON struct {
	ID        json.RawMessage `json:"id"`
	Question  string          `json:"question"`
	Language  string          `json:"language"`
	Intent    rag.Intent      `json:"intent"`
	Status    rag.Status      `json:"status"`
	Answer    string          `json:"answer"`
	Claims    []claimJSON     `json:"claims"`
	Citations []citationJSON  `json:"citations"`
	// Documents are those that the library's own list gives as the answer.
	Documents []listedJSON `json:"documents"`
	// Nearest is what comes nearest to a question that is refused, and no answer.
	Nearest  []citationJSON `json:"nearest"`
	Evidence []evidenceJSON `json:"evidence"`
	// Confidence is between 0 and 1; a threshold up to it answers.
	Confidence float64  `json:"confidence"`
	Mode       rag.Mode `json:"mode"`
	Model      string   `json:"model"`
	// Blocks are the answer's claims as they stand in it.
	Blocks []answerBlockJSON `json:"blocks"`
	// Did is what a model did that was asked: "answered", "declined", "failed" or "cut",
	// "" where none was; Rounds and ToolCalls are how often it was asked and what it
	// had looked up, Sent the documents of which it was shown something.
	Did       rag.Did          `json:"did"`
	Rounds    int              `json:"rounds"`
	ToolCalls int              `json:"tool_calls"`
	Sent      []rag.DocumentID `json:"sent"`
	// Prompt is the version of what the model was told, Unsupported how many
	// of its claims the documents do not bear out, Dropped those and what it mended.
	Prompt      string        `json:"prompt"`
	Unsupported int           `json:"unsupported"`
	Dropped     []droppedJSON `json:"dropped"`
	Usage       usageJSON     `json:"usage"`
	// Cost is estimated from prices: in docent.yaml, null without a price.
	Cost     *float64    `json:"cost"`
	Currency string      `json:"currency"`
	Timings  timingsJSON `json:"timings_ms"`
}

// answerBlockJSON is a heading, a paragraph, a list, steps or a table; claims are
// indexes of the answer's claims, and so of the sentences, items or rows.
type answerBlockJSON struct {
	Kind    string     `json:"kind"`
	Text    string     `json:"text"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Claims  []int      `json:"claims"`
}

type droppedJSON struct {
	Text    string   `json:"text"`
	Reasons []string `json:"reasons"`
}

type claimJSON struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
	// Grade is "proven" where the quotes say no less, "read" where a language model
	// reads it in them, "" for what nothing bears out.
	Grade rag.Grade `json:"grade"`
}

// gradeJSON is what came of a claim, or of a sentence by its number.
type gradeJSON struct {
	ID        json.RawMessage `json:"id"`
	Claim     string          `json:"claim"`
	Grade     rag.Grade       `json:"grade"`
	Outcome   string          `json:"outcome"`
	Reasons   []string        `json:"reasons"`
	Citations []citationJSON  `json:"citations"`
}

type citationJSON struct {
	N        int            `json:"n"`
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	Heading  []string       `json:"heading"`
	Page     int            `json:"page"`
	Row      int            `json:"row"`
	Start    int            `json:"start"`
	End      int            `json:"end"`
	Quote    string         `json:"quote"`
	Date     string         `json:"date"`
	// Context is what the quote is read with, outermost first.
	Context []excerptJSON `json:"context"`
}

type excerptJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

type listedJSON struct {
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	Date     string         `json:"date"`
}

type evidenceJSON struct {
	Document rag.DocumentID `json:"document"`
	passageJSON
}

// passageJSON is what evidence and hits have in common.
type passageJSON struct {
	Passage int     `json:"passage"`
	Start   int     `json:"start"`
	End     int     `json:"end"`
	Page    int     `json:"page"`
	Text    string  `json:"text"`
	Score   float64 `json:"score"`
	Lexical float64 `json:"lexical"`
	Vector  float64 `json:"vector"`
}

type timingsJSON struct {
	Retrieve float64 `json:"retrieve"`
	Answer   float64 `json:"answer"`
	Total    float64 `json:"total"`
}

type searchJSON struct {
	ID    json.RawMessage `json:"id"`
	Query string          `json:"query"`
	Hits  []hitJSON       `json:"hits"`
}

type hitJSON struct {
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	passageJSON
}

func answerOf(q question, a rag.Answer, cost *money) answerJSON {
	out := answerJSON{
		ID: q.id, Question: q.text, Language: a.Language, Intent: a.Intent, Status: a.Status, Answer: a.Text(), Mode: a.Mode, Model: a.ModelName, Prompt: a.Prompt, Unsupported: a.Unsupported,
		Blocks: blocksOf(a), Did: a.Did, Rounds: a.Rounds, ToolCalls: a.ToolCalls, Sent: list(a.Sent), Dropped: make([]droppedJSON, len(a.Dropped)),
		Claims: make([]claimJSON, len(a.Claims)), Citations: citationsOf(a.Citations), Nearest: citationsOf(a.Nearest), Evidence: make([]evidenceJSON, len(a.Evidence)),
		Documents:  make([]listedJSON, len(a.Listed)),
		Confidence: a.Confidence, Usage: usageOf(a.Usage),
		Timings: timingsJSON{Retrieve: milliseconds(a.Timings.Retrieve), Answer: milliseconds(a.Timings.Answer), Total: milliseconds(a.Timings.Total)},
	}
	out.Cost, out.Currency = cost.json()
	for i, c := range a.Claims {
		out.Claims[i] = claimJSON{Text: c.Text, Citations: list(c.Citations), Grade: c.Grade}
	}
	for i, d := range a.Dropped {
		out.Dropped[i] = droppedJSON{d.Text, list(d.Reasons)}
	}
	for i, d := range a.Listed {
		out.Documents[i] = listedJSON{d.ID, d.URI, d.Title, d.Date}
	}
	for i, h := range a.Evidence {
		out.Evidence[i] = evidenceJSON{h.ID.Document, passageOf(h)}
	}
	return out
}

func blocksOf(a rag.Answer) []answerBlockJSON {
	out := []answerBlockJSON{}
	kinds := map[rag.Form]string{rag.ListItem: "list", rag.Step: "steps", rag.TableRow: "table"}
	for _, b := range a.Blocks() {
		block := answerBlockJSON{Kind: cmp.Or(kinds[b.Form], "paragraph"), Text: b.Heading, Columns: list(b.Columns), Rows: [][]string{}, Claims: list(b.Claims)}
		if b.Heading != "" {
			block.Kind = "heading"
		}
		for _, i := range b.Claims {
			if b.Form == rag.TableRow {
				block.Rows = append(block.Rows, a.Claims[i].Cells)
			}
		}
		out = append(out, block)
	}
	return out
}

func citationsOf(citations []rag.Citation) []citationJSON {
	out := make([]citationJSON, len(citations))
	for i, c := range citations {
		out[i] = citationJSON{
			N: c.N, Document: c.Document, URI: c.URI, Title: c.Title, Heading: list(c.Heading),
			Page: c.Page, Row: c.Row, Start: c.Start, End: c.End, Quote: c.Quote, Date: c.Date, Context: make([]excerptJSON, len(c.Context)),
		}
		for n, e := range c.Context {
			out[i].Context[n] = excerptJSON(e)
		}
	}
	return out
}

func passageOf(h rag.Hit) passageJSON {
	return passageJSON{Passage: h.ID.N, Start: h.Start, End: h.End, Page: h.Page, Text: h.Text, Score: h.Score, Lexical: h.Lexical, Vector: h.Vector}
}

func searchOf(q question, hits []rag.Hit) searchJSON {
	out := searchJSON{ID: q.id, Query: q.text, Hits: make([]hitJSON, len(hits))}
	for i, h := range hits {
		out.Hits[i] = hitJSON{h.ID.Document, h.Document.URI, h.Document.Title, passageOf(h)}
	}
	return out
}
