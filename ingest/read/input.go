package read

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"docent/ingest/read/charset"
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

	// Depth is how many archives stand around a member of one, MaxNested at
	// most.
	Depth int
	// Left is how many bytes may still be unpacked of all of them; nil outside.
	Left *int64
}

// Bytes is an input held in memory.
func Bytes(name string, data []byte) Input {
	return Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}
}

// Stem is the name of the file without its folder and extension.
func (in Input) Stem() string {
	base := filepath.Base(in.Name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// NewReader reads the bytes from the first one on.
func (in Input) NewReader() io.Reader { return in.NewSection() }

// NewSection is the bytes as what can be read and sought.
func (in Input) NewSection() *io.SectionReader { return io.NewSectionReader(in.Data, 0, in.Size) }

// Within returns a *LimitError for more bytes than limit.
func (in Input) Within(limit int64) error {
	if in.Size > limit {
		return &LimitError{Size: in.Size, Limit: limit}
	}
	return nil
}

// ReadAll returns the bytes, or a *LimitError when there are more than limit.
func (in Input) ReadAll(limit int64) ([]byte, error) {
	if err := in.Within(limit); err != nil {
		return nil, err
	}
	data := make([]byte, in.Size)
	n, err := in.Data.ReadAt(data, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read %d bytes: %w", in.Size, err)
	}
	return data[:n], nil
}

// Text returns a file of text, in whatever charset.
func (in Input) Text(limits Limits) (string, error) {
	data, err := in.ReadAll(limits.MaxDocument())
	if err != nil {
		return "", err
	}
	return charset.Decode(data)
}

// HeadSize is how much of a file is looked at to recognise it, in bytes.
const HeadSize = 4096

// Head is the first bytes, HeadSize at most.
func (in Input) Head() ([]byte, error) {
	data := make([]byte, min(in.Size, HeadSize))
	n, err := in.Data.ReadAt(data, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the first %d bytes: %w", len(data), err)
	}
	return data[:n], nil
}
