package library_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
)

// versioned is a document all of whose passages say its version.
func versioned(id string, version int) string {
	return strings.Repeat(fmt.Sprintf("%s v%d\n", id, version), 5)
}

// childWrite puts documents until it is killed, and says each that is done.
func childWrite(ctx context.Context, path string) error {
	l, err := library.Open(ctx, path, library.Options{Fingerprint: ragtest.Fingerprint, Create: true})
	if err != nil {
		return err
	}
	for version := 1; ; version++ {
		for n := range 20 {
			id := fmt.Sprintf("d%d", n)
			if err := index(ctx, l, ragtest.Embedder{}, id, versioned(id, version)); err != nil {
				return err
			}
			fmt.Println(id, version)
		}
	}
}

// TestKill kills a writing process at random moments, from its first on. Each
// time the library must open with whole documents, and with each that was said
// to be in. DOCENT_KILLS is how many times, 5 unless it is set.
func TestKill(t *testing.T) {
	kills := 5
	if s := os.Getenv("DOCENT_KILLS"); s != "" {
		n, err := strconv.Atoi(s)
		must(t, err)
		kills = n
	}
	path := filepath.Join(t.TempDir(), "team.db")
	for n := range kills {
		if n%5 == 0 { // the first moments of a library are the most delicate
			path = filepath.Join(t.TempDir(), "team.db")
		}
		said := writeAndKill(t, path, time.Duration(rand.IntN(150))*time.Millisecond)
		l := open(t, path, library.Options{Create: true})
		for id, version := range said {
			if d, err := l.Document(t.Context(), id, rag.Operator()); err != nil || newest(d.Text) < version {
				t.Errorf("kill %d: %s was put in version %d and is %q: %v", n, id, version, d.Text, err)
			}
		}
		wholeDocuments(t, l)
	}
}

// writeAndKill returns the versions that were put for certain.
func writeAndKill(t *testing.T, path string, after time.Duration) map[rag.DocumentID]int {
	t.Helper()
	c := child(t, "write", path)
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	kill := time.AfterFunc(after, func() { _ = c.Process.Kill() }) // it may have ended by itself, which the test sees
	defer kill.Stop()
	said := make(map[rag.DocumentID]int)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var id string
		var version int
		if _, err := fmt.Sscan(lines.Text(), &id, &version); err != nil {
			break // cut off in mid-line
		}
		said[rag.DocumentID(id)] = version
	}
	if err := c.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("the writer ended by itself: %v", err)
	}
	return said
}

func newest(text string) int {
	_, v, _ := strings.Cut(strings.SplitN(text, "\n", 2)[0], " v")
	n, err := strconv.Atoi(v)
	if err != nil {
		return -1
	}
	return n
}

// wholeDocuments compares the record, the passages and the index.
func wholeDocuments(t *testing.T, l *library.Library) {
	t.Helper()
	documents := 0
	for info, err := range l.Documents(t.Context(), rag.Operator()) {
		must(t, err)
		documents++
		d, err := l.Document(t.Context(), info.ID, rag.Operator())
		must(t, err)
		if want := versioned(string(info.ID), newest(d.Text)); d.Text != want {
			t.Errorf("%s is %q, want %q", info.ID, d.Text, want)
		}
		for n := range 5 {
			p, err := l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: info.ID, N: n + 1})
			if err != nil || len(p) != 1 || p[0].Text != d.Text[p[0].Start:p[0].End] {
				t.Errorf("passage %d of %s: %+v, %v", n+1, info.ID, p, err)
			}
		}
		if got := found(t, l, string(info.ID)); got != 5 {
			t.Errorf("%s is found in %d passages, want 5", info.ID, got)
		}
	}
	if c, err := l.Candidates(t.Context(), wordQuery("x")); err != nil || c.Documents != documents || c.Passages != 5*documents {
		t.Errorf("%d documents and %d passages are searched, %d documents stored: %v", c.Documents, c.Passages, documents, err)
	}
}
