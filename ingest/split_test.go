package ingest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest"
	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/rag"
	"docent/rag/lang"
)

// documentOf composes a document of blocks written as "kind: text", or as
// "kind@2: text" where they are on a page.
func documentOf(blocks ...string) read.Document {
	kinds := map[string]read.Kind{
		"p": read.Paragraph, "li": read.ListItem, "tr": read.TableRow, "th": read.TableRow, "row": read.TableRow, "rowh": read.TableRow, "code": read.Code, "nav": read.Furniture,
		"li1": read.ListItem, "li2": read.ListItem, "li3": read.ListItem, "cap": read.Caption, "q": read.Question, "quote": read.Quoted, "term": read.Term, "def": read.Definition, "field": read.Field, "note": read.Note,
		"h1": read.Heading, "h2": read.Heading, "h3": read.Heading,
	}
	var doc read.Document
	var all strings.Builder
	header := 0
	for i, b := range blocks {
		kind, text, _ := strings.Cut(b, ": ")
		if all.Len() > 0 {
			all.WriteString("\n\n")
		}
		kind, page, _ := strings.Cut(kind, "@")
		block := read.Block{Kind: kinds[kind], Start: all.Len(), End: all.Len() + len(text)}
		block.Page, _ = strconv.Atoi(page) // 0 where there is none
		if block.Kind == read.Heading || block.Kind == read.ListItem && len(kind) > 2 {
			block.Level = int(kind[len(kind)-1] - '0')
		}
		switch kind {
		case "th", "rowh":
			header = i + 1
		case "tr", "row":
			block.Header = header
		default:
			header = 0
		}
		if strings.HasPrefix(kind, "row") {
			block.Row = i + 1
		}
		all.WriteString(text)
		doc.Blocks = append(doc.Blocks, block)
	}
	doc.Text = all.String()
	doc.Relate()
	return doc
}

// outline writes passages, a line each, long ones by their number of words.
func outline(passages []rag.Passage) string {
	var b strings.Builder
	for _, p := range passages {
		text := strings.ReplaceAll(p.Text, "\n", "⏎")
		if n := len(strings.Fields(text)); n > 20 {
			text = fmt.Sprintf("(%d words)", n)
		}
		fmt.Fprintf(&b, "%d %s: %s\n", p.ID.N, strings.Join(p.Heading, " > "), text)
	}
	return b.String()
}

