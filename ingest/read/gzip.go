package read

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
)

// Gzip is the format of gzip file files.
func Gzip(l Limits, members *Registry) Format {
	return Format{
		Name: "gzip file", Extensions: []string{".gz"}, Sure: true, Risky: true,
		Match:  Signature("\x1f\x8b"),
		Reader: gzipReader{l, members},
	}
}

// gzipReader reads the one file in a gzip file: "notes.txt.gz".
type gzipReader struct {
	limits  Limits
	formats *Registry
}

func (g gzipReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	inner, err := g.unpack(in)
	if err != nil {
		return func(yield func(Document, error) bool) { yield(Document{}, err) }
	}
	return g.formats.Read(ctx, inner)
}

func (g gzipReader) unpack(in Input) (Input, error) {
	if in.depth >= mostNested {
		return Input{}, errNested
	}
	if in.Size > g.limits.file() {
		return Input{}, &LimitError{Size: in.Size, Limit: g.limits.file()}
	}
	left := g.limits.unpacked()
	if in.left == nil {
		in.left = &left
	}
	r, err := gzip.NewReader(in.reader())
	if err != nil {
		return Input{}, fmt.Errorf("damaged gzip file: %w", err)
	}
	most := min(g.limits.part(), *in.left)
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	*in.left -= int64(len(data))
	switch {
	case int64(len(data)) > most:
		return Input{}, &LimitError{Limit: most}
	case err != nil:
		return Input{}, fmt.Errorf("damaged gzip file: %w", err)
	}
	name := in.Name
	if strings.EqualFold(filepath.Ext(name), ".gz") {
		name = name[:len(name)-len(".gz")]
	}
	return Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data)), left: in.left, depth: in.depth + 1}, nil
}
