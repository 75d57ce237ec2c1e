package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/pdf"
	"docent/ingest/read/readtest"
)

// TestPDFDamaged reads files that are cut or changed at random: each is read or
// refused, and nothing fails.
func TestPDFDamaged(t *testing.T) {
	whole := bookPDF(2)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 100 {
		data := bytes.Clone(whole)
		if i%2 == 0 {
			data = data[:r.IntN(len(data))]
		} else {
			for range 1 + r.IntN(50) {
				data[r.IntN(len(data))] = byte(r.IntN(256))
			}
		}
		doc, err := readPDF(t, append([]byte("%PDF-1.7\n"), data...))
		if err == nil {
			readtest.Check(t, doc)
		}
	}
	for name, data := range map[string]string{"no pages": "%PDF-1.7\nstuff", "nothing": "%PDF-"} {
		_, err := readPDF(t, []byte(data))
		if err == nil || !strings.HasPrefix(err.Error(), "damaged PDF: ") {
			t.Errorf("%s: got %v, want that it is damaged", name, err)
		}
	}
}

func TestPDFLimits(t *testing.T) {
	data := bookPDF(3)
	for name, limits := range map[string]read.Limits{"of the file": {File: 1000}, "of the text": {Document: 5000}} {
		formats := pdf.WithEngineOf(pdfFormats(), read.Options{Limits: limits})
		for _, err := range formats.Read(t.Context(), read.Bytes("a.pdf", data)) {
			var limit *read.LimitError
			if !errors.As(err, &limit) || limit.Limit != max(limits.File, limits.Document) {
				t.Errorf("the limit %s: got %v", name, err)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range pdfFormats().Read(ctx, read.Bytes("a.pdf", data)) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: got %v", err)
		}
	}
}
