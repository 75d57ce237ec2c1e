package ragtest

import (
	"context"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// files is what a library that is filled from files has besides rag.Library.
type files interface {
	Files(ctx context.Context) iter.Seq2[rag.File, error]
	PutFiles(ctx context.Context, files ...rag.File) error
	DeleteFiles(ctx context.Context, paths ...string) error
}

func testFiles(t *testing.T, l rag.Library) {
	f, ok := l.(files)
	if !ok {
		t.Skip("the library keeps no record of files")
	}
	at := time.Date(2024, 2, 7, 8, 9, 10, 123456789, time.UTC)
	a := rag.File{Path: "/a", Size: 1 << 40, ModTime: at, Hash: "h1", Space: "board", Read: at.Add(time.Hour)}
	b := rag.File{Path: "/é b"}
	for _, put := range [][]rag.File{{}, {b, a}, {{Path: "/c"}}, {a}} {
		if err := f.PutFiles(t.Context(), put...); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.DeleteFiles(t.Context(), "/c", "/unknown"); err != nil {
		t.Fatal(err)
	}
	expectFiles(t, f, a, b)
	a.Hash = "h2"
	if err := f.PutFiles(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	expectFiles(t, f, a, b)
	for _, err := range f.Files(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
}

func expectFiles(t *testing.T, f files, want ...rag.File) {
	t.Helper()
	var got []rag.File
	for file, err := range f.Files(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, file)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}
