package pdf_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"docent/ingest/read"
	"docent/ingest/read/formats"
)

// bookPDF has pages as those of a book: a running head, headings, paragraphs
// of 46 lines in all, and a page number.
func bookPDF(pages int) []byte {
	var w pdfWriter
	for i := range pages {
		var b strings.Builder
		b.WriteString(at(50, 770, "Sans", 8, "A book to read, by nobody") + at(50, 740, "Sans", 16, fmt.Sprintf("Chapter %d", i+1)))
		for n := range 46 {
			b.WriteString(lines(50, 700-13*float64(n), fmt.Sprintf("Line %d of page %d is as long as the lines of books are, with some words", n, i)))
		}
		b.WriteString(at(300, 30, "Sans", 8, fmt.Sprint(i+1)))
		w.add(b.String())
	}
	return w.bytes()
}

// BenchmarkPDF reads a book of 200 pages, and where they are there the annual
// reports of ../shared. It is to be at least 120 pages a second on one core.
func BenchmarkPDF(b *testing.B) {
	files := map[string][]byte{"book": bookPDF(200)}
	shared, _ := filepath.Glob("../../../../shared/eval/pdf-en/docs/*_10K.pdf") // none is fine
	for _, path := range shared {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		files[filepath.Base(path)] = data
	}
	for name, data := range files {
		b.Run(name, func(b *testing.B) {
			if _, err := readPDF(b, data); err != nil { // starts the engine
				b.Fatal(err)
			}
			var pages int
			for b.Loop() {
				doc, err := readPDF(b, data)
				if err != nil {
					b.Fatal(err)
				}
				pages += doc.Blocks[len(doc.Blocks)-1].Page
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// BenchmarkPDFStart starts the engine with its compiled form in the cache.
func BenchmarkPDFStart(b *testing.B) {
	o := read.Options{Cache: b.TempDir(), OCR: "off"}
	var w pdfWriter
	w.add(lines(50, 700, full))
	data := w.bytes()
	start := func() {
		for _, err := range formats.All(o).Read(b.Context(), read.Bytes("a.pdf", data)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	start()
	for b.Loop() {
		start()
	}
}

// The engine starts fast where its compiled form is cached, and all the same
// where the cache cannot be written. Only DOCENT_ALL has the time to compile it
// for that once more.
func TestPDFCache(t *testing.T) {
	if raceDetector {
		t.Skip("it compiles the engine over and over")
	}
	var w pdfWriter
	w.add(lines(50, 700, full))
	notAFolder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notAFolder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	caches := []string{folder, folder}
	if os.Getenv("DOCENT_ALL") != "" {
		caches = append(caches, notAFolder)
	}
	for _, cache := range caches {
		began := time.Now()
		for doc, err := range formats.All(read.Options{Cache: cache}).Read(t.Context(), read.Bytes("a.pdf", w.bytes())) {
			if err != nil || doc.Text != full {
				t.Errorf("cache %s: got %q, %v", cache, doc.Text, err)
			}
		}
		t.Logf("cache %s: %v", cache, time.Since(began))
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) == 0 {
		t.Errorf("nothing is cached: %v", err)
	}
}
