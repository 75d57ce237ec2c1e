package ingest_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"docent/ingest"
	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/rag/lang"
)

// TestPages holds the pages of passages to those on which another program
// found their sentences: those of ../shared/eval/pdf-fr, and with DOCENT_ALL
// the English ones too.
func TestPages(t *testing.T) {
	sets := []string{"pdf-fr", "pdf-en"}
	if os.Getenv("DOCENT_ALL") == "" {
		sets = sets[:1]
	}
	formats := formats.All(read.Options{Cache: filepath.Join(os.TempDir(), "docent-tests"), OCR: "off"}) //nolint:usetesting // the PDF engine is compiled once for many tests
	for _, set := range sets {
		t.Run(set, func(t *testing.T) {
			dir := filepath.Join("../../shared/eval", set)
			var found, right int
			for file, pages := range pagesOf(t, filepath.Join(dir, "corpus.jsonl")) {
				for doc, err := range formats.Read(t.Context(), fileInput(t, filepath.Join(dir, "docs", file+".pdf"))) {
					if errors.Is(err, read.ErrScanned) {
						continue
					}
					if err != nil {
						t.Fatal(file, err)
					}
					for _, p := range ingest.Split("d", doc) {
						for _, begin := range beginnings(p.Text) {
							switch on := pagesWith(pages, begin); {
							case len(on) == 0:
								continue
							case slices.Contains(on, p.Page):
								right++
							default:
								t.Logf("%s: on page %d, not %d: %s", file, on, p.Page, begin)
							}
							found++
						}
					}
				}
			}
			t.Logf("%d of %d sentences are on the page of their passage", right, found)
			if found < 1000 || right < found-found/500 { // a few stand on a page with other line ends only
				t.Errorf("only %d of %d sentences are on the page of their passage", right, found)
			}
		})
	}
}

// pagesOf are the words of the pages of each file, by its name without its
// extension.
func pagesOf(t *testing.T, corpus string) map[string]map[int]string {
	t.Helper()
	f, err := os.Open(corpus)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here", corpus)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files := make(map[string]map[int]string)
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var page struct {
			ID   string `json:"_id"`
			Text string `json:"text"`
		}
		if err := d.Decode(&page); err != nil {
			t.Fatal(err)
		}
		file, number, _ := strings.Cut(page.ID, "#")
		file = strings.TrimSuffix(file, ".pdf")
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		if files[file] == nil {
			files[file] = make(map[int]string)
		}
		files[file][n] = plainWords(page.Text)
	}
	return files
}

func fileInput(t *testing.T, path string) read.Input {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read.Bytes(filepath.Base(path), data)
}

// plainWords are the words of a text in lower case, with a space around each.
func plainWords(text string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}

// beginnings are the first eight words of each sentence that has as many.
func beginnings(text string) []string {
	var found []string
	for _, s := range lang.Sentences(text) {
		if words := strings.Fields(plainWords(text[s.Start:s.End])); len(words) >= 8 && !strings.Contains(text[s.Start:s.End], " | ") {
			found = append(found, " "+strings.Join(words[:8], " ")+" ")
		}
	}
	return found
}

func pagesWith(pages map[int]string, words string) []int {
	var on []int
	for n, text := range pages {
		if strings.Contains(text, words) {
			on = append(on, n)
		}
	}
	slices.Sort(on)
	return on
}
