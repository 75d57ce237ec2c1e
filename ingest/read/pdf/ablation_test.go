package pdf

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"docent/ingest/read"
)

// leastPDFWords is the F1 of words that real files are read with, at least.
const leastPDFWords = 0.98

// TestAblation prints what each rule of the layout buys, as points that the
// scores move by without it. With DOCENT_ALL its numbers are moved too, and the
// files of the question sets are read, which takes some minutes.
func TestAblation(t *testing.T) {
	sets, long := []pdfSet{loadersSet(t)}, os.Getenv("DOCENT_ALL") != ""
	if long {
		sets = append(sets, questionSet(t, "pdf-en"), questionSet(t, "pdf-fr"))
	}
	all := scorePDF(sets, DefaultParams())
	if all.words < leastPDFWords {
		t.Errorf("F1 of words is %.4f, want at least %.2f", all.words, leastPDFWords)
	}
	t.Logf("%-22s %8s %8s %8s %8s %8s %8s %8s %7s", "without", "words", "pairs", "pages", "whole", "found", "true", "nDCG", "blocks")
	t.Logf("%-22s %s", "(nothing)", all)
	for _, v := range variants(long) {
		t.Logf("%-22s %s", v.name, scorePDF(sets, v.params).minus(all))
	}
}

type pdfVariant struct {
	name   string
	params Params
}

// variants are the layout without each rule and, if numbers are wanted, with
// each of these a fifth smaller and a quarter larger.
func variants(numbers bool) []pdfVariant {
	var all []pdfVariant
	fields := reflect.TypeFor[Params]()
	for i := range fields.NumField() {
		add := func(suffix string, change func(reflect.Value)) {
			v := pdfVariant{fields.Field(i).Name + suffix, DefaultParams()}
			change(reflect.ValueOf(&v.params).Elem().Field(i))
			all = append(all, v)
		}
		switch kind := fields.Field(i).Type.Kind(); {
		case kind == reflect.Bool:
			add("", func(v reflect.Value) { v.SetBool(false) })
		case !numbers:
		case kind == reflect.Int:
			add(" - 1", func(v reflect.Value) { v.SetInt(v.Int() - 1) })
			add(" + 1", func(v reflect.Value) { v.SetInt(v.Int() + 1) })
		default:
			add(" * 0.8", func(v reflect.Value) { v.SetFloat(v.Float() * 0.8) })
			add(" * 1.25", func(v reflect.Value) { v.SetFloat(v.Float() * 1.25) })
		}
	}
	return all
}

// pdfSet is a set of files with what is known of them.
type pdfSet struct {
	files []pdfSample
	// questions are those whose pages are known, by "file#page".
	questions []pdfQuestion
}

type pdfQuestion struct {
	text  string
	pages map[string]bool
}

// pdfSample is a file as the engine gives it, read once for all variants, with
// the text of the whole or of each page, and its headings where they are known.
type pdfSample struct {
	name     string
	info     pdfInfo
	pages    []*pdfPage
	text     []string
	byPage   bool
	headings []string
}

func (f pdfSample) document(params Params) read.Document {
	text := layout{params: params, info: f.info}
	for _, p := range f.pages {
		page := *p
		page.glyphs = slices.Clone(p.glyphs)
		page.makeLines(params)
		text.pages = append(text.pages, &page)
	}
	return text.document()
}

// sharedFiles holds files of others, which are not everywhere.
const sharedFiles = "../../../../shared"

// sample reads a file; ok is false for one without a text of its own.
func sample(t *testing.T, e *pdfEngine, path string) (f pdfSample, ok bool) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the files to read are not here: %v", err)
	}
	file, err := e.open(t.Context(), read.Bytes(path, data), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.close()
	f = pdfSample{name: filepath.Base(path), info: file.info()}
	for i := range file.pages {
		page, err := file.page(i)
		if err != nil {
			t.Fatal(err)
		}
		ok = ok || len(page.glyphs) > 0
		f.pages = append(f.pages, page)
	}
	return f, ok
}

func ablationEngine() *pdfEngine {
	return &pdfEngine{cache: filepath.Join(os.TempDir(), "docent-tests")}
}

// loadersSet is the files with a reference text, of which one in Markdown has
// the headings.
func loadersSet(t *testing.T) pdfSet {
	t.Helper()
	var set pdfSet
	engine := ablationEngine()
	references, _ := filepath.Glob(filepath.Join(sharedFiles, "loaders/ref/*.pdf.ref.txt")) // none is none
	for _, path := range references {
		name := strings.TrimSuffix(filepath.Base(path), ".ref.txt")
		f, _ := sample(t, engine, filepath.Join(sharedFiles, "loaders/files", name))
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f.text = []string{string(text)}
		for line := range strings.Lines(string(text)) {
			if title, ok := strings.CutPrefix(line, "## "); ok {
				f.headings = append(f.headings, letters(title))
			}
		}
		set.files = append(set.files, f)
	}
	if len(set.files) == 0 {
		t.Skipf("there are no files to read in %s", sharedFiles)
	}
	return set
}

// questionSet is the files of a set of questions, with the text of each page
// and the headings of the outline, where there is one worth the name.
func questionSet(t *testing.T, name string) pdfSet {
	t.Helper()
	folder := filepath.Join(sharedFiles, "eval", name)
	var set pdfSet
	texts := make(map[string][]string)
	eachJSON(t, filepath.Join(folder, "corpus.jsonl"), func(p struct{ Doc, Text string }) {
		texts[p.Doc] = append(texts[p.Doc], p.Text)
	})
	engine, began := ablationEngine(), time.Now()
	paths, _ := filepath.Glob(filepath.Join(folder, "docs", "*.pdf")) // none is none
	for _, path := range paths {
		f, ok := sample(t, engine, path)
		if !ok {
			continue // scanned
		}
		f.text, f.byPage = texts[f.name], true
		for _, b := range f.info.bookmarks {
			f.headings = append(f.headings, letters(b.title))
		}
		if len(f.headings) < 5 {
			f.headings = nil
		}
		set.files = append(set.files, f)
	}
	t.Logf("%s: %d files read in %v", name, len(set.files), time.Since(began).Round(time.Millisecond))
	set.questions = judgedQuestions(t, folder)
	return set
}

func judgedQuestions(t *testing.T, folder string) []pdfQuestion {
	t.Helper()
	judged, err := os.ReadFile(filepath.Join(folder, "qrels.tsv"))
	if err != nil {
		t.Skipf("the questions are not here: %v", err)
	}
	pages := make(map[string]map[string]bool)
	for line := range strings.Lines(string(judged)) {
		fields := strings.Split(line, "\t")
		name, page, paged := strings.Cut(fields[1], "#")
		if !paged {
			continue // the names of the columns
		}
		if pages[fields[0]] == nil {
			pages[fields[0]] = make(map[string]bool)
		}
		pages[fields[0]][strings.TrimSuffix(name, ".pdf")+"#"+page] = true
	}
	var questions []pdfQuestion
	eachJSON(t, filepath.Join(folder, "queries.jsonl"), func(q struct {
		ID   string `json:"_id"`
		Text string
	}) {
		if gold := pages[q.ID]; gold != nil {
			questions = append(questions, pdfQuestion{q.Text, gold})
		}
	})
	return questions
}

func eachJSON[T any](t *testing.T, path string, f func(T)) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the files to read are not here: %v", err)
	}
	for line := range strings.Lines(string(data)) {
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(fmt.Errorf("%s: %w", path, err))
		}
		f(v)
	}
}
