package library_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// telling says each document that it embeds.
type telling struct{ ragtest.Embedder }

func (e telling) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	fmt.Println("embedded", len(texts))
	return e.Embedder.EmbedPassages(ctx, texts)
}

// childRebuild says what it embeds, and how many documents are done for good.
func childRebuild(ctx context.Context, path string) error {
	l, err := library.Open(ctx, path, library.Options{Fingerprint: wide, AnyFingerprint: true})
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Rebuild(ctx, retrieve.Indexer{Embedder: telling{ragtest.Embedder{Print: wide}}}, func(done, _ int) { fmt.Println("done", done) })
}

// rebuildRun counts documents: how many were done at first and at last, and how
// many were embedded.
type rebuildRun struct{ first, done, embedded int }

// rebuildAndKill kills a rebuild after it has embedded so many documents, or
// lets it end for 0.
func rebuildAndKill(t *testing.T, path string, after int) rebuildRun {
	t.Helper()
	c := child(t, "rebuild", path)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	r := rebuildRun{first: -1}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var what string
		var n int
		if _, err := fmt.Sscan(lines.Text(), &what, &n); err != nil {
			break // cut off in mid-line
		}
		switch {
		case what == "embedded":
			if r.embedded++; r.embedded == after {
				must(t, c.Process.Kill())
			}
		case r.first < 0:
			r.first, r.done = n, n
		default:
			r.done = n
		}
	}
	if err := c.Wait(); (err == nil) != (after == 0) {
		t.Errorf("killed after %d documents of %+v: %v", after, r, err)
	}
	return r
}

// mostLost is how many documents a kill may cost: those of one transaction, and
// those that the child has embedded since but not lived to be told.
const mostLost = 2 * 40

// TestKillRebuild kills rebuilds at random moments, 5 times or as often as
// DOCENT_KILLS says, while another handle searches and changes documents with
// the old embedder. Nothing that was said to be done is embedded again, no
// change is lost, and the last rebuild switches.
func TestKillRebuild(t *testing.T) {
	kills := 5
	if s := os.Getenv("DOCENT_KILLS"); s != "" {
		n, err := strconv.Atoi(s)
		must(t, err)
		kills = n
	}
	l, path := create(t)
	documents, changed := 100*kills, 0
	for n := range documents {
		put(t, l, fmt.Sprint("d", n), versioned(fmt.Sprint("d", n), 1))
	}
	ctx, stop := context.WithCancel(t.Context())
	searched := make(chan error, 1)
	go func() { searched <- searchOn(ctx, l, 5*documents) }()
	embedded, done := 0, 0
	for range kills {
		r := rebuildAndKill(t, path, 1+rand.IntN(60))
		if r.first >= 0 && r.first < done {
			t.Errorf("began at %d, %d were done", r.first, done)
		}
		embedded += r.embedded
		// The next rebuild has these to do again.
		done = max(r.done, done) - 2
		for n := range 2 {
			id := fmt.Sprint("d", n)
			put(t, l, id, versioned(id, 2+changed))
		}
		changed++
	}
	stop()
	must(t, <-searched)
	r := rebuildAndKill(t, path, 0)
	if most := documents + 2*changed + kills*mostLost; r.first < done || r.done != documents || embedded+r.embedded > most {
		t.Errorf("%d documents were embedded of %d and %d changes, at most %d should be; %+v, %d were done", embedded+r.embedded, documents, 2*changed, most, r, done)
	}
	t.Logf("%d kills: %d documents embedded for %d and %d changes", kills, embedded+r.embedded, documents, 2*changed)
	wholeDocuments(t, open(t, path, library.Options{Fingerprint: wide}))
	if d, err := open(t, path, library.Options{Fingerprint: wide}).Document(t.Context(), "d1", rag.Operator()); err != nil || newest(d.Text) != 1+changed {
		t.Errorf("the last change is lost: %q %v", d.Text, err)
	}
	leftOver(t, path, documents)
}

// searchOn searches until the end of ctx, and must find all there is.
func searchOn(ctx context.Context, l *library.Library, want int) error {
	for ctx.Err() == nil {
		c, err := l.Candidates(context.WithoutCancel(ctx), wordQuery("x"))
		if err != nil || c.Passages != want {
			return fmt.Errorf("%d passages are searched during a rebuild, not %d: %w", c.Passages, want, err)
		}
	}
	return nil
}
