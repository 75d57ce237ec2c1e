package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"docent/ingest/read"
)

// Format is the format of PDF files.
func Format(o read.Options) read.Format {
	pdf := newReader(o)
	return read.Format{
		Name: "PDF", Extensions: []string{".pdf"}, Sure: true, Risky: true, Start: pdf.start,
		Match:  func(s *read.Sample) bool { return bytes.Contains(s.Head[:min(len(s.Head), 1024)], []byte("%PDF-")) },
		Reader: pdf,
	}
}

// reader reads PDF files with PDFium. What PDFium gives is a stream of
// characters with their places; lines, paragraphs, tables, headings, running
// heads and the words that line ends cut are made of it here.
//
// A page's text stands in blocks of that page. The one exception is a sentence
// that a page break cuts: it is whole, in a block of the page that it begins
// on, and what follows it is in a block of the next page. So a quote of whole
// sentences is on the page that its block says.
type reader struct {
	options read.Options
	params  Params
	engine  *pdfEngine
}

func newReader(o read.Options) reader {
	return reader{options: o, params: DefaultParams(), engine: &pdfEngine{cache: o.Cache}}
}

func (p reader) start(ctx context.Context) error {
	_, err := p.engine.started(ctx)
	return err
}

func (p reader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return read.Func(func(ctx context.Context, in read.Input) (read.Document, error) {
		if err := in.Within(p.options.Limits.MaxFile()); err != nil {
			return read.Document{}, err
		}
		r := reading{reader: p, in: in}
		defer r.close()
		if err := r.open(ctx); err != nil {
			return read.Document{}, err
		}
		if err := r.pages(ctx); err != nil {
			return read.Document{}, err
		}
		return r.document()
	}).Read(ctx, in)
}

// reading is the reading of one file.
type reading struct {
	reader
	in   read.Input
	file *pdfFile
	text layout
	// bytes is the size of the text so far.
	bytes int64
	// scanned, recognised and broken count the pages that are pictures, those
	// of them that OCR has read, and those that cannot be read at all.
	scanned, recognised, broken int
	warnings                    []string
}

// mostFailures is how often the engine may fail on one document.
const mostFailures = 3

func (r *reading) open(ctx context.Context) error {
	file, err := r.engine.open(ctx, r.in, r.options.Passwords)
	if err != nil {
		return err
	}
	r.file = file
	return nil
}

func (r *reading) close() {
	if r.file != nil {
		r.file.close()
		r.file = nil
	}
}

// pages reads the pages, each by itself. Where the engine fails on one, the
// others are read with a fresh engine.
func (r *reading) pages(ctx context.Context) error {
	r.text = layout{params: r.params, info: r.file.info()}
	count := r.file.pages
	if most := r.options.Limits.MaxPages(); count > most {
		r.warnings = append(r.warnings, fmt.Sprintf("only the first %d of %d pages are read", most, count))
		count = most
	}
	failures := 0
	for i := range count {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := r.page(i)
		var limit *read.LimitError
		switch {
		case err == nil:
			continue
		case errors.As(err, &limit):
			return err
		}
		r.broken++
		if !errors.Is(err, errEngine) {
			continue
		}
		r.close()
		if failures++; failures == mostFailures || i+1 == count {
			if len(r.text.pages) == 0 {
				return fmt.Errorf("page %d: %w", i+1, err)
			}
			r.broken += count - i - 1
			break
		}
		if err := r.open(ctx); err != nil {
			return err
		}
	}
	if r.broken > 0 {
		r.warnings = append(r.warnings, fmt.Sprintf("%d of %d pages could not be read", r.broken, count))
	}
	return r.recognise(ctx, count)
}

// page reads one page.
func (r *reading) page(i int) error {
	page, err := r.file.page(i)
	if err != nil {
		return err
	}
	page.makeLines(r.params)
	if page.letters < stampLetters {
		page.picture = r.file.picture(i, page)
	}
	for _, l := range page.lines {
		r.bytes += int64(len(l.text))
	}
	if limit := r.options.Limits.MaxDocument(); r.bytes > limit {
		return &read.LimitError{Limit: limit}
	}
	r.text.pages = append(r.text.pages, page)
	return nil
}

const (
	// stampLetters is the number under which what a page has may be a stamp on
	// a picture, if other pages have it too.
	stampLetters = 250
)

// recognise has the pages that are pictures read by OCR.
func (r *reading) recognise(ctx context.Context, count int) error {
	ocr := newOCR(r.options)
	for _, page := range r.text.pictures() {
		r.scanned++
		if r.file == nil {
			continue
		}
		text, err := ocr.page(ctx, r.file, page.number-1)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errEngine):
			r.close() // no more pictures; what was read stays
		case text != "":
			r.recognised++
			page.lines = append(page.lines, recognisedLines(text, page.number)...)
		}
	}
	r.warnings = append(r.warnings, ocr.warnings(r.scanned, r.recognised, count)...)
	return nil
}

func (r *reading) document() (read.Document, error) {
	if r.scanned > 0 && r.recognised == 0 && r.text.onlyPictures() {
		return read.Document{}, read.ErrScanned
	}
	doc := r.text.document()
	if doc.Text == "" && r.broken > 0 {
		return read.Document{}, fmt.Errorf("damaged PDF: none of its %d pages can be read", r.broken)
	}
	foreign := 0
	for _, p := range r.text.pages {
		if p.foreign {
			foreign++
		}
	}
	if foreign > 0 {
		r.warnings = append(r.warnings, fmt.Sprintf("%d of %d pages have fonts that do not say what their characters mean: their text may be unreadable", foreign, len(r.text.pages)))
	}
	doc.Warnings = r.warnings
	return doc, nil
}
