package read

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
)

// Input is a file's bytes with its name.
type Input struct {
	// Name is a path or file name. Its extension is the second hint at the
	// format, its stem the last resort for a title.
	Name string
	// Data is read from offset 0; an *os.File and a *bytes.Reader will do.
	Data io.ReaderAt
	// Size is the number of bytes in Data.
	Size int64

	// Of a member of an archive, depth is how many archives stand around it,
	// and left how many bytes may still be unpacked of them all.
	depth int
	left  *int64
	// engine is the format's name where that has an engine, for a Pool.
	engine string
}

// Bytes is an input held in memory.
func Bytes(name string, data []byte) Input {
	return Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}
}

func (in Input) stem() string {
	base := filepath.Base(in.Name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

func (in Input) reader() io.Reader { return in.section() }

func (in Input) section() *io.SectionReader { return io.NewSectionReader(in.Data, 0, in.Size) }

// all returns the bytes, or a *LimitError when there are more than limit.
func (in Input) all(limit int64) ([]byte, error) {
	if in.Size > limit {
		return nil, &LimitError{Size: in.Size, Limit: limit}
	}
	data := make([]byte, in.Size)
	n, err := in.Data.ReadAt(data, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read %d bytes: %w", in.Size, err)
	}
	return data[:n], nil
}

// text returns a file of text, in whatever charset.
func (in Input) text(limits Limits) (string, error) {
	data, err := in.all(limits.document())
	if err != nil {
		return "", err
	}
	return decode(data)
}

// headSize is how much of a file is looked at to recognise it.
const headSize = 4096

func (in Input) head() ([]byte, error) {
	data := make([]byte, min(in.Size, headSize))
	n, err := in.Data.ReadAt(data, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the first %d bytes: %w", len(data), err)
	}
	return data[:n], nil
}

// Reader reads the documents of one format.
//
// Documents come one at a time and in the order of the file. A *LineError
// stands for one record, a *MemberError for one member of an archive; they do
// not end the sequence, any other error does.
// A document without text is ErrEmpty. Readers keep no state between files
// and may be used by several goroutines.
type Reader interface {
	Read(ctx context.Context, in Input) iter.Seq2[Document, error]
}

// Format is a reader with what it is chosen by.
type Format struct {
	// Name is what a person calls it, and what recognise returns for a file
	// whose content leaves no doubt: "Markdown", "PDF".
	Name string
	// Extensions are in lower case, with the dot, the usual one first. A
	// format whose content always tells is not chosen by them.
	Extensions []string
	// Sure says that content always tells: a file of that extension which is
	// not recognised is something else.
	Sure bool
	// Risky formats are read in a process of their own where there is a Pool:
	// a small file can make their readers take any time and memory.
	Risky bool
	// Start starts the engine that the reader works with, which takes longer
	// than most files do; nil where it has none. The first file starts it too.
	Start  func(context.Context) error
	Reader Reader
}

// Registry chooses among formats. The first that fits is taken.
type Registry struct {
	Formats []Format
	// Text reads what has an unknown extension and looks like text; nil
	// refuses it.
	Text Reader
	// Pool reads the risky formats, nil does it in this process.
	Pool *Pool
}

// Formats is the registry of everything that docent reads.
func Formats(o Options) Registry {
	text, pdf := textReader{o.Limits}, newPDFReader(o)
	all := &Registry{
		Formats: []Format{
			{Name: "HTML", Extensions: []string{".html", ".htm", ".xhtml"}, Reader: htmlReader{o.Limits}},
			{Name: "Markdown", Extensions: []string{".md", ".markdown", ".mdown", ".mkd", ".mdx"}, Reader: markdownReader{o.Limits}},
			{Name: "PDF", Extensions: []string{".pdf"}, Sure: true, Risky: true, Start: pdf.start, Reader: pdf},
			{Name: "DOCX", Extensions: []string{".docx", ".docm", ".dotx", ".dotm"}, Sure: true, Risky: true, Reader: docxReader{o.Limits}},
			{Name: "PPTX", Extensions: []string{".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}, Sure: true, Risky: true, Reader: pptxReader{o.Limits}},
			{Name: "XLSX", Extensions: []string{".xlsx", ".xlsm", ".xltx", ".xltm"}, Sure: true, Risky: true, Reader: xlsxReader{o.Limits}},
			{Name: "ODT", Extensions: []string{".odt", ".ott", ".odm"}, Sure: true, Risky: true, Reader: odtReader{o.Limits}},
			{Name: "ODP", Extensions: []string{".odp", ".otp", ".odg"}, Sure: true, Risky: true, Reader: odpReader{o.Limits}},
			{Name: "ODS", Extensions: []string{".ods", ".ots"}, Sure: true, Risky: true, Reader: odsReader{o.Limits}},
			{Name: "EPUB", Extensions: []string{".epub"}, Sure: true, Risky: true, Reader: epubReader{o.Limits}},
			{Name: "RTF", Extensions: []string{".rtf"}, Risky: true, Sure: true, Reader: rtfReader{o.Limits}},
			{Name: "DOC", Extensions: []string{".doc", ".dot"}, Risky: true, Sure: true, Reader: msWordReader{o.Limits}},
			{Name: "XLS", Extensions: []string{".xls", ".xlt"}, Risky: true, Sure: true, Reader: excelReader{o.Limits}},
			{Name: "PPT", Extensions: []string{".ppt", ".pps", ".pot"}, Risky: true, Sure: true, Reader: powerPointReader{o.Limits}},
			{Name: "CSV", Extensions: []string{".csv", ".tsv", ".tab"}, Reader: csvReader{o.Limits}},
			{Name: "JSON Lines", Extensions: []string{".jsonl", ".ndjson"}, Reader: recordReader{o.Limits}},
			{Name: "JSON", Extensions: []string{".json"}, Reader: jsonReader{o.Limits}},
			{Name: "AsciiDoc", Extensions: []string{".adoc", ".asciidoc", ".asc"}, Reader: markupReader{o.Limits, parseASCIIDoc}},
			{Name: "reStructuredText", Extensions: []string{".rst", ".rest"}, Reader: markupReader{o.Limits, parseRST}},
			{Name: "Org", Extensions: []string{".org"}, Reader: markupReader{o.Limits, parseOrg}},
			{Name: "Jupyter notebook", Extensions: []string{".ipynb"}, Reader: notebookReader{o.Limits}},
			{Name: "subtitles", Extensions: []string{".vtt", ".srt"}, Reader: subtitleReader{o.Limits}},
			{Name: "source code", Extensions: codeExtensions, Reader: codeReader{o.Limits}},
			{Name: "text", Extensions: []string{".txt", ".text"}, Reader: text},
		},
		Text: text,
	}
	all.Formats = append(all.Formats,
		Format{Name: "EML", Extensions: []string{".eml", ".emlx", ".mht", ".mhtml"}, Risky: true, Reader: mailReader{o.Limits, all}},
		Format{Name: "MSG", Extensions: []string{".msg", ".oft"}, Sure: true, Risky: true, Reader: outlookReader{mailReader{o.Limits, all}}},
		Format{Name: "MBOX", Extensions: []string{".mbox", ".mbx"}, Risky: true, Reader: mboxReader{mailReader{o.Limits, all}}},
		Format{Name: "ZIP archive", Extensions: []string{".zip"}, Sure: true, Risky: true, Reader: archiveReader{o.Limits, all}},
		Format{Name: "Slack export", Extensions: []string{".zip"}, Sure: true, Risky: true, Reader: archiveReader{o.Limits, all}},
		Format{Name: "gzip file", Extensions: []string{".gz"}, Sure: true, Risky: true, Reader: gzipReader{o.Limits, all}},
	)
	return *all
}

// Choose returns the format of a file, or an *UnsupportedError.
func (r Registry) Choose(in Input) (Format, error) {
	found, foreign, err := recognise(in)
	if err != nil {
		return Format{}, err
	}
	for _, f := range r.Formats {
		if f.Name == found {
			return f, nil
		}
	}
	if foreign {
		return Format{}, &UnsupportedError{Found: found, Read: r.Names()}
	}
	extension := strings.ToLower(filepath.Ext(in.Name))
	for _, f := range r.Formats {
		if !f.Sure && slices.Contains(f.Extensions, extension) {
			return f, nil
		}
	}
	if r.Text == nil {
		return Format{}, &UnsupportedError{Read: r.Names()}
	}
	return Format{Name: "text", Reader: r.Text}, nil
}

// Known reports whether the name's extension is one of a format: a file so
// named was meant to be read, whatever is in it.
func (r Registry) Known(name string) bool {
	extension := strings.ToLower(filepath.Ext(name))
	return slices.ContainsFunc(r.Formats, func(f Format) bool { return slices.Contains(f.Extensions, extension) })
}

// StartsEngine reports whether the name's extension is one of a format with an
// engine.
func (r Registry) StartsEngine(name string) bool {
	extension := strings.ToLower(filepath.Ext(name))
	return slices.ContainsFunc(r.Formats, func(f Format) bool { return f.Start != nil && slices.Contains(f.Extensions, extension) })
}

// start starts the engine of a format.
func (r Registry) start(ctx context.Context, name string) error {
	for _, f := range r.Formats {
		if f.Name == name && f.Start != nil {
			return f.Start(ctx)
		}
	}
	return nil
}

// Names lists the formats with their usual extensions, for people.
func (r Registry) Names() []string {
	names := make([]string, 0, len(r.Formats))
	for _, f := range r.Formats {
		names = append(names, fmt.Sprintf("%s (%s)", f.Name, f.Extensions[0]))
	}
	return names
}

// Read reads a file with the format chosen for it.
func (r Registry) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	format, err := r.Choose(in)
	if err != nil {
		return func(yield func(Document, error) bool) { yield(Document{}, err) }
	}
	reader := format.Reader
	if format.Risky && r.Pool != nil {
		reader = r.Pool
	}
	if format.Start != nil {
		in.engine = format.Name
	}
	return func(yield func(Document, error) bool) {
		for doc, err := range reader.Read(ctx, in) {
			doc.Format = cmp.Or(doc.Format, format.Name)
			if !yield(doc, err) {
				return
			}
		}
	}
}

// one is the sequence of a format that has one document a file.
func one(read func() (Document, error)) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		doc, err := read()
		if err == nil && doc.Text == "" {
			err = ErrEmpty
		}
		if err != nil {
			doc = Document{}
		}
		yield(doc, err)
	}
}
