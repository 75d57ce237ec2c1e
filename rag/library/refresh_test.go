package library_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// create opens a new library in a folder of the test's own.
func create(t testing.TB) (*library.Library, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "team.db")
	return open(t, path, library.Options{Create: true}), path
}

// put indexes a document of one passage a line with the fake embedder.
func put(t testing.TB, l rag.Library, id, text string) {
	t.Helper()
	if err := index(t.Context(), l, ragtest.Embedder{}, id, text); err != nil {
		t.Fatal(err)
	}
}

func index(ctx context.Context, l rag.Library, e rag.Embedder, id, text string) error {
	doc := rag.Document{Text: text, DocumentInfo: rag.DocumentInfo{ID: rag.DocumentID(id), URI: id, Space: rag.Everyone, Hash: fmt.Sprint(len(text))}}
	var passages []rag.Passage
	at := 0
	for line := range strings.Lines(text) {
		passages = append(passages, rag.Passage{Start: at, End: at + len(line), Text: line})
		at += len(line)
	}
	if err := (retrieve.Indexer{Embedder: e}).Index(ctx, doc.DocumentInfo, passages); err != nil {
		return err
	}
	return l.Put(ctx, doc, passages)
}

func wordQuery(words ...string) rag.Query {
	q := rag.Query{Audience: rag.Operator()}
	for _, w := range words {
		q.Terms = append(q.Terms, rag.QueryTerm{Text: w, Weight: 1})
	}
	return q
}

// found tells how many passages have a word.
func found(t testing.TB, l rag.Library, word string) int {
	t.Helper()
	c, err := l.Candidates(t.Context(), wordQuery(word))
	if err != nil {
		t.Fatal(err)
	}
	return c.Frequencies[0]
}

