package render_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"docent/bot/render"
	"docent/rag"
)

var update = flag.Bool("update", false, "write the golden files")

// TestGolden compares what is rendered with testdata, in both languages.
func TestGolden(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		cat := render.CatalogueFor(language)
		home := render.Home{Catalogue: cat, Indexed: indexed, CanAdd: true}
		for range 42 {
			home.Add(handbook().DocumentInfo)
		}
		for name, view := range map[string]any{
			"answer":  render.Answer{Catalogue: cat, Answer: answered(language), Question: "q1", Indexed: indexed, Following: true}.Messages(),
			"formed":  render.Answer{Catalogue: cat, Answer: formed(language)}.Messages(),
			"shared":  render.Answer{Catalogue: cat, Answer: answered(language), SharedBy: "Mia <!here>", Asked: "How *long*?"}.Messages(),
			"refusal": render.Answer{Catalogue: cat, Answer: notFound(language), Question: "q1", CanAdd: true}.Messages(),
			"home":    home.Blocks(),
			"passage": render.PassageModal(cat, handbook(), render.PassageRef{Document: "doc", Start: 12, End: 33}),
			"gone":    render.PassageModal(cat, rag.Document{}, render.PassageRef{}),
			"offer":   render.Offer(cat, "F1", "notes <x>.md", "U1"),
			"reason":  render.ReasonModal(cat, "q1", "C1"),
		} {
			t.Run(name+"-"+language, func(t *testing.T) { compare(t, name+"-"+language, view) })
		}
	}
}

func compare(t *testing.T, name string, view any) {
	t.Helper()
	got, err := json.MarshalIndent(view, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("it is not %s; if that is meant: go test ./bot/render -update\n%s", path, got)
	}
}

var indexed = time.Date(2025, 3, 4, 5, 6, 0, 0, time.UTC)

func handbook() rag.Document {
	return rag.Document{Text: "# Handbook\n\nLeave is fifteen days. It is asked for in writing.", DocumentInfo: rag.DocumentInfo{
		ID: "doc", URI: "https://docs.example.com/handbook", Title: "Handbook", Date: "2025-01-06"}}
}

// answered has one claim with an address to lead to and one without, both with
// words that would be markup.
func answered(language string) rag.Answer {
	return rag.Answer{Language: language, Status: rag.Partial, Mode: rag.Extractive, Notice: "One part is missing.", Searched: rag.Searched{Documents: 2},
		Claims: []rag.Claim{{Text: "Leave is *fifteen* days.", Citations: []int{1}}, {Text: "Ask <@U1>.", Citations: []int{2}}},
		Citations: []rag.Citation{
			{N: 1, Document: "doc", URI: "https://docs.example.com/handbook", Title: "Handbook", Heading: []string{"Handbook", "Leave"}, Page: 3, Quote: "Leave is *fifteen* days.", Start: 12, End: 33, Date: "2025-01-06"},
			{N: 2, Document: "mail", URI: "javascript:alert(1)", Title: "Mail\u202e of\nMia", Row: 7, Quote: "Ask <@U1>."},
		}}
}

// formed has a heading, a list, steps and a table.
func formed(language string) rag.Answer {
	a := answered(language)
	one := []int{1}
	a.Claims = []rag.Claim{
		{Text: "Leave is *fifteen* days.", Citations: one, Form: rag.ListItem, Heading: "Leave <!here>"}, {Text: "It is paid.", Citations: one, Form: rag.ListItem},
		{Text: "Ask in writing.", Citations: one, Form: rag.Step, N: 1}, {Text: "Wait.", Citations: one, Form: rag.Step, N: 2},
		{Text: "Site: Nantes; Days: 15", Citations: one, Form: rag.TableRow, Columns: []string{"Site", "Days"}, Cells: []string{"Nantes", "15"}},
		{Text: "Ask <@U1>.", Citations: []int{2}},
	}
	return a
}

func notFound(language string) rag.Answer {
	return rag.Answer{Language: language, Status: rag.NotFound, Searched: rag.Searched{Documents: 1}, Nearest: []rag.Citation{
		{N: 1, Document: "a", Title: "Slides", Format: "PPTX", Page: 2, End: 9, Quote: "Site | 3 days", Context: []rag.Excerpt{{End: 4, Text: "Where | How *long*"}}},
		{N: 2, Document: "b", Title: "Minutes", Quote: "Nothing was <decided>."},
	}}
}
