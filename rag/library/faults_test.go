package library_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/library"
)

// words indexes by words and by one vector.
type words struct{}

func (words) Fingerprint() rag.Fingerprint { return keptPrint }

func (words) Index(_ context.Context, _ rag.DocumentInfo, passages []rag.Passage) error {
	for i, p := range passages {
		passages[i].Terms, passages[i].Vector = nil, []float32{1, 0}
		for _, w := range strings.Fields(strings.ToLower(p.Text)) {
			passages[i].Terms = append(passages[i].Terms, rag.TermCount{Text: strings.Trim(w, ".,"), Count: 1})
		}
	}
	return nil
}

// texts are the stored texts by ID.
func texts(t *testing.T, l *library.Library) map[rag.DocumentID]string {
	t.Helper()
	of := make(map[rag.DocumentID]string)
	for d, err := range l.Documents(t.Context(), rag.Operator()) {
		must(t, err)
		doc, err := l.Document(t.Context(), d.ID, rag.Operator())
		must(t, err)
		of[d.ID] = doc.Text
	}
	return of
}

// TestCheckAndRepair damages a library in many ways: each is found, what can be
// derived is derived, and what cannot costs its document alone, whose file is read
// again.
func TestCheckAndRepair(t *testing.T) {
	const quai, board = "Le quai est long.\nDeux grues, deux quais.", "Minutes."
	both := map[rag.DocumentID]string{"quai": quai, "board": board}
	without := map[rag.DocumentID]string{"board": board}
	for name, c := range map[string]struct {
		damage string // a statement
		from   string // or bytes, in
		to     string
		copies int // places
		left   map[rag.DocumentID]string
	}{
		"a passage":          {damage: `UPDATE passages SET text = 'Le quai est bref.' WHERE text LIKE 'Le quai%'`, left: both},
		"a text":             {damage: `UPDATE documents SET text = replace(text, 'Deux', 'Cinq')`, left: both},
		"a text between":     {damage: `UPDATE documents SET text = replace(text, char(10), ' ')`, left: without},
		"text and passage":   {from: "long.", to: "bref.", copies: 2, left: without},
		"a title":            {damage: `UPDATE documents SET title = 'T quoi' WHERE id = 'quai'`, left: without},
		"a span":             {damage: `UPDATE passages SET start = start + 1, text = substr(text, 2) WHERE text LIKE 'Le quai%'`, left: without},
		"units":              {damage: `UPDATE passages SET units = x'0102'`, left: map[rag.DocumentID]string{}},
		"a passage missing":  {damage: `DELETE FROM passages WHERE text LIKE 'Le quai%'`, left: without},
		"an entry":           {damage: `UPDATE entries SET data = x'00' || data`, left: both},
		"an entry missing":   {damage: `DELETE FROM entries`, left: both},
		"terms missing":      {damage: `DELETE FROM terms`, left: both},
		"passages of nobody": {damage: `INSERT INTO passages SELECT 99, n, start, end, page, sheetrow, heading, language, text, units, checksum FROM passages LIMIT 1`, left: both},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			l := keptLibrary(t, path)
			if faults, err := l.Check(t.Context()); err != nil || len(faults) > 0 {
				t.Fatalf("a whole library: %v, %v", faults, err)
			}
			must(t, l.Close())
			if c.damage != "" {
				_, err := foreign(t, path).ExecContext(t.Context(), c.damage)
				must(t, err)
			} else {
				data := contentOf(t, path)
				if n := bytes.Count(data, []byte(c.from)); n != c.copies {
					t.Fatalf("%d copies", n)
				}
				must(t, os.WriteFile(path, bytes.ReplaceAll(data, []byte(c.from), []byte(c.to)), 0o600))
			}
			l = open(t, path, library.Options{Fingerprint: keptPrint, AnyFingerprint: true})
			faults, err := l.Check(t.Context())
			must(t, err)
			if len(faults) == 0 {
				t.Fatal("nothing is found")
			}
			lost, err := l.Repair(t.Context(), words{}, faults)
			must(t, err)
			if faults, err := l.Check(t.Context()); err != nil || len(faults) > 0 {
				t.Errorf("after the repair: %v, %v", faults, err)
			}
			if diff := cmp.Diff(c.left, texts(t, l)); diff != "" || len(lost) != 2-len(c.left) {
				t.Errorf("lost %v (-want +got):\n%s", lost, diff)
			}
			files := 0
			for _, err := range l.Files(t.Context()) {
				must(t, err)
				files++
			}
			if _, there := c.left["quai"]; there != (files == 1) {
				t.Errorf("%d files are on record", files)
			}
			for _, word := range []string{"quai", "grues"} {
				if _, there := c.left["quai"]; there && strings.Contains(name, "entr") && found(t, l, word) == 0 {
					t.Errorf("%s is not found", word)
				}
			}
		})
	}
}

// TestSalvage damages pages of a larger library: what can be read is put into a
// new file, which has most of it and no fault.
func TestSalvage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	whole := wholeLibrary(t)
	salvaged, kept := 0, 0
	for at := 4096 * 3; at+4096 <= len(whole); at += 4096 * 5 {
		data := bytes.Clone(whole)
		copy(data[at:], bytes.Repeat([]byte{0xa5}, 4096))
		must(t, os.WriteFile(path, data, 0o600))
		l, err := library.Open(t.Context(), path, library.Options{Fingerprint: keptPrint, AnyFingerprint: true})
		if err != nil {
			continue // nothing is known of what it is
		}
		faults, err := l.Check(t.Context())
		must(t, err)
		lost, err := l.Repair(t.Context(), words{}, faults)
		if err != nil {
			if !errors.Is(err, library.ErrDamaged) {
				t.Errorf("page %d: %v", at/4096, err)
			}
			must(t, l.Close())
			continue
		}
		must(t, l.Close())
		l = open(t, path, library.Options{Fingerprint: keptPrint, AnyFingerprint: true})
		faults, err = l.Check(t.Context())
		must(t, err)
		got := len(texts(t, l))
		if len(faults) > 0 || got+len(lost) < 30 {
			t.Errorf("page %d: %d documents, lost %v, faults %v", at/4096, got, lost, faults)
		}
		salvaged, kept = salvaged+1, kept+got
		must(t, l.Close())
	}
	if salvaged < 3 || kept < 20*salvaged {
		t.Errorf("of %d libraries %d documents are kept", salvaged, kept)
	}
}
