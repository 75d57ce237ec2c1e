package read_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/readtest"
)

// shape is a block of a test: its kind, level, text and the lead that a reader
// said.
type shape struct {
	kind  read.Kind
	level int
	text  string
	lead  int
}

func composed(shapes []shape) read.Document {
	var c read.Builder
	for _, s := range shapes {
		c.Lead = s.lead
		c.Add(s.kind, s.level, s.text)
	}
	doc := c.Document()
	doc.Title = "test"
	return doc
}

func TestRelate(t *testing.T) {
	for name, test := range map[string]struct {
		shapes []shape
		// want are the leads.
		want []int
	}{
		"list under its lead-in": {[]shape{
			{read.Paragraph, 0, "Bring:", 0}, {read.ListItem, 1, "a tent", 0}, {read.ListItem, 2, "with pegs", 0}, {read.ListItem, 1, "a lamp", 0},
			{read.Paragraph, 0, "Leave the rest.", 0}, {read.ListItem, 1, "radios", 0},
		}, []int{0, 1, 2, 1, 0, 5}},
		"list under a heading": {[]shape{
			{read.Paragraph, 0, "Above.", 0}, {read.Heading, 2, "Tools", 0}, {read.ListItem, 1, "saw", 0}, {read.ListItem, 1, "plane", 0},
		}, []int{0, 0, 0, 0}},
		"item that goes on": {[]shape{
			{read.Paragraph, 0, "Steps:", 0}, {read.ListItem, 1, "Log in", 0}, {read.Paragraph, 0, "Use the token.", 2}, {read.ListItem, 2, "plug it in", 2}, {read.ListItem, 1, "Wait", 0},
		}, []int{0, 1, 2, 3, 1}},
		"table and code that are announced": {[]shape{
			{read.Paragraph, 0, "Prices:", 0}, {read.TableRow, 0, "a | 1", 0}, {read.TableRow, 0, "b | 2", 0},
			{read.Paragraph, 0, "Not announced.", 0}, {read.Code, 0, "ls", 0}, {read.Paragraph, 0, "Run:", 0}, {read.Code, 0, "make", 0},
		}, []int{0, 1, 1, 0, 0, 0, 6}},
		"heading that asks": {[]shape{
			{read.Heading, 2, "Wer darf mit?", 0}, {read.Paragraph, 0, "Alle ab zwölf.", 0}, {read.Paragraph, 0, "Mit Ausweis:", 0}, {read.ListItem, 1, "Pass", 0},
			{read.Heading, 2, "Kosten", 0}, {read.Paragraph, 0, "Keine.", 0},
		}, []int{0, 1, 1, 3, 0, 0}},
		"last question of a section": {[]shape{
			{read.Question, 0, "Q: One?", 0}, {read.Paragraph, 0, "A: First.", 0}, {read.Paragraph, 0, "And more.", 0}, {read.Question, 0, "Q: Two?", 0},
			{read.Paragraph, 0, "A: Both of:", 0}, {read.ListItem, 1, "x", 0}, {read.Paragraph, 0, "Printed in Leeds.", 0},
		}, []int{0, 1, 1, 0, 4, 5, 0}},
		"paragraphs that ask by turns": {[]shape{
			{read.Paragraph, 0, "Puis-je venir ?", 0}, {read.Paragraph, 0, "Oui.", 0}, {read.Paragraph, 0, "Et partir ?", 0}, {read.Paragraph, 0, "Non.", 0},
		}, []int{0, 1, 0, 3}},
		"one that asks its reader": {[]shape{
			{read.Paragraph, 0, "Hello,", 0}, {read.Paragraph, 0, "Can you come?", 0}, {read.Paragraph, 0, "Thanks.", 0},
		}, []int{0, 0, 0}},
		"replies within a mail": {[]shape{
			{read.Paragraph, 0, "Ada wrote:", 0}, {read.Quoted, 1, "> When?", 0}, {read.Paragraph, 0, "Monday.", 0}, {read.Quoted, 2, ">> Where?", 0},
			{read.Quoted, 1, "> Here.", 0}, {read.Paragraph, 0, "Good.", 0}, {read.Paragraph, 0, "Ben", 0},
		}, []int{0, 1, 2, 0, 4, 5, 0}},
		"terms": {[]shape{
			{read.Term, 0, "Gold", 0}, {read.Definition, 0, "2 hours", 0}, {read.Definition, 0, "by telephone", 0}, {read.Term, 0, "Silver", 0}, {read.Definition, 0, "8 hours", 0},
		}, []int{0, 1, 1, 0, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := composed(test.shapes)
			readtest.Check(t, doc)
			var got []int
			for _, b := range doc.Blocks {
				got = append(got, b.Lead)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRelateHolds relates any blocks: leads point backwards, also within
// another document and without furniture.
func TestRelateHolds(t *testing.T) {
	texts := []string{"What is it?", "Colours:", "A plain sentence.", "- x", "Depot: Leeds", "> said", "…"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var shapes []shape
		for i := range 1 + random.IntN(12) {
			s := shape{kind: read.Kind(random.IntN(int(read.Furniture) + 1)), text: texts[random.IntN(len(texts))]}
			switch s.kind {
			case read.Heading, read.ListItem, read.Quoted:
				s.level = 1 + random.IntN(3)
			}
			if s.lead = random.IntN(4 * (i + 1)); s.lead > i || s.lead > 0 && shapes[s.lead-1].kind == read.Furniture {
				s.lead = 0
			}
			shapes = append(shapes, s)
		}
		doc := composed(shapes)
		readtest.Check(t, doc)
		var c read.Builder
		c.Add(read.Paragraph, 0, "Above.")
		c.Include(doc)
		whole := c.Document()
		whole.Title = "test"
		readtest.Check(t, whole)
		if bare := doc.Without(read.Furniture); strings.TrimSpace(bare.Text) != "" {
			readtest.Check(t, bare)
		}
	}
}

// A merged cell is where it stands, also in what was copied.
func TestMergedCells(t *testing.T) {
	var c read.Builder
	c.Add(read.Furniture, 0, "page 1")
	c.AddHeader([]string{"Day", "Hours", ""})
	c.Share(2, c.Blocks[1].Cells[1])
	c.AddHeader([]string{"", "from", "to"})
	c.Share(0, c.Blocks[1].Cells[0])
	c.AddRow([]string{"Monday", "9", "12"})
	c.AddRow([]string{"", "14", "18"})
	c.Share(0, c.Blocks[3].Cells[0])
	doc := c.Document()
	doc.Title = "test"
	var d read.Builder
	d.Add(read.Paragraph, 0, "Above.")
	d.Include(doc)
	for _, doc := range []read.Document{doc, doc.Without(read.Furniture), d.Document()} {
		doc.Title = "test"
		readtest.Check(t, doc)
		var got []string
		for _, b := range doc.Blocks {
			for _, cell := range b.Cells {
				got = append(got, doc.Text[cell.Start:cell.End])
			}
		}
		if diff := cmp.Diff("Day Hours Hours Day from to Monday 9 12 Monday 14 18", strings.Join(got, " ")); diff != "" {
			t.Error(diff)
		}
		if last := doc.Blocks[len(doc.Blocks)-1]; doc.Blocks[last.Header-1].Lead != last.Header-1 {
			t.Errorf("the second header row is led by %d", doc.Blocks[last.Header-1].Lead)
		}
	}
}

func TestStatus(t *testing.T) {
	for word, want := range map[string]string{"Draft": "draft", "obsolète": "superseded", "ARCHIVED.": "archived", "final": "", "": "", "En relecture": "draft"} {
		if got := read.Status(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}
