package read

import (
	"bytes"
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
}

// Bytes is an input held in memory.
func Bytes(name string, data []byte) Input {
	return Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}
}

func (in Input) stem() string {
	base := filepath.Base(in.Name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

func (in Input) reader() io.Reader { return io.NewSectionReader(in.Data, 0, in.Size) }

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

// Limits bound what is read into memory.
type Limits struct {
	// Document is the size in bytes of one document: of a file, or of one
	// record in a file of records; 0 means 32 MiB. A larger one is a
	// *LimitError. A file of records may be of any size.
	Document int64
	// Markdown is the size in bytes up to which the structure of a Markdown
	// file is read; 0 means 8 MiB. A larger one is read as plain text, since
	// parsing takes many times its size.
	Markdown int64
}

func (l Limits) document() int64 {
	if l.Document == 0 {
		return 32 << 20
	}
	return l.Document
}

func (l Limits) markdown() int64 {
	if l.Markdown == 0 {
		return 8 << 20
	}
	return l.Markdown
}

// Reader reads the documents of one format.
//
// Documents come one at a time and in the order of the file. A *LineError
// stands for one record and does not end the sequence, any other error does.
// A document without text is ErrEmpty. Readers keep no state between files
// and may be used by several goroutines.
type Reader interface {
	Read(ctx context.Context, in Input) iter.Seq2[Document, error]
}

// Format is a reader with what it is chosen by.
type Format struct {
	// Name is what a person calls it: "Markdown".
	Name string
	// Extensions are in lower case, with the dot, the usual one first.
	Extensions []string
	// Matches reports whether the first bytes of a file leave no doubt, so
	// that the extension is not asked. nil never does.
	Matches func(head []byte) bool
	Reader  Reader
}

// Registry chooses among formats. The first that fits is taken.
type Registry struct {
	Formats []Format
	// Text reads what has an unknown extension and looks like text; nil
	// refuses it.
	Text Reader
}

// Formats is the registry of everything that docent reads.
func Formats(limits Limits) Registry {
	text := textReader{limits}
	return Registry{
		Formats: []Format{
			{Name: "HTML", Extensions: []string{".html", ".htm", ".xhtml"}, Matches: looksLikeHTML, Reader: htmlReader{limits}},
			{Name: "Markdown", Extensions: []string{".md", ".markdown"}, Reader: markdownReader{limits}},
			{Name: "JSON Lines", Extensions: []string{".jsonl", ".ndjson"}, Reader: recordReader{limits}},
			{Name: "text", Extensions: []string{".txt", ".text"}, Reader: text},
		},
		Text: text,
	}
}

// Choose returns the reader for a file, or a *UnsupportedError.
func (r Registry) Choose(in Input) (Reader, error) {
	head, err := in.head()
	if err != nil {
		return nil, err
	}
	for _, f := range r.Formats {
		if f.Matches != nil && f.Matches(head) {
			return f.Reader, nil
		}
	}
	if found, foreign := recognise(head); foreign {
		return nil, &UnsupportedError{Found: found, Read: r.Names()}
	}
	extension := strings.ToLower(filepath.Ext(in.Name))
	for _, f := range r.Formats {
		if slices.Contains(f.Extensions, extension) {
			return f.Reader, nil
		}
	}
	if r.Text == nil {
		return nil, &UnsupportedError{Read: r.Names()}
	}
	return r.Text, nil
}

// Known reports whether the name's extension is one of a format: a file so
// named was meant to be read, whatever is in it.
func (r Registry) Known(name string) bool {
	extension := strings.ToLower(filepath.Ext(name))
	return slices.ContainsFunc(r.Formats, func(f Format) bool { return slices.Contains(f.Extensions, extension) })
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
	reader, err := r.Choose(in)
	if err != nil {
		return func(yield func(Document, error) bool) { yield(Document{}, err) }
	}
	return reader.Read(ctx, in)
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
