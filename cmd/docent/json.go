package main

import (
	"time"

	"docent/rag"
)

// The machine contract: one object a line, its names and shapes as the README
// has them. Lists are never null.

type jsonAnswer struct {
	ID        string         `json:"id"`
	Question  string         `json:"question"`
	Language  string         `json:"language"`
	Status    rag.Status     `json:"status"`
	Answer    string         `json:"answer"`
	Claims    []jsonClaim    `json:"claims"`
	Citations []jsonCitation `json:"citations"`
	Evidence  []jsonEvidence `json:"evidence"`
	Mode      rag.Mode       `json:"mode"`
	Model     string         `json:"model"`
	Usage     jsonUsage      `json:"usage"`
	Timings   jsonTimings    `json:"timings_ms"`
}

type jsonClaim struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
}

type jsonCitation struct {
	N        int            `json:"n"`
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	Heading  []string       `json:"heading"`
	Page     int            `json:"page"`
	Start    int            `json:"start"`
	End      int            `json:"end"`
	Quote    string         `json:"quote"`
	Date     string         `json:"date"`
}

type jsonEvidence struct {
	Document rag.DocumentID `json:"document"`
	Passage  int            `json:"passage"`
	Start    int            `json:"start"`
	End      int            `json:"end"`
	Page     int            `json:"page"`
	Text     string         `json:"text"`
	Score    float64        `json:"score"`
	Lexical  float64        `json:"lexical"`
	Vector   float64        `json:"vector"`
}

type jsonUsage struct {
	InputTokens  int `json:"input_tokens"`
	OutputTokens int `json:"output_tokens"`
}

type jsonTimings struct {
	Retrieve float64 `json:"retrieve"`
	Answer   float64 `json:"answer"`
	Total    float64 `json:"total"`
}

type jsonSearch struct {
	ID    string    `json:"id"`
	Query string    `json:"query"`
	Hits  []jsonHit `json:"hits"`
}

type jsonHit struct {
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	Passage  int            `json:"passage"`
	Start    int            `json:"start"`
	End      int            `json:"end"`
	Page     int            `json:"page"`
	Text     string         `json:"text"`
	Score    float64        `json:"score"`
	Lexical  float64        `json:"lexical"`
	Vector   float64        `json:"vector"`
}

type jsonDocument struct {
	Document rag.DocumentID `json:"document"`
	URI      string         `json:"uri"`
	Title    string         `json:"title"`
	Language string         `json:"language"`
	Space    string         `json:"space"`
	Passages int            `json:"passages"`
	Bytes    int            `json:"bytes"`
	Date     string         `json:"date"`
	Hash     string         `json:"hash"`
}

type jsonReport struct {
	Added     int           `json:"added"`
	Changed   int           `json:"changed"`
	Removed   int           `json:"removed"`
	Unchanged int           `json:"unchanged"`
	Failed    []jsonFailure `json:"failed"`
	Passages  int           `json:"passages"`
	Seconds   float64       `json:"seconds"`
}

type jsonFailure struct {
	URI   string `json:"uri"`
	Error string `json:"error"`
}

func answerJSON(id string, a rag.Answer) jsonAnswer {
	out := jsonAnswer{
		ID: id, Question: a.Question, Language: a.Language, Status: a.Status, Answer: a.Text(),
		Claims: []jsonClaim{}, Citations: []jsonCitation{}, Evidence: []jsonEvidence{},
		Mode: a.Mode, Model: a.ModelName, Usage: jsonUsage(a.Usage),
		Timings: jsonTimings{milliseconds(a.Timings.Retrieve), milliseconds(a.Timings.Answer), milliseconds(a.Timings.Total)},
	}
	for _, c := range a.Claims {
		out.Claims = append(out.Claims, jsonClaim(c))
	}
	for _, c := range a.Citations {
		j := jsonCitation(c)
		if j.Heading == nil {
			j.Heading = []string{}
		}
		out.Citations = append(out.Citations, j)
	}
	for _, h := range a.Evidence {
		out.Evidence = append(out.Evidence, jsonEvidence{
			Document: h.Document.ID, Passage: h.ID.N, Start: h.Start, End: h.End, Page: h.Page, Text: h.Text,
			Score: h.Score, Lexical: h.Lexical, Vector: h.Vector,
		})
	}
	return out
}

func searchJSON(id, query string, hits []rag.Hit) jsonSearch {
	out := jsonSearch{ID: id, Query: query, Hits: []jsonHit{}}
	for _, h := range hits {
		out.Hits = append(out.Hits, jsonHit{
			Document: h.Document.ID, URI: h.Document.URI, Title: h.Document.Title, Passage: h.ID.N, Start: h.Start, End: h.End,
			Page: h.Page, Text: h.Text, Score: h.Score, Lexical: h.Lexical, Vector: h.Vector,
		})
	}
	return out
}

func documentJSON(d rag.DocumentInfo) jsonDocument {
	return jsonDocument{
		Document: d.ID, URI: d.URI, Title: d.Title, Language: d.Language, Space: d.Space,
		Passages: d.Passages, Bytes: d.Bytes, Date: d.Date, Hash: d.Hash,
	}
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}
