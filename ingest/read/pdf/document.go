package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"docent/ingest/read"
)

// pdfFile is a PDF that is open in an engine of its own.
type pdfFile struct {
	engine pdfium.Pdfium
	doc    references.FPDF_DOCUMENT
	pages  int
	// form is set where the document has fields to fill in.
	form bool
	// fields is what these are asked through, nil where they cannot be.
	fields *references.FPDF_FORMHANDLE
	// failed is set when the engine is not to be called any more.
	failed bool
}

// open opens a file with one of the passwords, or without any.
func (e *pdfEngine) open(ctx context.Context, in read.Input, passwords []string) (*pdfFile, error) {
	engine, err := e.instance(ctx)
	if err != nil {
		return nil, err
	}
	f := &pdfFile{engine: engine}
	if err := f.open(in, passwords); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *pdfFile) open(in read.Input, passwords []string) error {
	// The engine asks for the parts that it needs: a large file is not copied.
	request := &requests.OpenDocument{FileReader: in.NewSection(), FileReaderSize: in.Size}
	opened, err := f.engine.OpenDocument(request)
	for _, password := range passwords {
		if !errors.Is(err, pdfiumerrors.ErrPassword) {
			break
		}
		request.Password = &password
		opened, err = f.engine.OpenDocument(request)
	}
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return read.ErrProtected
	case isPDFiumError(err):
		return fmt.Errorf("damaged PDF: %w", err)
	case err != nil:
		return f.fail(err)
	}
	f.doc = opened.Document
	count, err := f.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.doc})
	if err != nil {
		return f.fail(err)
	}
	if count.PageCount < 1 {
		return errors.New("damaged PDF: it has no pages")
	}
	f.pages = count.PageCount
	form, err := f.engine.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: f.doc})
	if f.form = err == nil && form.FormType != enums.FPDF_FORMTYPE_NONE; f.form {
		f.openForm()
	}
	return nil
}

// isPDFiumError reports whether an error is PDFium's about a document, and
// none of its running.
func isPDFiumError(err error) bool {
	for _, known := range []error{pdfiumerrors.ErrSuccess, pdfiumerrors.ErrUnknown, pdfiumerrors.ErrFile,
		pdfiumerrors.ErrFormat, pdfiumerrors.ErrPage, pdfiumerrors.ErrUnexpected} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// fail notes that the engine cannot go on.
func (f *pdfFile) fail(err error) error {
	f.failed = true
	reason, _, _ := strings.Cut(err.Error(), "\n") // its stack follows
	return fmt.Errorf("%w (%s)", errEngine, reason)
}

// close gives the engine's memory back. One that has failed is not asked to
// tidy up, only dropped.
func (f *pdfFile) close() {
	if f.failed {
		_ = f.engine.Kill() // there is nothing to do about its failing twice
		return
	}
	_ = f.engine.Close()
}

func (f *pdfFile) at(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: i}}
}

// page returns the characters of a page with their places.
func (f *pdfFile) page(i int) (*pdfPage, error) {
	box, err := f.engine.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: f.at(i)})
	if err != nil {
		return nil, f.pageError(err)
	}
	turned, err := f.engine.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: f.at(i)})
	if err != nil {
		return nil, f.pageError(err)
	}
	frame := newFrame(box.Rect, turned.PageRotation)
	glyphs, err := f.glyphs(i, frame)
	if err != nil {
		return nil, err
	}
	page := &pdfPage{number: i + 1, width: frame.width, height: frame.height, glyphs: glyphs}
	if f.form {
		page.widgets = f.widgets(i, frame)
		filled, err := f.filled(i, frame)
		if err != nil {
			return nil, err
		}
		// What is longer has more of what a person sees: a field without an
		// appearance may hide what stood there.
		if len(filled) >= len(glyphs) {
			page.glyphs, page.printed = filled, len(glyphs)
		}
	}
	return page, f.see(i, page)
}

// filled returns the characters of a page with the values of its fields, which
// stand after all others.
func (f *pdfFile) filled(i int, frame frame) ([]glyph, error) {
	flat, err := f.engine.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: f.at(i), Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err != nil {
		return nil, f.pageError(err)
	}
	if flat.Result != responses.FPDFPage_FlattenResultSuccess {
		return nil, nil
	}
	return f.glyphs(i, frame)
}

func (f *pdfFile) glyphs(i int, frame frame) ([]glyph, error) {
	text, err := f.engine.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: f.at(i), Mode: requests.GetPageTextStructuredModeChars,
	})
	if err != nil {
		return nil, f.pageError(err)
	}
	glyphs := make([]glyph, 0, len(text.Chars))
	for _, c := range text.Chars {
		for _, r := range c.Text {
			g := frame.glyph(r, c.PointPosition)
			g.r = g.nameless()
			glyphs = append(glyphs, g)
		}
	}
	return glyphs, nil
}

// pageError tells a page that cannot be read from an engine that cannot.
func (f *pdfFile) pageError(err error) error {
	if isPDFiumError(err) {
		return err
	}
	return f.fail(err)
}

// mostLooked bounds the objects of a page that are asked for what they are.
const mostLooked = 200

// picture reports whether a page shows something beside its few letters: where
// there are hardly any, an image or drawings as of letters, elsewhere an image
// that fills half of the page.
func (f *pdfFile) picture(i int, page *pdfPage) bool {
	count, err := f.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: f.at(i)})
	if err != nil {
		return false
	}
	var drawn int
	for at := range min(count.Count, mostLooked) {
		object, err := f.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: f.at(i), Index: at})
		if err != nil {
			continue
		}
		kind, err := f.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		switch {
		case err != nil:
		case kind.Type == enums.FPDF_PAGEOBJ_IMAGE || kind.Type == enums.FPDF_PAGEOBJ_FORM:
			if page.letters < fewLetters || f.area(object.PageObject)*2 > page.width*page.height {
				return true
			}
		case kind.Type == enums.FPDF_PAGEOBJ_PATH:
			drawn++
		}
	}
	return page.letters < fewLetters && drawn >= fewLetters
}

func (f *pdfFile) area(object references.FPDF_PAGEOBJECT) float32 {
	b, err := f.engine.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
	if err != nil {
		return 0
	}
	return (b.Right - b.Left) * (b.Top - b.Bottom)
}
