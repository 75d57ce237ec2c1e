package main

import (
	"cmp"
	"encoding/json"
	"io"
	"math"
	"time"

	"docent/ingest"
	"docent/rag"
	"docent/rag/library"
)

// The types of this file are the machine contract: others program against
// their names. A list is never null, and a field never left out.

type errorJSON struct {
	Error string `json:"error"`
	Hint  string `json:"hint"`
}

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

type usageJSON struct {
	InputTokens  int `json:"input_tokens"`
	CachedTokens int `json:"cached_tokens"`
	OutputTokens int `json:"output_tokens"`
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

type documentJSON struct {
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	Author   string         `json:"author"`
	Format   string         `json:"format"`
	Language string         `json:"language"`
	Space    string         `json:"space"`
	Passages int            `json:"passages"`
	Bytes    int            `json:"bytes"`
	Date     string         `json:"date"`
	// Status is "draft", "superseded" or "archived", "" for what holds.
	Status  rag.DocumentStatus `json:"status"`
	Version string             `json:"version"`
	Aliases []string           `json:"aliases"`
	Hash    string             `json:"hash"`
}

type ingestJSON struct {
	Added     int           `json:"added"`
	Changed   int           `json:"changed"`
	Removed   int           `json:"removed"`
	Unchanged int           `json:"unchanged"`
	Held      int           `json:"held"`
	Failed    []failureJSON `json:"failed"`
	Links     int           `json:"links"`
	Ignored   int           `json:"ignored"`
	Passages  int           `json:"passages"`
	Seconds   float64       `json:"seconds"`
}

type failureJSON struct {
	URI   string `json:"uri"`
	Error string `json:"error"`
}

type readJSON struct {
	File     string      `json:"file"`
	Member   string      `json:"member"`
	Key      string      `json:"key"`
	Format   string      `json:"format"`
	Title    string      `json:"title"`
	Author   string      `json:"author"`
	Language string      `json:"language"`
	Date     string      `json:"date"`
	Status   string      `json:"status"`
	Version  string      `json:"version"`
	Aliases  []string    `json:"aliases"`
	URL      string      `json:"url"`
	Warnings []string    `json:"warnings"`
	Seconds  float64     `json:"seconds"`
	Text     string      `json:"text"`
	Blocks   []blockJSON `json:"blocks"`
}

type blockJSON struct {
	Kind  string `json:"kind"`
	Level int    `json:"level"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Page  int    `json:"page"`
	Row   int    `json:"row"`
	// Header is the index of the block that names the columns, -1 for none.
	Header int `json:"header"`
	// Lead is the index of the block that it is read with, -1 for none.
	Lead int `json:"lead"`
	// Cells are where the cells of a row, or the label and value of a field,
	// stand, as [start, end]; none elsewhere.
	Cells [][2]int `json:"cells"`
}

type removedJSON struct {
	Removed []rag.DocumentID `json:"removed"`
}

type backupJSON struct {
	File   string   `json:"file"`
	Bytes  int64    `json:"bytes"`
	Beside []string `json:"beside"`
}

type restoredJSON struct {
	Restored []string `json:"restored"`
}

type restoredDocumentsJSON struct {
	Restored []rag.DocumentID `json:"restored"`
}

// integrityJSON is what docent check found.
type integrityJSON struct {
	Library  string      `json:"library"`
	Faults   []faultJSON `json:"faults"`
	Repaired bool        `json:"repaired"`
	Lost     []lostJSON  `json:"lost"`
	// Files were read, of which Changed have changed since or are gone.
	Files   int `json:"files"`
	Changed int `json:"changed"`
}

type faultJSON struct {
	Document rag.DocumentID `json:"document"`
	Problem  string         `json:"problem"`
}

type lostJSON struct {
	Document rag.DocumentID `json:"document"`
	File     string         `json:"file"`
}

type statusJSON struct {
	Library   string         `json:"library"`
	Bytes     int64          `json:"bytes"`
	Documents int            `json:"documents"`
	Passages  int            `json:"passages"`
	TextBytes int64          `json:"text_bytes"`
	Spaces    map[string]int `json:"spaces"`
	Languages map[string]int `json:"languages"`
	Outdated  outdatedJSON   `json:"outdated"`
	Embedder  embedderJSON   `json:"embedder"`
	Usage     []spentJSON    `json:"usage"`
}

// outdatedJSON counts the documents that an earlier version of the program read
// and that are read again when their files are next ingested, and those of them
// that have no file any more.
type outdatedJSON struct {
	Documents int `json:"documents"`
	Gone      int `json:"gone"`
}

// spentJSON is what was asked of a model, and its estimated cost where its
// price is known.
type spentJSON struct {
	Model string `json:"model"`
	Calls int    `json:"calls"`
	usageJSON
	Cost     *float64 `json:"cost"`
	Currency string   `json:"currency"`
}

// checkJSON is one part as the doctor found it.
type checkJSON struct {
	Check string `json:"check"`
	OK    bool   `json:"ok"`
	Found string `json:"found"`
	Error string `json:"error"`
	Hint  string `json:"hint"`
}

// configJSON is the effective configuration, with where what is no default comes
// from, by the path of its key.
type configJSON struct {
	File    string            `json:"file"`
	Config  map[string]any    `json:"config"`
	Origins map[string]string `json:"origins"`
}

type configPathJSON struct {
	File   string           `json:"file"`
	Search []configFileJSON `json:"search"`
}

type configFileJSON struct {
	Source string `json:"source"`
	File   string `json:"file"`
	State  string `json:"state"`
}

type embedderJSON struct {
	Name      string `json:"name"`
	Version   string `json:"version"`
	Dimension int    `json:"dimension"`
	Analysis  int    `json:"analysis"`
}

type versionJSON struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Date     string `json:"date"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// writeJSON writes one object on one line, with text as it is rather than
// escaped for HTML.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
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

func usageOf(u rag.Usage) usageJSON {
	return usageJSON{InputTokens: u.InputTokens, CachedTokens: u.CachedTokens, OutputTokens: u.OutputTokens}
}

func searchOf(q question, hits []rag.Hit) searchJSON {
	out := searchJSON{ID: q.id, Query: q.text, Hits: make([]hitJSON, len(hits))}
	for i, h := range hits {
		out.Hits[i] = hitJSON{h.ID.Document, h.Document.URI, h.Document.Title, passageOf(h)}
	}
	return out
}

func documentOf(d rag.DocumentInfo) documentJSON {
	return documentJSON{
		Document: d.ID, URI: d.URI, Title: d.Title, Author: d.Author, Format: d.Format, Language: d.Language, Space: d.Space,
		Passages: d.Passages, Bytes: d.Bytes, Date: d.Date, Hash: d.Hash,
		Status: d.Status, Version: d.Version, Aliases: list(d.Aliases),
	}
}

func reportOf(r ingest.Report) ingestJSON {
	out := ingestJSON{
		Added: r.Added, Changed: r.Changed, Removed: r.Removed, Unchanged: r.Unchanged,
		Failed: make([]failureJSON, len(r.Failed)), Links: r.Links, Ignored: r.Ignored, Passages: r.Passages, Seconds: r.Elapsed.Round(time.Microsecond).Seconds(),
	}
	for _, h := range r.Held {
		out.Held += h.Lost
	}
	for i, f := range r.Failed {
		out.Failed[i] = failureJSON{URI: f.URI, Error: reason(f)}
	}
	return out
}

func readOf(d timedDocument) readJSON {
	out := readJSON{
		File: d.file, Member: d.Member, Key: d.Key, Format: d.Format, Title: d.Title, Author: d.Author, Language: languageOf(d.Document),
		Date: d.Date, Status: d.Status, Version: d.Version, Aliases: list(d.Aliases), URL: d.URI, Warnings: list(d.Warnings), Seconds: d.took.Round(time.Microsecond).Seconds(), Text: d.Text,
		Blocks: make([]blockJSON, len(d.Blocks)),
	}
	for i, b := range d.Blocks {
		out.Blocks[i] = blockJSON{
			Kind: b.Kind.String(), Level: b.Level, Start: b.Start, End: b.End, Page: b.Page, Row: b.Row, Header: b.Header - 1, Lead: b.Lead - 1,
			Cells: make([][2]int, len(b.Cells)),
		}
		for n, c := range b.Cells {
			out.Blocks[i].Cells[n] = [2]int{c.Start, c.End}
		}
	}
	return out
}

func statusOf(path string, s library.Stats) statusJSON {
	return statusJSON{
		Library: path, Bytes: s.FileBytes, Documents: s.Documents, Passages: s.Passages, TextBytes: s.TextBytes,
		Spaces: s.Spaces, Languages: s.Languages, Outdated: outdatedOf(s.Outdated),
		Embedder: embedderJSON(s.Fingerprint),
	}
}

func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d.Nanoseconds())/1000) / 1000
}

// list makes an empty list of none.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
