package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/bot/store"
	"docent/rag"
)

var now = time.Unix(1_700_000_000, 0)

// open opens the store at a path until close, or the end of the test.
func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return s
}

// TestReceive keeps each delivery once, over a restart, until it is finished.
func TestReceive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "slack.db")
	s := open(t, path)
	for _, id := range []string{"b", "a", "c"} {
		for i := range 2 {
			isNew, err := s.Receive(t.Context(), store.Delivery{ID: id, Kind: "events_api", Payload: []byte(`{}`)}, now)
			if err != nil || isNew != (i == 0) {
				t.Errorf("%s, time %d: new is %v, %v", id, i, isNew, err)
			}
		}
	}
	if err := errors.Join(s.Finish(t.Context(), "a"), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	pending, err := s.Pending(t.Context(), 10)
	var ids []string
	for _, d := range pending {
		ids = append(ids, d.ID)
	}
	if err != nil || !slices.Equal(ids, []string{"b", "c"}) {
		t.Errorf("pending are %v, %v", ids, err)
	}
	if isNew, err := s.Receive(t.Context(), store.Delivery{ID: "a", Payload: []byte(`{}`)}, now); err != nil || isNew {
		t.Errorf("what is finished is new: %v, %v", isNew, err)
	}
}

// TestClaim lets one delivery have a question, again until it is answered.
func TestClaim(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "slack.db"))
	q := store.Question{ID: store.QuestionID("C1", "1"), Channel: "C1", TS: "1", Thread: "1", Asker: "U1", Delivery: "d1", Text: "how long?"}
	claim := func(delivery string, wantOurs, wantAgain bool) {
		t.Helper()
		q.Delivery = delivery
		ours, again, err := s.Claim(t.Context(), q, now)
		if err != nil || ours != wantOurs || again != wantAgain {
			t.Errorf("%s: ours is %v, again %v, %v", delivery, ours, again, err)
		}
	}
	claim("d1", true, false)
	claim("d2", false, false)
	claim("d1", true, true)
	if err := s.SetAnswer(t.Context(), q.ID, "en", "Six weeks."); err != nil {
		t.Fatal(err)
	}
	claim("d1", false, false)
	history, err := s.History(t.Context(), "C1", "1", "2")
	if want := []rag.Exchange{{Question: "how long?", Answer: "Six weeks."}}; err != nil || !slices.Equal(history, want) {
		t.Errorf("the history is %v, %v", history, err)
	}
}

// TestThread follows a thread until somebody has it left, and never again.
func TestThread(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "slack.db"))
	if _, _, err := s.Thread(t.Context(), "C1", "1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown thread: %v", err)
	}
	for i, step := range []func() error{
		func() error { return s.Follow(t.Context(), "C1", "1", "U1", now) },
		func() error { return s.Unfollow(t.Context(), "C1", "1", now) },
		func() error { return s.Follow(t.Context(), "C1", "1", "U1", now) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		if got := s.Follows(t.Context(), "C1", "1"); got != (i == 0) {
			t.Errorf("after step %d followed is %v", i, got)
		}
	}
}

// TestOutcomes keeps what came of questions with their ratings, each document cited
// once and the last outcome of each, since a time.
func TestOutcomes(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "slack.db"))
	for i, asked := range []time.Time{now.Add(-48 * time.Hour), now} {
		q := store.Question{ID: string(rune('a' + i)), Channel: "C1", TS: string(rune('1' + i)), Asker: "U1", Delivery: "d", Text: "how long?", Language: "en"}
		if _, _, err := s.Claim(t.Context(), q, asked); err != nil {
			t.Fatal(err)
		}
		answer := rag.Answer{Status: rag.NotFound}
		for _, d := range []rag.DocumentID{"leave", "pay", "leave"} {
			if err := s.SetOutcome(t.Context(), q.ID, answer, time.Second); err != nil {
				t.Fatal(err)
			}
			answer.Status, answer.ModelName, answer.Usage = rag.Answered, "m", rag.Usage{InputTokens: 5, OutputTokens: 2}
			answer.Citations = append(answer.Citations, rag.Citation{Document: d})
		}
		err := errors.Join(s.SetOutcome(t.Context(), q.ID, answer, 1500*time.Millisecond),
			s.Rate(t.Context(), q.ID, "U2", false, asked), s.SetReason(t.Context(), q.ID, "U2", "old"), s.Rate(t.Context(), q.ID, "U3", true, asked))
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Outcomes(t.Context(), now.Add(-time.Hour))
	want := []store.Outcome{{
		ID: "b", Text: "how long?", Language: "en", Asker: "U1", Channel: "C1", Asked: now, Status: rag.Answered, Took: 1500 * time.Millisecond,
		Model: "m", Usage: rag.Usage{InputTokens: 5, OutputTokens: 2}, Documents: []rag.DocumentID{"leave", "pay"}, Good: 1, Bad: 1, Reasons: "old",
	}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := s.Purge(t.Context(), now, time.Hour); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Outcomes(t.Context(), time.Time{}); err != nil || len(all) != 1 {
		t.Errorf("%d outcomes are left, %v", len(all), err)
	}
}

// TestPurge deletes what is older than the retention, and nothing unfinished.
func TestPurge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "slack.db")
	s := open(t, path)
	ctx := t.Context()
	for id, at := range map[string]time.Time{"old": now.Add(-48 * time.Hour), "new": now} {
		q := store.Question{ID: id, Text: "what of xylander " + id, Channel: "C1", TS: id, Thread: id, Delivery: id}
		_, err := s.Receive(ctx, store.Delivery{ID: id, Payload: []byte(`{}`)}, at)
		_, _, claimed := s.Claim(ctx, q, at)
		if err := errors.Join(err, claimed, s.AddPost(ctx, id, 0, "C1", id)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Purge(ctx, now, 24*time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := s.QuestionByID(ctx, "old"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the old question: %v", err)
	}
	if posts, err := s.Posts(ctx, "old"); err != nil || len(posts) > 0 {
		t.Errorf("its posts are %v, %v", posts, err)
	}
	if posts, err := s.Posts(ctx, "new"); err != nil || posts[0] != "new" {
		t.Errorf("the new posts are %v, %v", posts, err)
	}
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		if err != nil || bytes.Contains(data, []byte("xylander old")) {
			t.Errorf("the old question is left in %s, %v", name, err)
		}
	}
	if pending, err := s.Pending(ctx, 10); err != nil || len(pending) != 2 {
		t.Errorf("pending are %v, %v", pending, err)
	}
}
