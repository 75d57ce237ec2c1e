package read

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"docent/ingest/read/charset"
)

// Registry chooses among formats. The first that fits is taken.
type Registry struct {
	Formats []Format
	// Text reads what has an unknown extension and looks like text; nil
	// refuses it.
	Text Reader
}

// Recognise returns the first format that the content of a file matches; false
// where the content does not tell.
func (r Registry) Recognise(in Input) (Format, bool, error) {
	head, err := in.Head()
	if err != nil {
		return Format{}, false, err
	}
	s := &Sample{Input: in, Head: head, found: make(map[string]string)}
	for _, f := range r.Formats {
		if f.Match != nil && f.Match(s) {
			return f, true, nil
		}
	}
	return Format{}, false, nil
}

// Choose returns the format of a file, or an *UnsupportedError.
func (r Registry) Choose(in Input) (Format, error) {
	found, ok, err := r.Recognise(in)
	switch {
	case err != nil:
		return Format{}, err
	case ok && found.Reader != nil:
		return found, nil
	case ok:
		return Format{}, &UnsupportedError{Found: found.Name, Read: r.Names()}
	}
	if head, err := in.Head(); err != nil {
		return Format{}, err
	} else if IsBinary(head) {
		return Format{}, &UnsupportedError{Read: r.Names()}
	}
	extension := strings.ToLower(filepath.Ext(in.Name))
	for _, f := range r.Formats {
		if f.Reader != nil && !f.Sure && slices.Contains(f.Extensions, extension) {
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

// Start starts the engine of the format of that name, where it has one.
func (r Registry) Start(ctx context.Context, name string) error {
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
		if f.Reader != nil {
			names = append(names, fmt.Sprintf("%s (%s)", f.Name, f.Extensions[0]))
		}
	}
	return names
}

// Read reads a file with the format chosen for it.
func (r Registry) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	format, err := r.Choose(in)
	if err != nil {
		return func(yield func(Document, error) bool) { yield(Document{}, err) }
	}
	return func(yield func(Document, error) bool) {
		spent := budget{in: in}
		for doc, err := range format.Reader.Read(ctx, in) {
			doc.Format = cmp.Or(doc.Format, format.Name)
			var over error
			if err == nil && in.Depth == 0 {
				over = spent.spend(doc)
			}
			if over != nil {
				doc, err = Document{}, over
			}
			if !yield(doc, err) || over != nil {
				return
			}
		}
	}
}

// IsBinary reports whether bytes are no text in any charset: more than one in
// fifty is a control character that texts do not have. A stray NUL does not
// make a text binary.
func IsBinary(head []byte) bool {
	if _, wide := charset.Wide(head); wide {
		return false
	}
	var controls int
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f {
			controls++
		}
	}
	return controls*50 > len(head)
}
