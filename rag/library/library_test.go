package library_test

import (
	"path/filepath"
	"testing"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
)

func open(t testing.TB, path string, opts library.Options) *library.Library {
	t.Helper()
	if opts.Fingerprint == (rag.Fingerprint{}) {
		opts.Fingerprint = ragtest.Fingerprint
	}
	l, err := library.Open(t.Context(), path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

func TestLibrary(t *testing.T) {
	ragtest.TestLibrary(t, func(t *testing.T) rag.Library {
		return open(t, filepath.Join(t.TempDir(), "new", "team #1?.db"), library.Options{Create: true})
	})
}
