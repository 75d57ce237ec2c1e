package office

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"docent/ingest/read"
)

// OLE is a compound file (MS-CFB), a small file system in a file: the old
// Office formats and Outlook messages.
type OLE struct {
	files  map[string]*mscfb.File
	Limits read.Limits
	left   int64
}

// OpenOLE reads the directory of a compound file.
func OpenOLE(in read.Input, limits read.Limits) (*OLE, error) {
	if err := in.Within(limits.MaxFile()); err != nil {
		return nil, err
	}
	guard := &oleGuard{in: in, bytes: mostOLEDirectory, jumps: mostOLEJumps, storages: mostOLEStorages}
	r, err := mscfb.New(guard)
	if err != nil {
		return nil, err
	}
	guard.open = true
	o := &OLE{files: make(map[string]*mscfb.File, len(r.File)), Limits: limits, left: limits.MaxUnpacked()}
	for _, f := range r.File {
		name := oleName(append(f.Path[:len(f.Path):len(f.Path)], f.Name)...)
		if _, there := o.files[name]; !there {
			o.files[name] = f
		}
	}
	return o, nil
}

// oleName is how streams are looked up: some programs write the names in
// capitals.
func oleName(path ...string) string { return strings.ToLower(strings.Join(path, "/")) }

// Has reports whether there is a stream of that path.
func (o *OLE) Has(path ...string) bool { return o.files[oleName(path...)] != nil }

// errNoStream says that a compound file lacks a stream.
var errNoStream = errors.New("no such stream")

// ReadAll reads a stream into memory. What is missing at its end is left out: of
// many files the last bytes are lost.
func (o *OLE) ReadAll(path ...string) ([]byte, error) {
	f := o.files[oleName(path...)]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", oleName(path...), errNoStream)
	}
	_, _ = f.Seek(0, io.SeekStart) // fails where there is nothing to read
	var data []byte
	// A large read takes the library a time that grows with its square, and is
	// lost as a whole where a chain of sectors ends early.
	buffer := make([]byte, 512)
	for {
		n, err := f.Read(buffer)
		data = append(data, buffer[:n]...)
		if o.left -= int64(n); o.left < 0 {
			return nil, &read.LimitError{Limit: o.Limits.MaxUnpacked()}
		}
		if int64(len(data)) > o.Limits.MaxPart() {
			return nil, &read.LimitError{Limit: o.Limits.MaxPart()}
		}
		if err != nil || n == 0 {
			if len(data) == 0 && err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			return data, nil
		}
	}
}

// What the directory of a compound file may take: bytes, steps along chains of
// sectors, storages within one another. Of real files, messages with some
// hundred recipients come nearest.
const (
	mostOLEDirectory = 8 << 20
	mostOLEJumps     = 2 << 20
	mostOLEStorages  = 2500
)

var errOLEDirectory = errors.New("its directory is larger than any program writes")

// oleGuard is the file beneath the library, which trusts the sizes and chains
// that it finds. It keeps pages of the file, as the library reads 4 bytes at a
// time, and has zeros where a file ends within a sector.
type oleGuard struct {
	in                     read.Input
	bytes, jumps, storages int
	// open is set when the directory is read.
	open  bool
	pages [16]olePage
}

type olePage struct {
	number int64 // from 1
	data   []byte
}

const olePageSize = 64 << 10

func (g *oleGuard) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= g.in.Size {
		return 0, io.ErrUnexpectedEOF
	}
	for n := 0; n < len(p); {
		page, err := g.page((off + int64(n)) / olePageSize)
		if err != nil {
			return n, err
		}
		at := int((off + int64(n)) % olePageSize)
		if at >= len(page) {
			clear(p[n:])
			break
		}
		n += copy(p[n:], page[at:])
	}
	return len(p), g.count(p)
}

func (g *oleGuard) page(number int64) ([]byte, error) {
	p := &g.pages[number%int64(len(g.pages))]
	if p.number == number+1 {
		return p.data, nil
	}
	if p.data == nil {
		p.data = make([]byte, olePageSize)
	}
	p.data = p.data[:max(0, min(olePageSize, g.in.Size-number*olePageSize))]
	p.number = 0
	if _, err := g.in.Data.ReadAt(p.data, number*olePageSize); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	p.number = number + 1
	return p.data, nil
}

// count watches what is read of the directory.
func (g *oleGuard) count(p []byte) error {
	if g.open {
		return nil
	}
	if len(p) == 4 {
		g.jumps--
	} else {
		g.bytes -= len(p)
	}
	const entry, child = 128, 76
	for ; len(p) >= entry; p = p[entry:] {
		if Uint32(p, child) != 0xffffffff && p[66] != 0 {
			g.storages--
		}
	}
	if g.bytes < 0 || g.jumps < 0 || g.storages < 0 {
		return errOLEDirectory
	}
	return nil
}

// oleSignature begins a compound file.
const oleSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// isOLE reports whether the first bytes of a file are those of a compound file.
func isOLE(head []byte) bool { return bytes.HasPrefix(head, []byte(oleSignature)) }

// MatchOLE matches the compound files that hold a format.
func MatchOLE(name string) func(*read.Sample) bool {
	return func(s *read.Sample) bool {
		return isOLE(s.Head) && s.Once("ole", func() string { return oleKind(s.Input) }) == name
	}
}

// Compound files that are of no format that is read.
const (
	DamagedOLE = "a damaged old Office file (DOC, XLS, PPT or MSG)"
	ForeignOLE = "an old Office file of another program"
)

// oleKinds tell the formats by the streams that only they have.
var oleKinds = []struct{ stream, name string }{
	{"worddocument", "DOC"}, {"workbook", "XLS"}, {"book", "XLS"}, {"powerpoint document", "PPT"},
	{"__properties_version1.0", "MSG"},
}

// oleKind tells what a compound file holds.
func oleKind(in read.Input) string {
	o, err := OpenOLE(in, read.Limits{})
	if err != nil {
		return DamagedOLE
	}
	for _, k := range oleKinds {
		if o.Has(k.stream) {
			return k.name
		}
	}
	if o.Has("EncryptedPackage") {
		return "DOCX" // or another new document, encrypted: all are refused alike
	}
	return ForeignOLE
}

// Uint16 is the integer of two bytes at a place. Those of all these formats are
// little-endian, and bytes that are not there are zeros: what is made of them
// is looked at anyway.
func Uint16(data []byte, at int) int {
	if at < 0 || at+2 > len(data) {
		return 0
	}
	return int(data[at]) | int(data[at+1])<<8
}

// Uint32 is as Uint16, of four bytes.
func Uint32(data []byte, at int) int {
	if at < 0 || at+4 > len(data) {
		return 0
	}
	return Uint16(data, at) | Uint16(data, at+2)<<16
}

// Uint64 is as Uint16, of eight bytes.
func Uint64(data []byte, at int) uint64 {
	return uint64(Uint32(data, at)) | uint64(Uint32(data, at+4))<<32
}

// Slice is data[at:at+size], or as much of it as there is.
func Slice(data []byte, at, size int) []byte {
	if at < 0 || at >= len(data) || size <= 0 {
		return nil
	}
	return data[at:min(len(data), at+size)]
}
