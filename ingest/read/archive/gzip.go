package archive

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"docent/ingest/read"
)

// Gzip is the format of gzip files, which hold one file.
func Gzip(l read.Limits, members *read.Registry) read.Format {
	return read.Format{
		Name: "gzip file", Extensions: []string{".gz"}, Sure: true, Risky: true,
		Match:  read.Signature("\x1f\x8b"),
		Reader: gzipReader{l, members},
	}
}

// gzipReader reads the one file in a gzip file: "notes.txt.gz".
type gzipReader struct {
	limits  read.Limits
	formats *read.Registry
}

func (g gzipReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	inner, err := g.unpack(in)
	if err != nil {
		return func(yield func(read.Document, error) bool) { yield(read.Document{}, err) }
	}
	return g.formats.Read(ctx, inner)
}

func (g gzipReader) unpack(in read.Input) (read.Input, error) {
	if in.Depth >= read.MaxNested {
		return read.Input{}, errNested
	}
	if err := in.Within(g.limits.MaxFile()); err != nil {
		return read.Input{}, err
	}
	left := g.limits.MaxUnpacked()
	if in.Left == nil {
		in.Left = &left
	}
	r, err := gzip.NewReader(in.NewReader())
	if err != nil {
		return read.Input{}, fmt.Errorf("damaged gzip file: %w", err)
	}
	most := min(g.limits.MaxPart(), *in.Left)
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	*in.Left -= int64(len(data))
	switch {
	case int64(len(data)) > most:
		return read.Input{}, &read.LimitError{Limit: most}
	case err != nil:
		return read.Input{}, fmt.Errorf("damaged gzip file: %w", err)
	}
	name := in.Name
	if strings.EqualFold(filepath.Ext(name), ".gz") {
		name = name[:len(name)-len(".gz")]
	}
	return read.Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data)), Left: in.Left, Depth: in.Depth + 1}, nil
}
