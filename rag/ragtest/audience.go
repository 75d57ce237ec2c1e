package ragtest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

func testNoAudience(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "word")
	for name, call := range map[string]func(rag.Audience) error{
		"candidates": func(a rag.Audience) error {
			_, err := l.Candidates(t.Context(), rag.Query{Audience: a})
			return err
		},
		"passages": func(a rag.Audience) error {
			_, err := l.Passages(t.Context(), a, rag.PassageID{Document: "a", N: 1})
			return err
		},
		"document": func(a rag.Audience) error { _, err := l.Document(t.Context(), "a", a); return err },
		"documents": func(a rag.Audience) error {
			for _, err := range l.Documents(t.Context(), a) {
				return err
			}
			return nil
		},
	} {
		for _, a := range []rag.Audience{{}, rag.Members()} {
			if err := call(a); !errors.Is(err, rag.ErrNoAudience) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func testSpaces(t *testing.T, l rag.Library) {
	put(t, l, "open", rag.Everyone, "budget public", []float32{1, 0, 0, 0})
	put(t, l, "shut", "board", "budget secret secret", []float32{0, 1, 0, 0})
	put(t, l, "other", "works", "budget works", []float32{0, 0, 1, 0})
	everyone := rag.Members(rag.Everyone)
	alone := query("budget secret", []float32{0, 1, 0, 0})
	alone.Audience = everyone
	c := candidates(t, l, alone)
	if names(c.Lexical) != "open/1" || names(c.Vector) != "open/1" || c.Documents != 1 || c.Passages != 1 {
		t.Errorf("candidates: %+v", c)
	}
	if diff := cmp.Diff([]int{1, 0}, c.Frequencies); diff != "" {
		t.Errorf("frequencies tell of hidden documents:\n%s", diff)
	}
	if _, err := l.Document(t.Context(), "shut", everyone); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("document: %v", err)
	}
	if p, err := l.Passages(t.Context(), everyone, rag.PassageID{Document: "shut", N: 1}); err != nil || len(p) != 0 {
		t.Errorf("passages: %v, %v", p, err)
	}
	narrowed := query("budget", nil)
	narrowed.Audience, narrowed.Spaces = rag.Members(rag.Everyone, "board"), []string{"board", "works"}
	if got := names(candidates(t, l, narrowed).Lexical); got != "shut/1" {
		t.Errorf("narrowed to a visible and a hidden space: %q", got)
	}
	if got := names(candidates(t, l, query("budget", nil)).Lexical); got != "open/1 other/1 shut/1" {
		t.Errorf("the operator sees %q", got)
	}
}
