package rag_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/lang"
)

func TestUnitsOf(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"sentences":         {"One. Two goes\non.\n\nThree", "sentence One. / sentence Two goes\non. / sentence Three"},
		"a list":            {"Il faut :\n\n- un seau\n- une corde\n  solide\n\nFin.", "lead Il faut : / item 1/2 - un seau < Il faut : / item 2/2 - une corde\n  solide < Il faut : / sentence Fin."},
		"steps":             {"1. Open it. Look.\n\n2. Close it.", "item 1/2 1. Open it. Look. / item 2/2 2. Close it."},
		"a table":           {"Fees:\n\nAda | 3\n\nBob | 4\n\nEnd.", "lead Fees: / row 1/2 Ada | 3 < Fees: [Ada][3] / row 2/2 Bob | 4 < Fees: [Bob][4] / sentence End."},
		"a colon and text":  {"Note:\n\nEnd.", "sentence Note: / sentence End."},
		"nothing":           {"", ""},
		"white space alone": {" \n\t\n", ""},
	} {
		p := rag.Passage{Start: 7, End: 7 + len(tc.text), Text: tc.text}
		if diff := cmp.Diff(tc.want, written(p, rag.UnitsOf(p))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// written writes units on one line.
func written(p rag.Passage, units []rag.Unit) string {
	names := map[rag.UnitKind]string{rag.Sentence: "sentence", rag.Row: "row", rag.Item: "item", rag.Lead: "lead"}
	text := func(s lang.Span) string { return p.Text[s.Start-p.Start : s.End-p.Start] }
	var parts []string
	for _, u := range units {
		part := names[u.Kind]
		if u.Part > 0 {
			part += fmt.Sprintf(" %d/%d", u.Part, u.Parts)
		}
		part += " " + text(u.Span)
		for _, c := range u.Context {
			part += " < " + text(c)
		}
		for i, c := range u.Cells {
			part += strings.Repeat(" ", max(0, 1-i)) + "[" + text(c) + "]"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " / ")
}

// TestUnitsOfKnown: what is known is not guessed again.
func TestUnitsOfKnown(t *testing.T) {
	p := rag.Passage{End: 4, Text: "A. B", Units: []rag.Unit{{Kind: rag.Item, Span: lang.Span{End: 4}}}}
	if diff := cmp.Diff(p.Units, rag.UnitsOf(p)); diff != "" {
		t.Error(diff)
	}
}

// FuzzUnitsOf: units are in order and hold all that is to be seen.
func FuzzUnitsOf(f *testing.F) {
	f.Add("Il faut :\n- a\nb\n\nc | d\n")
	f.Add("1. a | b\n2) c:\nd | | e")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		p := rag.Passage{Start: 3, End: 3 + len(text), Text: text}
		at := 0
		for _, u := range rag.UnitsOf(p) {
			if u.Start-3 < at || u.End <= u.Start || u.End > p.End || strings.TrimFunc(text[at:u.Start-3], unicode.IsSpace) != "" {
				t.Fatalf("unit %v after %d of %q", u.Span, at, text)
			}
			for _, c := range u.Cells {
				if c.Start < u.Start || c.End < c.Start || c.End > u.End {
					t.Fatalf("cell %v of %v in %q", c, u.Span, text)
				}
			}
			at = u.End - 3
		}
		if strings.TrimFunc(text[at:], unicode.IsSpace) != "" {
			t.Fatalf("%q of %q is in no unit", text[at:], text)
		}
	})
}
