package formats_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// TestHostileMarkdown reads what would keep the parser busy for minutes: as
// plain text, with nothing lost.
func TestHostileMarkdown(t *testing.T) {
	for name, data := range map[string]string{
		"quotes":      strings.Repeat("> ", 50_000) + "end",
		"list marks":  strings.Repeat("- ", 50_000) + "end",
		"indentation": "- a\n" + strings.Repeat(" ", 5000) + "- end",
		"definitions": strings.Repeat("[a]: b\n", 6000) + "end",
		"wide table":  strings.Repeat("|a", 5000) + "\n" + strings.Repeat("|-", 5000) + "\nend",
		"long table":  strings.Repeat("|a", 150) + "\n" + strings.Repeat("|-", 150) + "\n" + strings.Repeat("|a\n", 10_000) + "end",
		"items":       strings.Repeat("- a\n", 500_000) + "end",
		"marks":       strings.Repeat("*a* ", 300_000) + "end",
		"brackets":    strings.Repeat("[", 50_000) + "end",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readtest.One(t, all, "a.md", []byte(data))
			if err != nil || doc.Text != strings.TrimSpace(data) {
				t.Errorf("got %d bytes, %v; want the %d bytes of the file", len(doc.Text), err, len(data))
			}
		})
	}
}

func TestDeepPage(t *testing.T) {
	const depth = 100_000
	page := "<html><title>Deep</title><style>no</style><script>no</script>" + strings.Repeat("<div>", depth) + "Found &amp; kept.<p>Twice<b>.</b>"
	doc, err := readtest.One(t, all, "a.html", []byte(page))
	if err != nil || doc.Text != "Found & kept.\n\nTwice." || doc.Title != "Deep" {
		t.Errorf("got %q titled %q, %v", doc.Text, doc.Title, err)
	}
}

// TestHostilePages reads pages whose trees would take gigabytes: for their
// words only.
func TestHostilePages(t *testing.T) {
	var marks strings.Builder
	for i := range 400 {
		fmt.Fprintf(&marks, "<b id=%d>", i)
	}
	for name, page := range map[string]string{
		"marks that nobody closes": marks.String() + strings.Repeat("<p>mot", 50_000),
		"elements without end":     "<p>mot<h2>Sous-<b>titre</b></h2><li>mot</li>" + strings.Repeat("<p>mot", 1_100_000),
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readtest.One(t, all, "a.html", []byte("<!DOCTYPE html><title>Titre</title>"+page))
			if err != nil || doc.Title != "Titre" || !strings.HasPrefix(doc.Text, "mot\n\n") {
				t.Fatalf("got %d bytes titled %q, %v", len(doc.Text), doc.Title, err)
			}
			for i, want := range map[int]read.Kind{0: read.Paragraph, 1: read.Heading, 2: read.ListItem, 3: read.Paragraph} {
				if b := doc.Blocks[i]; strings.HasPrefix(name, "elements") && b.Kind != want {
					t.Errorf("block %d is a %v, want a %v", i, b.Kind, want)
				}
			}
		})
	}
}

