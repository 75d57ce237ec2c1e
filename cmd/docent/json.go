package main

import (
	"encoding/json"
	"io"
	"math"
	"time"

	"docent/ingest"
	"docent/rag"
	"docent/rag/library"
)

// The types of this file and of json_answer.go are the machine contract: others
// program against their names. A list is never null, and a field never left out.

type errorJSON struct {
	Error string `json:"error"`
	Hint  string `json:"hint"`
}

type usageJSON struct {
	InputTokens  int `json:"input_tokens"`
	CachedTokens int `json:"cached_tokens"`
	OutputTokens int `json:"output_tokens"`
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

func usageOf(u rag.Usage) usageJSON {
	return usageJSON{InputTokens: u.InputTokens, CachedTokens: u.CachedTokens, OutputTokens: u.OutputTokens}
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
