package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whatever a line holds, it is a question or refused, and its id goes out as
// valid JSON.
func FuzzParseQuestion(f *testing.F) {
	for _, line := range []string{
		"Who?", `{"id":"a","question":"Who?"}`, `{"id":7,"question":"Who?"}`, `{"question":null}`, `{"id":{},"question":"Who?"}`,
		"{", "\uFEFF{\"question\":\"Who?\"}", "\xff", `{"id":null,"question":"Qui ?","status":"answered"}`,
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, err := parseQuestion([]byte(line))
		if err != nil {
			return
		}
		var id any
		if err := json.Unmarshal(q.id, &id); err != nil {
			t.Errorf("the id %s: %v", q.id, err)
		}
		switch id.(type) {
		case string, float64:
		default:
			t.Errorf("the id %s is a %T", q.id, id)
		}
	})
}

func TestReadLines(t *testing.T) {
	long := strings.Repeat("x", longestLine+10)
	var got []inputLine
	for l := range readLines(t.Context(), strings.NewReader("one\n\n"+long+"\nlast")) {
		got = append(got, l)
	}
	if len(got) != 4 {
		t.Fatalf("%d lines", len(got))
	}
	for i, want := range []string{"one\n", "\n", long[:longestLine+1], "last"} {
		if string(got[i].text) != want || got[i].n != i+1 {
			t.Errorf("line %d of %d bytes is numbered %d", i+1, len(got[i].text), got[i].n)
		}
	}
}
