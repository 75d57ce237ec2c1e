package render_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"docent/bot/render"
	"docent/rag"
)

func ExampleAnswer() {
	view := render.Answer{Catalogue: render.CatalogueFor("en"), Question: "q1", Answer: rag.Answer{
		Status: rag.Answered, Mode: rag.Extractive, Searched: rag.Searched{Documents: 3},
		Claims:    []rag.Claim{{Text: "Leave is <fifteen> days.", Citations: []int{1}}},
		Citations: []rag.Citation{{N: 1, Document: "handbook.md", Title: "Handbook", Quote: "Leave is <fifteen> days.", End: 24}},
	}}
	for _, m := range view.Messages() {
		fmt.Println(m.Text)
		for _, b := range m.Blocks {
			fmt.Println(b.BlockType())
		}
	}
	// Output:
	// Leave is &lt;fifteen&gt; days. [1]
	// rich_text
	// rich_text
	// actions
	// context
	// context_actions
}

// TestPassageRef reads back what a button holds, and nothing else.
func TestPassageRef(t *testing.T) {
	ref := render.PassageRef{Document: "a folder/a file.md", Start: 3, End: 14}
	if got, err := render.ParsePassageRef(ref.String()); err != nil || got != ref {
		t.Errorf("%v is read as %v, %v", ref, got, err)
	}
	for _, s := range []string{"", "1", "1 2x doc", "-1 2 doc", "3 2 doc", "a b c"} {
		if got, err := render.ParsePassageRef(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

// TestPassageGone shows no passage that the document does not have.
func TestPassageGone(t *testing.T) {
	cat := render.CatalogueFor("en")
	doc := rag.Document{Text: "Déjà vu", DocumentInfo: rag.DocumentInfo{ID: "doc"}}
	for name, ref := range map[string]render.PassageRef{"beyond its end": {End: 100}, "within a letter": {Start: 2, End: 5}} {
		if n := len(render.PassageModal(cat, doc, ref).Blocks.BlockSet); n != 1 {
			t.Errorf("%s: %d blocks, as if it was there", name, n)
		}
	}
}

func FuzzTruncate(f *testing.F) {
	for _, s := range []string{"a sentence of some words", "👩‍👩‍👧‍👦🇫🇷🏳️‍🌈", "e\u0301e\u0301e\u0301", "\xff\x00\u202e", "漢字かな"} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < 1 || limit > 1<<16 {
			t.Skip()
		}
		clean := render.Sanitize(s)
		if !utf8.ValidString(clean) || strings.ContainsFunc(clean, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			t.Errorf("%q is left in %q", s, clean)
		}
		short := render.Truncate(clean, limit)
		if n := len(utf16.Encode([]rune(short))); n > limit || !utf8.ValidString(short) {
			t.Errorf("%q has %d code units, not %d", short, n, limit)
		}
		if head, cut := strings.CutSuffix(short, "…"); cut && short != clean && !strings.HasPrefix(clean, head) {
			t.Errorf("%q does not begin %q", head, clean)
		}
	})
}
