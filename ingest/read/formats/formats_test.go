package formats_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

func TestChoose(t *testing.T) {
	for _, tc := range []struct{ name, file, data, text, unsupported string }{
		{name: "text", file: "a.txt", data: "Bonjour.", text: "Bonjour."},
		{name: "unknown extension", file: "Makefile", data: "all: build", text: "all: build"},
		{name: "page named text", file: "a.txt", data: " \n<!-- x --><!DOCTYPE HTML><p>Bonjour <b>Zoé</b>.", text: "Bonjour Zoé."},
		{name: "text named page", file: "a.html", data: "Bonjour.", text: "Bonjour."},
		{name: "upper-case extension", file: "A.MD", data: "# Titre\n\n*Oui*", text: "Titre\n\nOui"},
		{name: "database", file: "a.txt", data: "SQLite format 3\x00", unsupported: "an SQLite database"},
		{name: "binary", file: "a.bin", data: "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00"},
		{name: "binary named text", file: "a.txt", data: "\x01\x02\x00\x00\x00\x05abc"},
		{name: "what a terminal would obey", file: "a.txt", data: "All the \x1b[31mred\u009b0m words.", text: "All the [31mred0m words."},
		{name: "one stray NUL", file: "a.txt", data: strings.Repeat("a line of text ", 10) + "\x00.", text: strings.Repeat("a line of text ", 10) + "."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := readtest.One(t, all, tc.file, []byte(tc.data))
			if tc.text != "" {
				if err != nil || doc.Text != tc.text {
					t.Fatalf("got %q, %v; want %q", doc.Text, err, tc.text)
				}
				return
			}
			var unsupported *read.UnsupportedError
			if !errors.As(err, &unsupported) || unsupported.Found != tc.unsupported || len(unsupported.Read) < 4 {
				t.Fatalf("got %v, want an UnsupportedError of %q", err, tc.unsupported)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	for name, data := range map[string]string{
		"nothing.txt": "", "white.txt": " \n\t\r\n", "mark.txt": "\ufeff", "nothing.md": "", "rule.md": "---\n", "front.md": "---\ntitle: x\n---\n",
		"nothing.html": "", "script.html": "<html><head><title>x</title></head><script>1</script>", "nothing.jsonl": "", "white.jsonl": "\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readtest.One(t, all, name, []byte(data)); !errors.Is(err, read.ErrEmpty) {
				t.Errorf("got %v, want ErrEmpty", err)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	formats := formats.All(read.Options{Limits: read.Limits{Document: 100, Markdown: 50}})
	long := strings.Repeat("mot ", 50)
	for _, name := range []string{"a.txt", "a.md", "a.html"} {
		for _, err := range formats.Read(t.Context(), read.Bytes(name, []byte(long))) {
			var limit *read.LimitError
			if !errors.As(err, &limit) || limit.Size != 200 || limit.Limit != 100 {
				t.Errorf("%s: got %v, want a LimitError", name, err)
			}
		}
	}
	marked := "**" + strings.Repeat("mot ", 15) + "**"
	for doc, err := range formats.Read(t.Context(), read.Bytes("a.md", []byte(marked))) {
		if err != nil || doc.Text != marked {
			t.Errorf("large Markdown: got %q, %v; want it as plain text", doc.Text, err)
		}
	}
}

// Names are what recognise returns and what people are told; none is another's.
func TestFormatsNames(t *testing.T) {
	names := formats.All(read.Options{}).Names()
	for i, want := range []string{"HTML (.html)", "Markdown (.md)"} {
		if names[i] != want {
			t.Errorf("format %d is %s, want %s", i, names[i], want)
		}
	}
	slices.Sort(names)
	if n := len(slices.Compact(slices.Clone(names))); n != len(names) {
		t.Errorf("two formats of one name in %q", names)
	}
}
