package read_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/tools/txtar"

	"docent/ingest/read"
)

var update = flag.Bool("update", false, "rewrite the golden blocks in testdata")

// TestGolden reads each file of the archives in testdata and compares what
// came out with the file of the same name and ".want".
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := make(map[string]string)
		for _, f := range archive.Files {
			want[f.Name] = string(f.Data)
		}
		fresh := txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".want") {
				continue
			}
			got := dump(f.Name, f.Data)
			fresh.Files = append(fresh.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
			t.Run(f.Name, func(t *testing.T) {
				if diff := cmp.Diff(want[f.Name+".want"], got); diff != "" && !*update {
					t.Errorf("blocks (-want +got):\n%s", diff)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(&fresh), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// dump writes what a file holds, one line a block.
func dump(name string, data []byte) string {
	var b strings.Builder
	for doc, err := range read.Formats(read.Options{}).Read(context.Background(), read.Bytes(name, data)) {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		for _, f := range []struct{ name, value string }{
			{"key", doc.Key}, {"uri", doc.URI}, {"title", doc.Title}, {"language", doc.Language}, {"date", doc.Date},
		} {
			if f.value != "" {
				fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
			}
		}
		for _, block := range doc.Blocks {
			kind := block.Kind.String()
			if block.Level > 0 {
				kind += fmt.Sprintf(" %d", block.Level)
			}
			fmt.Fprintf(&b, "[%s] %s\n", kind, strings.ReplaceAll(doc.Text[block.Start:block.End], "\n", "⏎"))
		}
	}
	return b.String()
}

// checkDocument holds a document to what Document and Block promise.
func checkDocument(t *testing.T, doc read.Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) || !norm.NFC.IsNormalString(doc.Text) {
		t.Fatalf("text is not valid UTF-8 in NFC: %q", doc.Text)
	}
	if strings.ContainsAny(doc.Text, "\x00\r\x1b\u009b\ufeff\u00ad") || strings.TrimSpace(doc.Text) != doc.Text || doc.Text == "" {
		t.Fatalf("text is not clean: %q", doc.Text)
	}
	if doc.Title == "" || !utf8.ValidString(doc.Title) {
		t.Fatalf("title %q", doc.Title)
	}
	end := 0
	for i, b := range doc.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d is %+v after %d in %d bytes", i, b, end, len(doc.Text))
		}
		if gap := doc.Text[end:b.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("no block holds %q", gap)
		}
		if !utf8.ValidString(doc.Text[b.Start:b.End]) {
			t.Fatalf("block %d cuts a character", i)
		}
		if b.Kind != read.Heading && b.Level != 0 || b.Kind == read.Heading && (b.Level < 1 || b.Level > 6) {
			t.Fatalf("block %d is a %v of level %d", i, b.Kind, b.Level)
		}
		end = b.End
	}
	if rest := doc.Text[end:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("no block holds %q", rest)
	}
}

// fuzz holds whatever a reader makes of any bytes to its promises.
func fuzz(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == filepath.Ext(name) {
				f.Add(file.Data)
			}
		}
	}
	formats := read.Formats(read.Options{})
	f.Fuzz(func(t *testing.T, data []byte) {
		for doc, err := range formats.Read(t.Context(), read.Bytes(name, data)) {
			if err == nil {
				checkDocument(t, doc)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	fuzz(f, "a.txt", "a\r\nb\fc", "\xff\xfea\x00b\x00", "caf\xe9", "a\x00b", "e\u0301\u00ad\ufeff")
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "a.md", "---\ntitle: x\n---\n# A\n", "- a\n  - b\n\n> c\n", "|a|b|\n|-|-|\n|c|d|\n", "&#0; &amp; \\* <br>", "```\n\n x\n```", "* \u0301x")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, "a.html", "<p>a<b>b</b>", "<ol><li><p>a</ol>", "<table><tr><td>a<td>b", "<pre>\n a\n</pre>", "<form>a</form>", "<li>\u0301x")
}

func FuzzRecords(f *testing.F) {
	fuzz(f, "a.jsonl", `{"_id":"a","text":"b"}`, "{\"id\":1,\"text\":\"e\\u0301\"}\n\n[]\nnull", `{"_id":"a","text":"\u0000"}`)
}

func read1(t *testing.T, name string, data []byte) (read.Document, error) {
	t.Helper()
	var doc read.Document
	var err error
	n := 0
	for doc, err = range read.Formats(read.Options{}).Read(t.Context(), read.Bytes(name, data)) {
		n++
	}
	if n != 1 {
		t.Fatalf("%d documents, want 1", n)
	}
	if err == nil {
		checkDocument(t, doc)
	}
	return doc, err
}

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
			doc, err := read1(t, tc.file, []byte(tc.data))
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
			if _, err := read1(t, name, []byte(data)); !errors.Is(err, read.ErrEmpty) {
				t.Errorf("got %v, want ErrEmpty", err)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	formats := read.Formats(read.Options{Limits: read.Limits{Document: 100, Markdown: 50}})
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
	names := read.Formats(read.Options{}).Names()
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
