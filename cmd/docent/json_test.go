package main

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// What comes nearest is told as citations are, with what it is read with.
func TestRefusalJSON(t *testing.T) {
	near := rag.Citation{
		N: 1, Document: "rates", Start: 30, End: 45, Quote: "Lyon | 84 | 110",
		Context: []rag.Excerpt{{Start: 0, End: 20, Text: "City | Night | Limit"}},
	}
	data, err := json.Marshal(answerOf(question{id: json.RawMessage(`"q"`)}, rag.Answer{Status: rag.NotFound, Nearest: []rag.Citation{near}, Confidence: 0.25}, nil))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if err := conforms(contract["ask"], got, "ask"); err != nil {
		t.Fatal(err)
	}
	if got["confidence"] != 0.25 {
		t.Errorf("confidence %v", got["confidence"])
	}
	var told answerJSON
	if err := json.Unmarshal(data, &told); err != nil {
		t.Fatal(err)
	}
	want := []citationJSON{{
		N: 1, Document: "rates", Heading: []string{}, Start: 30, End: 45, Quote: "Lyon | 84 | 110",
		Context: []excerptJSON{{Start: 0, End: 20, Text: "City | Night | Limit"}},
	}}
	if diff := cmp.Diff(want, told.Nearest); diff != "" {
		t.Errorf("nearest (-want +got):\n%s", diff)
	}
}
