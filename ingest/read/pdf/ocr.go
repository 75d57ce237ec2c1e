package pdf

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium/requests"

	"docent/ingest/read"
	"docent/rag/lang"
)

const (
	// ocrResolution is that of the pictures of pages, in dots an inch.
	ocrResolution = 200
	// mostPixels bounds a picture; larger pages get a lower resolution.
	mostPixels = 16 << 20
)

// ocrLanguages are those asked for by themselves, where they are installed.
var ocrLanguages = []string{"fra", "eng", "deu", "spa", "ita"}

// ocr reads pictures of pages with tesseract.
type ocr struct {
	// program is "" where there is none, or where none is wanted.
	program, languages string
	// until is when to stop, so that what has been read by then is not lost.
	until time.Time
	late  bool
	err   error
}

func newOCR(o read.Options) *ocr {
	r := &ocr{until: time.Now().Add(o.Limits.MaxOCR())}
	if o.OCR == "off" {
		return r
	}
	program, err := exec.LookPath(cmp.Or(o.Tesseract, "tesseract"))
	if err != nil {
		return r
	}
	r.program = program
	if o.OCR != "auto" {
		r.languages = o.OCR
	}
	return r
}

// page returns the text of a page that is a picture, "" where it cannot.
func (o *ocr) page(ctx context.Context, f *pdfFile, i int) (string, error) {
	if o.program == "" || o.late || o.err != nil {
		return "", nil
	}
	bound, cancel := context.WithDeadline(ctx, o.until)
	defer cancel()
	text, err := o.recognise(bound, f, i)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case bound.Err() != nil:
		o.late = true
		return "", nil
	case errors.Is(err, errEngine):
		return "", err
	}
	o.err = err
	return strings.TrimSpace(text), nil
}

func (o *ocr) recognise(ctx context.Context, f *pdfFile, i int) (text string, err error) {
	if o.languages == "" {
		if o.languages, err = installed(ctx, o.program); err != nil {
			return "", err
		}
	}
	picture, err := f.picturePNG(i)
	if err != nil {
		return "", err
	}
	return tesseract(ctx, o.program, o.languages, picture)
}

// installed returns the languages to read in, as tesseract wants them.
func installed(ctx context.Context, program string) (string, error) {
	out, err := exec.CommandContext(ctx, program, "--list-langs").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("list the languages of tesseract: %w", err)
	}
	have := strings.Fields(string(out))
	var languages []string
	for _, l := range ocrLanguages {
		if slices.Contains(have, l) {
			languages = append(languages, l)
		}
	}
	if len(languages) == 0 {
		return "eng", nil
	}
	return strings.Join(languages, "+"), nil
}

func tesseract(ctx context.Context, program, languages string, picture []byte) (string, error) {
	c := exec.CommandContext(ctx, program, "stdin", "stdout", "-l", languages)
	read.EndWithParent(c)
	// More threads than one make it slower, and processors are shared.
	c.Env = append(c.Environ(), "OMP_THREAD_LIMIT=1")
	c.Stdin = bytes.NewReader(picture)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("tesseract: %w: %s", err, lang.OneLine(read.Clean(clipped(errs.String(), 200))))
	}
	return string(out), nil
}

func clipped(s string, n int) string { return s[:min(n, len(s))] }

// picturePNG is a picture of a page.
func (f *pdfFile) picturePNG(i int) ([]byte, error) {
	picture, free, err := f.render(i, ocrResolution, mostPixels)
	if err != nil {
		return nil, err
	}
	defer free()
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, grey(picture)); err != nil {
		return nil, fmt.Errorf("write a picture of page %d: %w", i+1, err)
	}
	return b.Bytes(), nil
}

// render is a picture of a page, in so many dots an inch unless that were too many
// in all, until it is freed.
func (f *pdfFile) render(i, dots int, most float64) (picture image.Image, free func(), err error) {
	size, err := f.engine.GetPageSize(&requests.GetPageSize{Page: f.at(i)})
	if err != nil {
		return nil, nil, f.pageError(err)
	}
	for dots > 10 && size.Width*size.Height/72/72*float64(dots*dots) > most {
		dots = dots * 4 / 5
	}
	rendered, err := f.engine.RenderPageInDPI(&requests.RenderPageInDPI{Page: f.at(i), DPI: dots})
	if err != nil {
		return nil, nil, f.pageError(err)
	}
	return rendered.Result.RenderedImage, rendered.Cleanup, nil
}

// grey is a picture in a quarter of the bytes.
func grey(from image.Image) image.Image {
	to := image.NewGray(from.Bounds())
	draw.Draw(to, to.Rect, from, to.Rect.Min, draw.Src)
	return to
}

// cutWord is a word that the end of a line cuts.
var cutWord = regexp.MustCompile(`(\pL\pL)-\n(\p{Ll})`)

// recognisedLines are the paragraphs of a recognised page, each as a line.
func recognisedLines(text string, page int) []textLine {
	var lines []textLine
	for paragraph := range strings.SplitSeq(cutWord.ReplaceAllString(text, "$1$2"), "\n\n") {
		if paragraph = lang.OneLine(paragraph); paragraph != "" {
			lines = append(lines, textLine{text: paragraph, page: page, apart: true})
		}
	}
	return lines
}

// warnings say what became of the pages that are pictures.
func (o *ocr) warnings(scanned, recognised, pages int) []string {
	var said []string
	if recognised > 0 {
		said = append(said, fmt.Sprintf("%d of %d pages are scanned: their text was recognised by tesseract and may have errors", recognised, pages))
	}
	if missing := scanned - recognised; missing > 0 {
		said = append(said, fmt.Sprintf("%d of %d pages are scanned, without text", missing, pages))
	}
	switch {
	case o.err != nil:
		said = append(said, fmt.Sprintf("scanned pages could not be recognised: %v", o.err))
	case o.late:
		said = append(said, "there was not the time to recognise all scanned pages")
	}
	return said
}