func sentences(n, words int) string {
	return strings.TrimSpace(strings.Repeat("Il a"+strings.Repeat(" dit", words-2)+". ", n))
}

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		name   string
		blocks []string
		want   string
	}{
		{"short paragraphs of one heading together", []string{"h1: T", "p: Un.", "p: Deux.", "h2: S", "p: Trois."}, "1 T: Un.⏎⏎Deux.\n2 T > S: Trois.\n"},
		{"heading path", []string{"h1: A", "h2: B", "h3: C", "p: Un.", "h2: D", "p: Deux.", "h1: E", "p: Trois."}, "1 A > B > C: Un.\n2 A > D: Deux.\n3 E: Trois.\n"},
		{"heading without text is a sentence", []string{"h1: A", "h2: Tel. 12", "h2: Fax 13", "h2: B", "p: Un.", "h2: End"}, "1 A: Tel. 12⏎⏎Fax 13\n2 A > B: Un.\n3 A: End\n"},
		{"heading too long for the path", []string{"h1: " + sentences(1, 100), "p: Un."}, "1 " + sentences(1, 100)[:300] + ": (100 words)\n"},
		{"only a heading", []string{"h2: A"}, "1 : A\n"},
		{"furniture is in no passage", []string{"nav: Home", "p: Un.", "nav: Ad", "p: Deux.", "nav: Foot"}, "1 : Un.\n2 : Deux.\n"},
		{"a page is another passage", []string{"h1@1: A", "p@1: Un.", "p@2: Deux.", "h2@2: B", "p@3: Trois.", "p@3: Quatre."}, "1 A: Un.\n2 A: Deux.\n3 A > B: Trois.⏎⏎Quatre.\n"},
		{"nothing but furniture", []string{"nav: Home"}, ""},
		{"rows and code", []string{"tr: a. b | C. d", "tr: e | f", "code: x := 1. Y()\n\n\ty()"}, "1 : a. b | C. d⏎⏎e | f⏎⏎x := 1. Y()⏎⏎\ty()\n"},
		{"columns have names", []string{"h1: T", "th: Who | When", "tr: " + sentences(15, 10), "tr: " + sentences(15, 10)}, "1 T: (152 words)\n2 T > Who | When: (150 words)\n"},
		{"rows of a sheet", []string{"h1: Fees", "rowh: Who | Fee", "row: Ada | 3", "row: Bob | 4", "p: End."}, "1 Fees > Who | Fee: Ada | 3\n2 Fees > Who | Fee: Bob | 4\n3 Fees: End.\n"},
		{"a header without rows", []string{"rowh: Who | Fee", "p: End."}, "1 : Who | Fee\n2 : End.\n"},
		{"one size that fits", []string{"p: " + sentences(18, 10)}, "1 : (180 words)\n"},
		{"parts of about one size", []string{"p: " + sentences(40, 10)}, "1 : (130 words)\n2 : (140 words)\n3 : (130 words)\n"},
		{"cut between paragraphs", []string{"p: " + sentences(12, 10), "p: " + sentences(14, 10)}, "1 : (120 words)\n2 : (140 words)\n"},
		{"lead-in stays with its list", []string{"p: " + sentences(12, 10), "p: Il faut :", "li: " + sentences(8, 10), "li: " + sentences(8, 10)}, "1 : (120 words)\n2 : (161 words)\n"},
		{"one long sentence", []string{"p: " + sentences(1, 250)}, "1 : (250 words)\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, outline(ingest.Split("d", documentOf(tc.blocks...)))); diff != "" {
				t.Errorf("passages (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSplitUnbroken cuts what has no white space, at characters.
func TestSplitUnbroken(t *testing.T) {
	doc := documentOf("tr: " + strings.Repeat("é", 4500))
	passages := ingest.Split("d", doc)
	if len(passages) != 3 {
		t.Errorf("%d passages, want 3", len(passages))
	}
	checkSplit(t, doc)
}

// TestSplitManyRows joins the rows of a sheet that has very many of them.
func TestSplitManyRows(t *testing.T) {
	blocks := append([]string{"h1: Fees", "rowh: Who | Fee"}, slices.Repeat([]string{"row: Ada | 3"}, 20_000)...)
	if got := len(ingest.Split("d", documentOf(blocks...))); got < 100 || got > 500 {
		t.Errorf("%d passages, want some hundred", got)
	}
	doc := documentOf(blocks[:20_001]...)
	if got := len(ingest.Split("d", doc)); got != 19_999 {
		t.Errorf("%d passages, want one a row", got)
	}
}

func TestSplitLanguage(t *testing.T) {
	doc := documentOf("h1: A", "p: Chaque salarié de la société a droit à vingt-cinq jours de congés.", "h1: B", "p: Every employee of the company may take the afternoon off on Fridays.", "h1: C", "p: 12")
	doc.Language = "fr"
	var got []string
	for _, p := range ingest.Split("d", doc) {
		got = append(got, p.Language)
	}
	if diff := cmp.Diff([]string{"fr", "en", "fr"}, got); diff != "" {
		t.Error(diff)
	}
}

// checkSplit holds passages to what Split promises: they are in order, do not
// overlap, and are runs of the text that rebuild it with the gaps between
// them; and each sentence that is not furniture or a heading is in one.
func checkSplit(t *testing.T, doc read.Document) {
	t.Helper()
	passages := ingest.Split("d", doc)
	var rebuilt strings.Builder
	end := 0
	for i, p := range passages {
		if p.ID.N != i+1 || p.Start < end || p.End <= p.Start || p.Text != doc.Text[p.Start:p.End] {
			t.Fatalf("passage %d is %+v after %d", i+1, p, end)
		}
		if strings.TrimSpace(p.Text) != p.Text {
			t.Fatalf("passage %d has white space at its ends: %q", i+1, p.Text)
		}
		if n := len(strings.Fields(p.Text)); n > 250 && len(lang.Sentences(p.Text)) > 1 && len(p.Text) > 4000 {
			t.Fatalf("passage %d has %d words", i+1, n)
		}
		checkUnits(t, doc, p)
		rebuilt.WriteString(doc.Text[end:p.Start] + p.Text)
		end = p.End
	}
	checkGroups(t, passages)
	if rebuilt.WriteString(doc.Text[end:]); rebuilt.String() != doc.Text {
		t.Fatal("passages and gaps do not rebuild the text")
	}
	for _, b := range doc.Blocks {
		if b.Kind == read.Furniture {
			checkOutside(t, passages, b)
			continue
		}
		for _, s := range lang.Sentences(doc.Text[b.Start:b.End]) {
			checkSentence(t, doc, passages, b, s)
		}
	}
}

func checkOutside(t *testing.T, passages []rag.Passage, b read.Block) {
	t.Helper()
	for _, p := range passages {
		if b.Start < p.End && p.Start < b.End {
			t.Fatalf("passage %d holds furniture", p.ID.N)
		}
	}
}

func checkSentence(t *testing.T, doc read.Document, passages []rag.Passage, b read.Block, s lang.Span) {
	t.Helper()
	start, end := b.Start+s.Start, b.Start+s.End
	text := doc.Text[start:end]
	var within, touched int
	for _, p := range passages {
		if start >= p.Start && end <= p.End {
			within++
		}
		if start < p.End && p.Start < end {
			touched++
		}
	}
	switch {
	case within == 1 && touched == 1:
	case (b.Kind == read.Heading || b.Row > 0) && touched == 0 && underHeading(passages, text):
	case len(text) > 4000 && touched > 1: // cut, with nothing between the parts
	case b.Kind == read.Code && touched > 1: // lines are sentences there
	default:
		t.Fatalf("%v %q is in %d passages and touches %d", b.Kind, text, within, touched)
	}
}

// underHeading reports whether a passage has the heading above it.
func underHeading(passages []rag.Passage, text string) bool {
	for _, p := range passages {
		for _, h := range p.Heading {
			if strings.Contains(strings.Join(strings.Fields(h), " "), strings.Join(strings.Fields(text), " ")) {
				return true
			}
		}
	}
	return false
}

// TestSplitProperty splits random documents.
func TestSplitProperty(t *testing.T) {
	kinds := []string{"p", "p", "p", "p", "li", "li1", "li1", "li2", "li3", "th", "tr", "tr", "row", "rowh", "code", "nav", "h1", "h2", "h3", "cap", "q", "quote", "term", "def", "field", "note"}
	words := []string{"le", "contrat", "de", "M. Arnoux", "vaut", "5,5", "milliards", "« Oui. Non. »", "art. L. 3121-1", "Nantes.", "Qui ?", "été", "a\nb", "x:", "日本語"}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		var blocks []string
		for range r.IntN(40) {
			kind := kinds[r.IntN(len(kinds))]
			n := 1 + r.IntN(8)
			if kind == "p" {
				n = 1 + r.IntN(300)
			}
			var text []string
			for range n {
				text = append(text, words[r.IntN(len(words))])
			}
			blocks = append(blocks, kind+": "+strings.Join(text, " "))
		}
		doc := documentOf(blocks...)
		for i := range doc.Blocks {
			if r.IntN(3) == 0 {
				doc.Blocks[i].Lead = r.IntN(i + 2) // which may be itself
			}
		}
		checkSplit(t, doc)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("# A\n\nUn. Deux.\n\n- x :\n- y\n\n```\nz\n```\n")
	f.Add("# A\n## B\n# C\n\n" + strings.Repeat("mot ", 250))
	f.Add("# " + strings.Repeat("mot ", 100) + "\n\nUn.\n")
	f.Fuzz(func(t *testing.T, source string) {
		for doc, err := range formats.All(read.Options{}).Read(t.Context(), read.Bytes("a.md", []byte(source))) {
			if err == nil {
				checkSplit(t, doc)
			}
		}
	})
}
