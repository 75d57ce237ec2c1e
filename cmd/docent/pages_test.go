package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestPages asks the questions whose answers are known by page, with
// DOCENT_ALL: where the words of a quote stand on a page that answers, as
// another program reads it, the citation names a page with these words, and
// one that answers if no other page has them.
func TestPages(t *testing.T) {
	if os.Getenv("DOCENT_ALL") == "" {
		t.Skip("DOCENT_ALL is not set; the short form is TestPages of docent/ingest")
	}
	for _, set := range []string{"pdf-fr", "pdf-en"} {
		dir := filepath.Join(questionSets, set)
		pages := pageWords(t, filepath.Join(dir, "corpus.jsonl"))
		var cited, gold int
		for _, q := range reported(t, []string{"eval", "--json", "--ocr", "off", "--cache", t.TempDir(), dir})[0].Outcomes {
			if q.Answer == nil {
				continue
			}
			for _, c := range q.Answer.Citations {
				words := plainWords(c.Text)
				for _, judged := range q.Judged {
					if !strings.Contains(pages[pageName(judged)], words) {
						continue
					}
					if gold++; strings.Contains(pages[pageName(c.Document)], words) {
						cited++
					} else {
						t.Errorf("%s: %q is cited from %s, not %s", q.ID, c.Text, c.Document, judged)
					}
					break
				}
			}
		}
		t.Logf("%s: of %d quotes that stand on a page that answers, %d are cited from there", set, gold, cited)
		if gold == 0 {
			t.Errorf("%s: no quote stands on a page that answers", set)
		}
	}
}

// pageWords are the words of each page of a corpus.
func pageWords(t *testing.T, corpus string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(corpus)
	if err != nil {
		t.Skipf("no pages to compare with: %v", err)
	}
	pages := make(map[string]string)
	for line := range strings.Lines(string(data)) {
		var page struct {
			ID   string `json:"_id"`
			Text string `json:"text"`
		}
		if err := json.Unmarshal([]byte(line), &page); err != nil {
			t.Fatal(err)
		}
		pages[pageName(page.ID)] = plainWords(page.Text)
	}
	return pages
}

// pageName is what a page is called whether or not its file is with its
// extension.
func pageName(id string) string { return strings.Replace(id, ".pdf#", "#", 1) }

// plainWords are the words of a text in lower case, with a space around each.
func plainWords(text string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}
