package read_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"docent/ingest/read"
)

// yields is a reader of so many documents of a text.
type yields struct {
	count int
	doc   read.Document
}

func (y yields) Read(context.Context, read.Input) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		for range y.count {
			if !yield(y.doc, nil) {
				return
			}
		}
	}
}

func TestBudget(t *testing.T) {
	for _, tc := range []struct {
		name  string
		size  int
		makes yields
		want  string
	}{
		{"a letter", 300, yields{1, read.Document{Text: "Hello."}}, ""},
		{"a mailbox", 1 << 20, yields{4000, read.Document{Text: "Hello."}}, ""},
		{"a mail bomb", 1 << 20, yields{9000, read.Document{Text: "Hello."}}, "refused: it makes 5243 documents of 1 MiB, and may make 5242"},
		{"records", 1 << 20, yields{9000, read.Document{Text: "Hello.", Line: 1}}, ""},
		{"text from nothing", 1 << 20, yields{100, read.Document{Text: strings.Repeat("a", 1<<20)}}, "refused: it makes 22020096 bytes of text of 1 MiB, and may make 20971520"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			registry := read.Registry{Formats: []read.Format{{Name: "made", Extensions: []string{".made"}, Reader: tc.makes}}}
			var got error
			for _, err := range registry.Read(t.Context(), read.Bytes("a.made", []byte(strings.Repeat("x", tc.size)))) {
				got = errors.Join(got, err)
			}
			if (got == nil) != (tc.want == "") || got != nil && got.Error() != tc.want {
				t.Errorf("got %v, want %q", got, tc.want)
			}
		})
	}
}
