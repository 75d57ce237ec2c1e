package read_test

import (
	"errors"
	"strings"
	"testing"

	"docent/ingest/read"
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
		"brackets":    strings.Repeat("[", 50_000) + "end",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := read1(t, "a.md", []byte(data))
			if err != nil || doc.Text != strings.TrimSpace(data) {
				t.Errorf("got %d bytes, %v; want the %d bytes of the file", len(doc.Text), err, len(data))
			}
		})
	}
}

func TestDeepPage(t *testing.T) {
	const depth = 100_000
	page := "<html><title>Deep</title><style>no</style><script>no</script>" + strings.Repeat("<div>", depth) + "Found &amp; kept.<p>Twice<b>.</b>"
	doc, err := read1(t, "a.html", []byte(page))
	if err != nil || doc.Text != "Found & kept.\n\nTwice." || doc.Title != "Deep" {
		t.Errorf("got %q titled %q, %v", doc.Text, doc.Title, err)
	}
}

func TestLongRecords(t *testing.T) {
	formats := read.Formats(read.Options{Limits: read.Limits{Document: 1 << 20}})
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
	doc, err := read1(t, "a.jsonl", []byte(wide.String()))
	if err != nil || doc.Key != "a" || doc.Text != "Oui." {
		t.Errorf("got %+v, %v", doc, err)
	}
}
