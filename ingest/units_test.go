package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"docent/ingest"
	"docent/ingest/read"
	"docent/rag"
	"docent/rag/lang"
)

var unitNames = map[rag.UnitKind]string{
	rag.Sentence: "sentence", rag.Row: "row", rag.Item: "item", rag.Reply: "reply", rag.Definition: "definition",
	rag.Field: "field", rag.Note: "note", rag.CodeLine: "code", rag.Lead: "lead",
}

// unitLines writes the units of passages, a line each: what it is, which part of
// its group, its text, and what it is read with.
func unitLines(text string, passages []rag.Passage) string {
	var b strings.Builder
	for _, p := range passages {
		for _, u := range p.Units {
			b.WriteString(unitNames[u.Kind])
			if u.Part > 0 {
				fmt.Fprintf(&b, " %d/%d", u.Part, u.Parts)
			}
			fmt.Fprintf(&b, ": %s", text[u.Start:u.End])
			for _, c := range u.Context {
				fmt.Fprintf(&b, " < %s", text[c.Start:c.End])
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// leads sets the leads of blocks, as "block: lead", both from 0.
func leads(doc read.Document, of map[int]int) read.Document {
	for block, lead := range of {
		doc.Blocks[block].Lead = lead + 1
	}
	return doc
}

// cells sets the cells of a block.
func cells(doc read.Document, block int, cells ...lang.Span) read.Document {
	doc.Blocks[block].Cells = cells
	return doc
}

func TestUnits(t *testing.T) {
	for _, tc := range []struct {
		name string
		doc  read.Document
		want string
	}{
		{"sentences lean on nothing", documentOf("h1: T", "p: Un. Deux : trois."), "sentence: Un.\nsentence: Deux : trois.\n"},
		{"a list under its lead-in", documentOf("p: Il pleut. Prenez :", "li: un seau. Grand.", "li: une corde", "p: Fin."),
			"sentence: Il pleut.\nlead: Prenez :\nitem 1/2: un seau. Grand. < Prenez :\nitem 2/2: une corde < Prenez :\nsentence: Fin.\n"},
		{"nested items", documentOf("p: Bring:", "li1: pens", "li2: red", "li2: blue", "li1: ink", "li3: black"),
			"lead: Bring:\nitem 1/2: pens < Bring:\nitem 1/2: red < Bring: < pens\nitem 2/2: blue < Bring: < pens\nitem 2/2: ink < Bring:\nitem 1/1: black < Bring: < ink\n"},
		{"a colon and no list", documentOf("p: Note:", "p: End."), "sentence: Note:\nsentence: End.\n"},
		{"two lists", documentOf("li: a", "p: Then.", "li: b"), "item 1/1: a\nsentence: Then.\nitem 1/1: b < Then.\n"},
		{"code between steps", leads(documentOf("li1: Run", "code: go\n\ttest", "li1: Wait"), map[int]int{1: 0}),
			"item 1/2: Run\ncode 1/2: go < Run\ncode 2/2: test < Run\nitem 2/2: Wait\n"},
		{"a table under its lead-in", documentOf("p: Fees:", "th: Who | Fee", "tr: Ada | 3", "tr: Bob | 4"),
			"lead: Fees:\nlead: Who | Fee < Fees:\nrow 1/2: Ada | 3 < Fees: < Who | Fee\nrow 2/2: Bob | 4 < Fees: < Who | Fee\n"},
		{"a table without header", documentOf("tr: Ada | 3", "tr: Bob | 4", "p: End."), "row 1/2: Ada | 3\nrow 2/2: Bob | 4\nsentence: End.\n"},
		{"the caption of a table", documentOf("cap: Fees of 2024", "th: Who | Fee", "tr: Ada | 3"),
			"lead: Fees of 2024\nlead: Who | Fee < Fees of 2024\nrow 1/1: Ada | 3 < Fees of 2024 < Who | Fee\n"},
		{"a header under a header", leads(documentOf("tr: Summer | Winter", "th: In | Out", "tr: 1 | 2"), map[int]int{1: 0}),
			"lead: Summer | Winter\nlead: In | Out < Summer | Winter\nrow 1/1: 1 | 2 < Summer | Winter < In | Out\n"},
		{"rows of a sheet", documentOf("rowh: Who | Fee", "row: Ada | 3", "row: Bob | 4"), "row 1/2: Ada | 3 < Who | Fee\nrow 2/2: Bob | 4 < Who | Fee\n"},
		{"a question and its answer", documentOf("q: Où est-ce ?", "p: Ici. Ou là :", "li: à gauche", "q: Quand ?", "p: Lundi."),
			"lead: Où est-ce ?\nreply 1/1: Ici. < Où est-ce ?\nlead: Ou là : < Où est-ce ?\nitem 1/1: à gauche < Où est-ce ? < Ou là :\nlead: Quand ?\nreply 1/1: Lundi. < Quand ?\n"},
		{"a heading that asks", documentOf("h2: Who pays?", "p: Ada.", "h2: Rules", "p: None."), "reply 1/1: Ada. < Who pays?\nsentence: None.\n"},
		{"a reply in a mail", leads(documentOf("quote: When is it?", "p: On Monday.", "p: Bye."), map[int]int{1: 0}),
			"lead: When is it?\nreply 1/1: On Monday. < When is it?\nsentence: Bye.\n"},
		{"a term and its meaning", leads(documentOf("term: Quay", "def: Where ships lie. Also: wharf."), map[int]int{1: 0}),
			"lead: Quay\ndefinition: Where ships lie. Also: wharf. < Quay\n"},
		{"a note", leads(documentOf("p: One. Two.", "note: See three."), map[int]int{1: 0}), "sentence: One.\nsentence: Two.\nnote: See three. < One. Two.\n"},
		{"a note where its mark is", cells(leads(documentOf("p: One*. Two.", "note: See three."), map[int]int{1: 0}), 1, lang.Span{Start: 3, End: 4}),
			"sentence: One*.\nsentence: Two.\nnote: See three. < One*.\n"},
		{"a cell merged with the one above", cells(documentOf("th: Where | Fee", "tr: Nantes | 3", "tr: 4"), 2, lang.Span{Start: 13, End: 19}, lang.Span{Start: 25, End: 26}),
			"lead: Where | Fee\nrow 1/2: Nantes | 3 < Where | Fee\nrow 2/2: 4 < Where | Fee < Nantes\n"},
		{"an item goes on", leads(documentOf("li1: a", "p: more of a", "li1: b"), map[int]int{1: 0, 2: -1}), "item 1/2: a\nsentence: more of a < a\nitem 2/2: b\n"},
		{"a heading that answers are read with", leads(documentOf("h2: Who pays", "p: Ada."), map[int]int{1: 0}), "reply 1/1: Ada. < Who pays\n"},
		{"a heading with nothing under it", documentOf("h1: A", "p: Un.", "h2: B"), "sentence: Un.\nlead: B\n"},
		{"what the reader says wins", leads(documentOf("p: First:", "p: Second:", "li: a", "li: b"), map[int]int{2: 0, 3: 0}),
			"lead: First:\nsentence: Second:\nitem 1/2: a < First:\nitem 2/2: b < First:\n"},
		{"an item too long for a passage", documentOf("li: " + sentences(30, 10)), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			passages := ingest.Split("d", tc.doc)
			if tc.want == "" {
				if n := len(passages); n != 2 {
					t.Errorf("%d passages, want 2", n)
				}
				return
			}
			if diff := cmp.Diff(tc.want, unitLines(tc.doc.Text, passages)); diff != "" {
				t.Errorf("units (-want +got):\n%s", diff)
			}
		})
	}
}

// TestGroup: a group runs from its first part to the end of what is nested in
// its last.
func TestGroup(t *testing.T) {
	doc := documentOf("p: Bring:", "li1: pens", "li1: ink", "li2: black", "p: End.")
	units := ingest.Split("d", doc)[0].Units
	for i, want := range []string{"", "pens\n\nink\n\nblack", "pens\n\nink\n\nblack", "black", ""} {
		if got := doc.Text[units[i].Group.Start:units[i].Group.End]; got != want {
			t.Errorf("unit %d is of the group %q, want %q", i, got, want)
		}
	}
}

// TestKeptWhole: what leans on each other is in one passage up to 250 words.
func TestKeptWhole(t *testing.T) {
	item := "li: " + sentences(1, 20)
	for _, tc := range []struct {
		name   string
		blocks []string
		want   string
	}{
		{"a list after text", []string{"p: " + sentences(15, 10), "p: You need:", item, item, item, item, item, item, item, item, item, item, item}, "1 : (150 words)\n2 : (211 words)\n"},
		{"a list too long", []string{"p: You need:", item, item, item, item, item, item, item, item, item, item, item, item, item, item, item}, "1 : (135 words)\n2 : (153 words)\n"},
		{"an answer", []string{"q: " + sentences(1, 10), "p: " + sentences(12, 10), "q: " + sentences(1, 10), "p: " + sentences(12, 10)}, "1 : (129 words)\n2 : (129 words)\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, outline(ingest.Split("d", documentOf(tc.blocks...)))); diff != "" {
				t.Errorf("passages (-want +got):\n%s", diff)
			}
		})
	}
}

// checkUnits holds units to what rag promises of them.
func checkUnits(t *testing.T, doc read.Document, p rag.Passage) {
	t.Helper()
	at := p.Start
	for i, u := range p.Units {
		if u.Start < at || u.End <= u.Start || u.End > p.End {
			t.Fatalf("unit %d of passage %d is %v after %d", i, p.ID.N, u.Span, at)
		}
		if strings.TrimFunc(doc.Text[at:u.Start], unicode.IsSpace) != "" {
			t.Fatalf("%q is in no unit of passage %d", doc.Text[at:u.Start], p.ID.N)
		}
		checkSpans(t, u.Context, 0, u.Start, "context")
		checkSpans(t, u.Cells, 0, u.End, "cells")
		grouped := u.Group != lang.Span{}
		if grouped != (u.Part > 0) || u.Part > u.Parts || grouped && (u.Group.Start > u.Start || u.Group.End < u.End || u.Group.End > len(doc.Text)) {
			t.Fatalf("unit %d of passage %d is %+v", i, p.ID.N, u)
		}
		at = u.End
	}
	if strings.TrimFunc(doc.Text[at:p.End], unicode.IsSpace) != "" {
		t.Fatalf("%q is in no unit of passage %d", doc.Text[at:p.End], p.ID.N)
	}
}

// checkGroups: the parts of a group are all there, in order, and say the same of
// it.
func checkGroups(t *testing.T, passages []rag.Passage) {
	t.Helper()
	last := make(map[int]rag.Unit) // part of the group that begins there
	for _, p := range passages {
		for _, u := range p.Units {
			if u.Part == 0 {
				continue
			}
			before, ok := last[u.Group.Start]
			if u.Part != before.Part+1 || ok && (u.Parts != before.Parts || u.Group != before.Group || u.Kind != before.Kind) || !ok && u.Start != u.Group.Start {
				t.Fatalf("after %+v comes %+v", before, u)
			}
			last[u.Group.Start] = u
		}
	}
	for _, u := range last {
		if u.Part != u.Parts {
			t.Fatalf("the last part of a group is %+v", u)
		}
	}
}

func checkSpans(t *testing.T, spans []lang.Span, from, to int, what string) {
	t.Helper()
	for _, s := range spans {
		if s.Start < from || s.End < s.Start || s.End > to {
			t.Fatalf("%s %v is not within %d to %d, or out of order", what, s, from, to)
		}
		from = s.Start
	}
}
