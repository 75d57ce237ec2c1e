package readtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"docent/ingest/read"
	"docent/rag/lang"
)

var update = flag.Bool("update", false, "write what is read into the golden files in testdata")

// Updating reports whether golden files are to be written, not compared.
func Updating() bool { return *update }

// Golden reads each file of the archives testdata/*.txtar, and compares what came
// out with the file of the same name and ".want", or writes it with -update.
func Golden(t *testing.T, r read.Reader) {
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
			got := blocks(t, r, f.Name, f.Data)
			fresh.Files = append(fresh.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
			t.Run(f.Name, func(t *testing.T) {
				if diff := cmp.Diff(want[f.Name+".want"], got); diff != "" && !*update {
					t.Errorf("blocks (-want +got):\n%s", diff)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(&fresh), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// longestLead is how much of a lead is written, in bytes.
const longestLead = 40

// blocks writes what a file holds, one line a block.
func blocks(t *testing.T, r read.Reader, name string, data []byte) string {
	var b strings.Builder
	for doc, err := range r.Read(t.Context(), read.Bytes(name, data)) {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		for _, f := range []struct{ name, value string }{
			{"member", doc.Member}, {"key", doc.Key}, {"uri", doc.URI}, {"title", doc.Title}, {"author", doc.Author},
			{"language", doc.Language}, {"date", doc.Date}, {"status", doc.Status}, {"version", doc.Version},
			{"aliases", strings.Join(doc.Aliases, "; ")}, {"warning", strings.Join(doc.Warnings, "; ")},
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
			if block.Row > 0 {
				kind += fmt.Sprintf(" %d", block.Row)
			}
			if block.Header > 0 {
				header := doc.Blocks[block.Header-1]
				kind += " under " + doc.Text[header.Start:header.End]
			}
			if block.Lead > 0 {
				lead := doc.Blocks[block.Lead-1]
				kind += " after " + lang.FirstBytes(lang.OneLine(doc.Text[lead.Start:lead.End]), longestLead)
			}
			fmt.Fprintf(&b, "[%s] %s\n", kind, strings.ReplaceAll(doc.Text[block.Start:block.End], "\n", "⏎"))
		}
	}
	return b.String()
}

// Dump writes all that a file holds, one line a block.
func Dump(t testing.TB, r read.Reader, name string, data []byte) string {
	t.Helper()
	var b strings.Builder
	for doc, err := range r.Read(t.Context(), read.Bytes(name, data)) {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		Check(t, doc)
		fmt.Fprintf(&b, "%s %q", doc.Format, doc.Title)
		for _, f := range []string{doc.Author, doc.Date, doc.Member} {
			if f != "" {
				fmt.Fprintf(&b, " %q", f)
			}
		}
		b.WriteByte('\n')
		for _, w := range doc.Warnings {
			fmt.Fprintf(&b, "warning: %s\n", w)
		}
		for _, block := range doc.Blocks {
			b.WriteString(block.Kind.String())
			if block.Level > 0 {
				fmt.Fprintf(&b, " %d", block.Level)
			}
			for _, n := range []struct {
				name  string
				value int
			}{{"page", block.Page}, {"row", block.Row}, {"header", block.Header}, {"lead", block.Lead}} {
				if n.value > 0 {
					fmt.Fprintf(&b, " [%s %d]", n.name, n.value)
				}
			}
			fmt.Fprintf(&b, ": %s\n", strings.ReplaceAll(doc.Text[block.Start:block.End], "\n", "⏎"))
		}
	}
	return b.String()
}
