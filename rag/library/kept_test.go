package library_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/library"
)

var keep = flag.Bool("keep", false, "keep a library of the present layout in testdata, unless there is one")

var keptPrint = rag.Fingerprint{Name: "kept", Version: "1", Dimension: 2, Analysis: 1}

// keptLibrary fills a library with something of everything. Libraries of
// earlier layouts were filled with the same: it only ever grows.
func keptLibrary(t *testing.T, path string) *library.Library {
	t.Helper()
	l := open(t, path, library.Options{Create: true, Fingerprint: keptPrint})
	document := func(id, space, text string, passages ...rag.Passage) {
		t.Helper()
		for i := range passages {
			p := &passages[i]
			p.ID, p.Text = rag.PassageID{Document: rag.DocumentID(id), N: i + 1}, text[p.Start:p.End]
		}
		must(t, l.Put(t.Context(), rag.Document{Text: text, DocumentInfo: rag.DocumentInfo{
			ID: rag.DocumentID(id), URI: "docs/" + id + ".pdf", Title: "T " + id, Author: "A " + id, Format: "PDF", Language: "fr", Date: "2024-02-07",
			Space: space, File: "/docs/" + id + ".pdf", Hash: "hash of " + id,
			Structure: 1, Status: rag.Superseded, Version: "3", Aliases: []string{"alias of " + id},
		}}, passages))
	}
	words := func(list ...string) (terms []rag.TermCount) {
		for i, w := range list {
			terms = append(terms, rag.TermCount{Text: w, Count: i + 1})
		}
		return terms
	}
	document("gone", rag.Everyone, "gone", rag.Passage{End: 4, Terms: words("gone")})
	document("quai", rag.Everyone, "old", rag.Passage{End: 3, Terms: words("old")})
	must(t, l.Delete(t.Context(), "gone"))
	document("quai", rag.Everyone, "Le quai est long.\nDeux grues, deux quais.",
		rag.Passage{End: 17, Page: 1, Heading: []string{"Port", "Quais"}, Language: "fr", Terms: words("long", "quai"), Vector: []float32{1, 0}},
		rag.Passage{Start: 18, End: 41, Page: 2, Row: 3, Language: "fr", Units: []rag.Unit{
			{Kind: rag.Lead, Span: lang.Span{Start: 18, End: 23}},
			{Kind: rag.Item, Span: lang.Span{Start: 24, End: 41}, Context: []lang.Span{{End: 17}, {Start: 18, End: 23}}, Group: lang.Span{Start: 24, End: 41}, Part: 1, Parts: 1, Cells: []lang.Span{{Start: 24, End: 30}}},
		}, Terms: words("deux", "grue", "quai"), Vector: []float32{0.6, 0.8}})
	document("board", "board", "Minutes.", rag.Passage{End: 8, Terms: words("minutes")})
	at := time.Date(2024, 2, 7, 12, 0, 0, 5, time.UTC)
	must(t, l.PutFiles(t.Context(), rag.File{Path: "/docs/quai.pdf", Size: 42, ModTime: at, Hash: "bytes", Space: rag.Everyone, Read: at.Add(time.Hour), Device: 1 << 63, Inode: 7, Changed: at}))
	must(t, l.PutHeld(t.Context(), nil, rag.Held{Path: "/docs", URI: "docs", Lost: 30, Of: 40, Away: true, Since: at}))
	return l
}

// everything is what a library tells of itself.
type everything struct {
	Documents  []rag.Document
	Passages   []rag.Located
	Candidates []rag.Candidates
	Files      []rag.File
	Held       []rag.Held
}

func allOf(t *testing.T, l *library.Library) (a everything) {
	t.Helper()
	for info, err := range l.Documents(t.Context(), rag.Operator()) {
		must(t, err)
		d, err := l.Document(t.Context(), info.ID, rag.Operator())
		must(t, err)
		a.Documents = append(a.Documents, d)
		for n := range info.Passages {
			p, err := l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: info.ID, N: n + 1})
			must(t, err)
			a.Passages = append(a.Passages, p...)
		}
	}
	for _, word := range []string{"quai", "grue", "minutes", "gone", "old"} {
		q := wordQuery(word)
		q.Vector = []float32{0, 1}
		c, err := l.Candidates(t.Context(), q)
		must(t, err)
		a.Candidates = append(a.Candidates, c)
	}
	for f, err := range l.Files(t.Context()) {
		must(t, err)
		a.Files = append(a.Files, f)
	}
	for h, err := range l.Held(t.Context()) {
		must(t, err)
		a.Held = append(a.Held, h)
	}
	return a
}

// asOf is what a library of an earlier layout tells of the same.
func (a everything) asOf(layout int) everything {
	if layout < 4 {
		a.Held, a.Files = nil, slices.Clone(a.Files)
		a.Files[0].Device, a.Files[0].Inode, a.Files[0].Changed = 0, 0, time.Time{}
	}
	if layout >= 3 {
		return a
	}
	before := func(d *rag.DocumentInfo) {
		d.Structure, d.Status, d.Version, d.Aliases = 0, "", "", nil
	}
	a.Documents, a.Passages = slices.Clone(a.Documents), slices.Clone(a.Passages)
	for i := range a.Documents {
		before(&a.Documents[i].DocumentInfo)
	}
	for i := range a.Passages {
		before(&a.Passages[i].Document)
		a.Passages[i].Units = nil
	}
	return a
}

// TestKept opens a library of each layout there ever was, to write and to
// read: it is what a new one
// is, as far as it could know.
func TestKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	fresh := keptLibrary(t, path)
	want := allOf(t, fresh)
	must(t, fresh.Close())
	var layout int
	must(t, foreign(t, path).QueryRowContext(t.Context(), `PRAGMA user_version`).Scan(&layout))
	if *keep {
		must(t, keepAs(path, keptName(layout)))
	}
	for n := 2; n <= layout; n++ {
		t.Run(fmt.Sprint("layout ", n), func(t *testing.T) {
			if _, err := os.Stat(keptName(n)); err != nil {
				t.Fatalf("none is kept, see testdata/README.md: %v", err)
			}
			for _, readOnly := range []bool{false, true} {
				path := filepath.Join(t.TempDir(), "kept.db")
				must(t, os.WriteFile(path, contentOf(t, keptName(n)), 0o600))
				l := open(t, path, library.Options{Fingerprint: keptPrint, ReadOnly: readOnly})
				if diff := cmp.Diff(want.asOf(n), allOf(t, l)); diff != "" {
					t.Errorf("read-only %v (-new +kept):\n%s", readOnly, diff)
				}
				if readOnly {
					continue
				}
				must(t, l.Delete(t.Context(), "quai"))
				if got := found(t, l, "quai"); got != 0 {
					t.Errorf("%d passages of a document that was deleted", got)
				}
			}
		})
	}
}

func keptName(layout int) string {
	return filepath.Join("testdata", fmt.Sprintf("layout-%d.sqlite", layout))
}

func keepAs(path, name string) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o600)
}

func contentOf(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}
