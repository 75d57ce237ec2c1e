package ooxml_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// container is a ZIP file of the parts of an archive, but for what is wanted.
func container(t testing.TB, archive *txtar.Archive) []byte {
	t.Helper()
	var files []string
	for _, f := range archive.Files {
		if f.Name != "want" {
			files = append(files, f.Name, strings.TrimSuffix(string(f.Data), "\n"))
		}
	}
	return readtest.Zip(t, files...)
}

// sample is a file of testdata/office.
func sample(t testing.TB, name string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "office", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// TestGoldenOffice reads a file made of each archive in testdata/office and
// compares its blocks with those wanted.
func TestGoldenOffice(t *testing.T) {
	paths, err := filepath.Glob("testdata/office/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			archive := sample(t, name)
			want := ""
			if last := len(archive.Files) - 1; archive.Files[last].Name == "want" {
				want = string(archive.Files[last].Data)
				archive.Files = archive.Files[:last]
			}
			got := dumpAll(t, name, container(t, archive))
			if diff := cmp.Diff(want, got); diff != "" && !readtest.Updating() {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
			if readtest.Updating() {
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// dumpAll writes all that is known of a file's documents, one line a block.
func dumpAll(t *testing.T, name string, data []byte) string {
	t.Helper()
	var b strings.Builder
	for doc, err := range formats.All(read.Options{}).Read(context.Background(), read.Bytes(name, data)) {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		readtest.Check(t, doc)
		fmt.Fprintf(&b, "%s: %s | %s | %s | %s\n", doc.Format, doc.Title, doc.Author, doc.Language, doc.Date)
		for _, w := range doc.Warnings {
			fmt.Fprintf(&b, "warning: %s\n", w)
		}
		for i, block := range doc.Blocks {
			fmt.Fprintf(&b, "%d %v", i+1, block.Kind)
			for _, n := range []struct {
				name  string
				value int
			}{{"", block.Level}, {"page ", block.Page}, {"row ", block.Row}, {"under ", block.Header}, {"led by ", block.Lead}} {
				if n.value > 0 {
					fmt.Fprintf(&b, " %s%d", n.name, n.value)
				}
			}
			if cells := merged(doc.Text, block); cells != "" {
				fmt.Fprintf(&b, " cells %s", cells)
			}
			fmt.Fprintf(&b, ": %s\n", strings.ReplaceAll(doc.Text[block.Start:block.End], "\n", "⏎"))
		}
	}
	return b.String()
}

// merged are the cells of a row that has merged ones, or of a field.
func merged(text string, b read.Block) string {
	var cells []string
	differ := b.Kind == read.Field || b.Kind == read.Definition && b.Cells != nil
	if b.Kind == read.Note && b.Cells != nil {
		at := b.Cells[0].Start
		return fmt.Sprintf("at %q", text[max(0, strings.LastIndexByte(text[:at], ' ')):at])
	}
	for i, c := range b.Cells {
		differ = differ || c.End > c.Start && (c.Start < b.Start || i > 0 && c == b.Cells[i-1])
		cells = append(cells, text[c.Start:c.End])
	}
	if !differ {
		return ""
	}
	return fmt.Sprintf("%q", cells)
}