// TestHostileText reads what would keep a careless reader busy or take it too
// deep; nothing is lost of most of it.
func TestHostileText(t *testing.T) {
	for name, data := range map[string]string{
		"quotes.csv":     strings.Repeat("\"a\"\",", 300_000),
		"open.csv":       strings.Repeat("\"a,", 300_000),
		"wide.csv":       strings.Repeat("a,", 1_000_000),
		"deep.json":      strings.Repeat("[", 100_000),
		"values.json":    "[" + strings.Repeat("0,", 1_000_000) + "0]",
		"deep.rst":       strings.Repeat(".. note::\n", 1) + nested(".. note:: x", 500),
		"grid.rst":       "+-+\n" + strings.Repeat("|a|b|c\n", 100_000),
		"simple.rst":     "== ==\n" + strings.Repeat("a  b\n", 100_000),
		"marks.rst":      strings.Repeat("a\n==\n", 50_000),
		"table.adoc":     "|===\n" + strings.Repeat("|a", 300_000),
		"columns.adoc":   "[cols=\"" + strings.Repeat("999*,", 5000) + "\"]\n|===\n|a\n|===",
		"blocks.adoc":    strings.Repeat("----\na\n", 100_000),
		"table.org":      strings.Repeat("|a", 300_000) + "\n|-",
		"drawer.org":     strings.Repeat(":LOGBOOK:\n", 100_000) + "a",
		"cues.vtt":       "WEBVTT\n\n" + strings.Repeat("00:01.000 --> 99:99.000\na<v x>b\n\n", 50_000),
		"tags.srt":       "1\n00:00:01,000 --> 00:00:02,000\n" + strings.Repeat("<v a>", 300_000) + "b",
		"cells.ipynb":    `{"cells":[` + strings.Repeat(`{"cell_type":"code","source":"a"},`, 100_000) + `{}]}`,
		"lines.go":       strings.Repeat("a\n", 500_000),
		"footnotes.md":   strings.Repeat("a[^1]\n\n", 5_000) + strings.Repeat("[^1]: b\n\n", 4_900),
		"labels.txt":     strings.Repeat("a: b\nc: d?\n", 100_000),
		"heads.txt":      strings.Repeat("1. Title\n\n2. Is it so?\n\n> q\n", 50_000),
		"bars.txt":       strings.Repeat("a | b\n", 200_000),
		"quotes.md":      strings.Repeat("**a?** b\n", 30_000),
		"notes.html":     strings.Repeat("<p>a<sup><a href=#n>1</a></sup>", 20_000) + strings.Repeat("<p id=n>b", 20_000),
		"spans.html":     "<table>" + strings.Repeat("<tr><td rowspan=50 colspan=50>a<td>b", 500),
		"tables.html":    strings.Repeat("<table><tr><th>a<th>b<tr><td>c<td>", 100),
		"one-line.txt":   strings.Repeat("mot ", 2_000_000),
		"empty-lines.py": strings.Repeat("\n", 1_000_000) + "a",
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			for doc, err := range formats.All(read.Options{}).Read(t.Context(), read.Bytes(name, []byte(data))) {
				if err == nil {
					readtest.Check(t, doc)
				}
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// nested is a line again and again, each indented more.
func nested(line string, times int) string {
	var b strings.Builder
	for i := range times {
		b.WriteString(strings.Repeat(" ", 3*i) + line + "\n\n")
	}
	return b.String()
}

func TestLongRecords(t *testing.T) {
	formats := formats.All(read.Options{Limits: read.Limits{Document: 1 << 20}})
	long := `{"_id":"long","text":"` + strings.Repeat("mot ", 200_000) + `"}`
	tooLong := `{"_id":"too-long","text":"` + strings.Repeat("mot ", 300_000) + `"}`
	data := "\ufeff" + long + "\n" + tooLong + "\r\n" + `{"_id":"after","text":"Oui."}`
	var keys []string
	for doc, err := range formats.Read(t.Context(), read.Bytes("a.jsonl", []byte(data))) {
		var line *read.LineError
		var limit *read.LimitError
		switch {
		case err == nil:
			keys = append(keys, doc.Key)
		case !errors.As(err, &line) || !errors.As(err, &limit) || line.Line != 2 || limit.Size < 1_200_000:
			t.Errorf("got %v, want a LimitError of line 2", err)
		}
	}
	if got := strings.Join(keys, " "); got != "long after" {
		t.Errorf("read %s, want the lines before and after", got)
	}
}

func TestRecordsInUTF16(t *testing.T) {
	var wide strings.Builder
	wide.WriteString("\xff\xfe")
	for _, r := range "{\"_id\":\"a\",\"text\":\"Oui.\"}\r\n" {
		wide.WriteString(string(r) + "\x00")
	}
	doc, err := readtest.One(t, all, "a.jsonl", []byte(wide.String()))
	if err != nil || doc.Key != "a" || doc.Text != "Oui." {
		t.Errorf("got %+v, %v", doc, err)
	}
}
