package library_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/library"
)

// TestFiles: records of files come back by path.
func TestFiles(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "team.db"), library.Options{Create: true})
	at := time.Date(2024, 2, 7, 8, 9, 10, 123456789, time.UTC)
	a := rag.File{Path: "/a", Size: 1 << 40, ModTime: at, Hash: "h1", Space: "board", Read: at.Add(time.Hour)}
	b := rag.File{Path: "/é b"}
	for _, put := range [][]rag.File{{}, {b, a}, {{Path: "/c"}}, {a}} {
		if err := l.PutFiles(t.Context(), put...); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.DeleteFiles(t.Context(), "/c", "/unknown"); err != nil {
		t.Fatal(err)
	}
	expectFiles(t, l, a, b)
	a.Hash = "h2"
	if err := l.PutFiles(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	expectFiles(t, l, a, b)
	for _, err := range l.Files(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
}

func expectFiles(t *testing.T, l *library.Library, want ...rag.File) {
	t.Helper()
	var got []rag.File
	for file, err := range l.Files(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, file)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}
