package pdf_test

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"docent/ingest/read/readtest"
)

// pdfWriter writes small PDF files by hand.
type pdfWriter struct {
	objects []string
	pages   []int
	// info and catalog are more entries of those dictionaries.
	info, catalog string
	// page is more of what each page has.
	page string
}

// The objects that every file has.
const (
	pdfCatalog = iota + 1
	countPages
	pdfInfoObject
	pdfSans
	pdfSerif
	reserved
)

// object adds an object and returns its number.
func (w *pdfWriter) object(body string) int {
	w.objects = append(w.objects, body)
	return reserved - 1 + len(w.objects)
}

func (w *pdfWriter) stream(dict, data string) int {
	return w.object(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data))
}

// drawnFont adds a font, as /T of the pages that follow, that draws boxes for
// characters: codes with the names of those from there on.
func (w *pdfWriter) drawnFont(differences string) {
	box := w.stream("", "500 0 0 0 500 700 d1 0 0 450 700 re f")
	var procs strings.Builder
	for name := range strings.FieldsSeq(differences) {
		if strings.HasPrefix(name, "/") && name != "/space" {
			fmt.Fprintf(&procs, "%s %d 0 R ", name, box)
		}
	}
	font := w.object(fmt.Sprintf("<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 0 /LastChar 122 /Widths [%s] "+
		"/CharProcs << %s >> /Encoding << /Type /Encoding /Differences [%s] >> >>", strings.Repeat("500 ", 123), procs.String(), differences))
	w.page = fmt.Sprintf("/Font << /T %d 0 R >>", font)
}

// add adds a page of 600 by 800 points; extra entries may follow.
func (w *pdfWriter) add(content string, extra ...string) int {
	contents := w.stream("", content)
	page := w.object(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "+
		"/Resources << /Font << /Sans %d 0 R /Serif %d 0 R >> %s >> %s >>", countPages, contents, pdfSans, pdfSerif, w.page, strings.Join(extra, " ")))
	w.pages = append(w.pages, page)
	return page
}

func (w *pdfWriter) bytes() []byte {
	font := "<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
	kids := make([]string, len(w.pages))
	for i, p := range w.pages {
		kids[i] = fmt.Sprintf("%d 0 R", p)
	}
	return readtest.PDF(append([]string{
		fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R %s >>", countPages, w.catalog),
		fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids)),
		fmt.Sprintf("<< %s >>", w.info),
		fmt.Sprintf(font, "Helvetica"), fmt.Sprintf(font, "Times-Roman"),
	}, w.objects...), fmt.Sprintf("/Info %d 0 R", pdfInfoObject))
}

// pdfString is a string as PDF writes it, in Windows-1252.
func pdfString(s string) string {
	encoded, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(encoded) + ")"
}

// at is text at a place of a page, from the lower left corner.
func at(x, y float64, font string, size float64, text string) string {
	return fmt.Sprintf("BT /%s %g Tf %g %g Td %s Tj ET\n", font, size, x, y, pdfString(text))
}

// lines are lines of ten points under one another, from a place on.
func lines(x, y float64, text ...string) string {
	var b strings.Builder
	for i, line := range text {
		b.WriteString(at(x, y-12*float64(i), "Serif", 10, line))
	}
	return b.String()
}