func TestReaderFollowsAnotherHandle(t *testing.T) {
	writer, path := create(t)
	put(t, writer, "a", "alpha")
	reader := open(t, path, library.Options{ReadOnly: true})
	for step, tc := range []struct {
		change func()
		want   int
	}{
		{func() {}, 1},
		{func() { put(t, writer, "b", "alpha\nalpha\n") }, 3},
		{func() { put(t, writer, "a", "beta") }, 2},
		{func() { must(t, writer.Delete(t.Context(), "b", "a")) }, 0},
		{func() { put(t, writer, "c", "alpha") }, 1},
	} {
		tc.change()
		if got := found(t, reader, "alpha"); got != tc.want {
			t.Errorf("step %d: %d passages, want %d", step, got, tc.want)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// childPut is another process that changes the library once.
func childPut(ctx context.Context, path string) error {
	l, err := library.Open(ctx, path, library.Options{Fingerprint: ragtest.Fingerprint})
	if err != nil {
		return err
	}
	return errors.Join(index(ctx, l, ragtest.Embedder{}, "other", "alpha from elsewhere"), l.Close())
}

func TestReaderFollowsAnotherProcess(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	if got := found(t, l, "alpha"); got != 1 {
		t.Fatalf("%d passages before", got)
	}
	runChild(t, "put", path)
	if got := found(t, l, "alpha"); got != 2 {
		t.Errorf("%d passages after another process wrote one", got)
	}
	put(t, l, "b", "alpha") // its terms were numbered by both processes
	if got := found(t, l, "elsewhere"); got != 1 {
		t.Errorf("a word that only the other process wrote is in %d passages", got)
	}
}

// TestFollowedIsRebuilt lets one index grow through many small changes, and
// compares it with one that is read afresh.
func TestFollowedIsRebuilt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	writer := open(t, path, library.Options{Create: true, Temporary: true})
	random := rand.New(rand.NewPCG(1, 2)) // reproducible
	corpus := ragtest.NewCorpus(4, ragtest.Fingerprint.Dimension)
	memory := ragtest.NewMemory()
	for n := range 400 {
		doc, passages := corpus.Document(random.IntN(200), 1+random.IntN(3))
		doc.Space = fmt.Sprintf("space-%d", random.IntN(2))
		must(t, writer.Put(t.Context(), doc, passages))
		must(t, memory.Put(t.Context(), doc, passages))
		if n%3 == 0 {
			if _, err := writer.Candidates(t.Context(), corpus.Query(1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	fresh := open(t, path, library.Options{ReadOnly: true})
	for range 20 {
		q := corpus.Query(5)
		ragtest.Agree(t, memory, writer, q)
		ragtest.Agree(t, memory, fresh, q)
	}
}

// TestSizes crosses the limits at which an index is laid out otherwise: one
// block of vectors, what is searched through chromem-go, one segment.
func TestSizes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	l := open(t, path, library.Options{Create: true, Temporary: true})
	memory := ragtest.NewMemory()
	q := wordQuery("word3", "some5", "none")
	q.Vector, _ = ragtest.Embedder{}.EmbedQuery(t.Context(), "some5 word3")
	n := 0
	for _, size := range []int{1, 1023, 1024, 1025, 2000, 2001, 17_000} {
		var text strings.Builder
		for ; n < size; n++ {
			fmt.Fprintf(&text, "word%d some%d\n", n, n%50)
		}
		for _, to := range []rag.Library{l, memory} {
			put(t, to, fmt.Sprint("until ", size), text.String())
		}
		ragtest.Agree(t, memory, l, q)
		ragtest.Agree(t, memory, open(t, path, library.Options{ReadOnly: true}), q)
	}
}

// TestReadOnManyCores has enough documents for a part of them on each core.
func TestReadOnManyCores(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	l := open(t, path, library.Options{Create: true, Temporary: true})
	memory := ragtest.NewMemory()
	for n := range 1100 {
		for _, to := range []rag.Library{l, memory} {
			put(t, to, fmt.Sprint("d", n), fmt.Sprintf("word%d some%d\n", n, n%50))
		}
	}
	q := wordQuery("word3", "some5", "word1099")
	q.Vector, _ = ragtest.Embedder{}.EmbedQuery(t.Context(), "some5 word3")
	ragtest.Agree(t, memory, open(t, path, library.Options{ReadOnly: true}), q)
}

func TestFileGoneOrReplaced(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	other, otherPath := create(t)
	put(t, other, "b", "alpha")
	for name, change := range map[string]func() error{
		"replaced": func() error { return os.Rename(otherPath, path) },
		"removed":  func() error { return os.Remove(path) },
	} {
		must(t, change())
		_, err := l.Candidates(t.Context(), wordQuery("alpha"))
		if !errors.Is(err, rag.ErrNoLibrary) || !strings.Contains(err.Error(), "while it was open") {
			t.Errorf("%s: search: %v", name, err)
		}
		if err := index(t.Context(), l, ragtest.Embedder{}, "c", "gamma"); !errors.Is(err, rag.ErrNoLibrary) {
			t.Errorf("%s: put: %v", name, err)
		}
	}
}

// TestSearchesDoNotWait holds the library's write lock from outside: readers
// go on, and a writer gives up when it is told to.
func TestSearchesDoNotWait(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	unlock := lockForWriting(t, path)
	defer unlock()
	if got := found(t, open(t, path, library.Options{ReadOnly: true}), "alpha"); got != 1 {
		t.Errorf("%d passages", got)
	}
	if got := found(t, open(t, path, library.Options{}), "alpha"); got != 1 {
		t.Errorf("%d passages through a handle that may write", got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := index(ctx, l, ragtest.Embedder{}, "b", "beta"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("put while another process writes: %v", err)
	}
	unlock()
	put(t, l, "b", "beta")
}

// TestFarBehind follows from before the removals that are still remembered.
func TestFarBehind(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	put(t, l, "b", "alpha")
	behind := open(t, path, library.Options{ReadOnly: true})
	if got := found(t, behind, "alpha"); got != 2 {
		t.Fatalf("%d passages", got)
	}
	must(t, l.Delete(t.Context(), "a"))
	_, err := foreign(t, path).ExecContext(t.Context(), `
		WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i+1 FROM n WHERE i < 25000) INSERT INTO removed SELECT 1000000+i, i FROM n;
		UPDATE meta SET value = 25000 WHERE key = 'sequence'`)
	must(t, err)
	put(t, open(t, path, library.Options{}), "c", "alpha")
	var remembered int
	must(t, foreign(t, path).QueryRowContext(t.Context(), `SELECT count(*) FROM removed`).Scan(&remembered))
	if remembered > 10_000 {
		t.Errorf("%d removals are remembered", remembered)
	}
	for name, l := range map[string]*library.Library{"behind": behind, "the writer": l} {
		if got := found(t, l, "alpha"); got != 2 {
			t.Errorf("%s: %d passages, want 2", name, got)
		}
	}
}

// TestCancelledPuts breaks puts off at any point: each is whole or not there,
// and the next writer finds the library free.
func TestCancelledPuts(t *testing.T) {
	l, _ := create(t)
	var writers sync.WaitGroup
	for w := range 3 {
		writers.Go(func() {
			for version := range 60 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(version*w)*20*time.Microsecond)
				id := fmt.Sprintf("d%d", w)
				err := index(ctx, l, ragtest.Embedder{}, id, versioned(id, version))
				cancel()
				if err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("put: %v", err)
				}
			}
		})
	}
	writers.Wait()
	put(t, l, "d1", versioned("d1", 99))
	wholeDocuments(t, l)
}

// TestManySmallSpaces checks that a space costs what it holds.
func TestManySmallSpaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	l := open(t, path, library.Options{Create: true, Temporary: true})
	const spaces = 200
	for n := range spaces {
		doc, passages := ragtest.NewCorpus(uint64(n), ragtest.Fingerprint.Dimension).Document(n, 1)
		doc.Space = fmt.Sprint("space-", n)
		must(t, l.Put(t.Context(), doc, passages))
	}
	q := ragtest.NewCorpus(1, ragtest.Fingerprint.Dimension).Query(3)
	if c, err := l.Candidates(t.Context(), q); err != nil || c.Documents != spaces || len(c.Vector) != 100 {
		t.Errorf("the operator searched %d documents: %v", c.Documents, err)
	}
	q.Audience = rag.Members("space-7", "space-9", "no such space")
	if c, err := l.Candidates(t.Context(), q); err != nil || c.Documents != 2 || len(c.Vector) != 2 {
		t.Errorf("a member of two spaces searched %d documents: %v", c.Documents, err)
	}
}
