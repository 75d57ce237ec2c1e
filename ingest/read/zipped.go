package read

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
)

// mostEntries bounds the entries of a ZIP container.
const mostEntries = 20_000

// zipped is a ZIP container that is read by name and never unpacked to a
// disk: DOCX, PPTX, XLSX, OpenDocument, EPUB, archives. Each entry and all
// together are bounded by what is read of them, not by what they claim.
type zipped struct {
	files  map[string]*zip.File
	order  []*zip.File
	limits Limits
	// left is how many bytes may still be unpacked, of the archives around it
	// too; depth is how many those are.
	left  *int64
	depth int
}

func openZip(in Input, limits Limits) (*zipped, error) {
	if in.Size > limits.file() {
		return nil, &LimitError{Size: in.Size, Limit: limits.file()}
	}
	if head, err := in.head(); err == nil && isOLE(head) {
		return nil, ErrProtected // the container is encrypted within a compound file
	}
	r, err := zip.NewReader(in.Data, in.Size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // no entry becomes a path
		return nil, fmt.Errorf("open ZIP container: %w", err)
	}
	if len(r.File) > mostEntries {
		return nil, &tooManyError{count: len(r.File), limit: mostEntries, what: "entries"}
	}
	z := &zipped{files: make(map[string]*zip.File, len(r.File)), order: r.File, limits: limits, left: in.left, depth: in.depth}
	if z.left == nil {
		left := limits.unpacked()
		z.left = &left
	}
	for _, f := range r.File {
		name := entryName(f.Name)
		if _, there := z.files[name]; !there {
			z.files[name] = f
		}
	}
	return z, nil
}

// tooManyError says that a document has more parts than it may.
type tooManyError struct {
	count, limit int
	what         string
}

func (e *tooManyError) Error() string {
	return fmt.Sprintf("%d %s are more than the limit of %d", e.count, e.what, e.limit)
}

// entryName is how entries are looked up: with slashes, from the root, in
// lower case, since some programs refer to them in another one.
func entryName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (z *zipped) has(name string) bool { return z.files[entryName(name)] != nil }

// errNoEntry says that a container lacks an entry.
var errNoEntry = errors.New("no such entry")

// open streams an entry. Reading beyond a limit is a *LimitError.
func (z *zipped) open(name string) (io.ReadCloser, error) {
	f := z.files[entryName(name)]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, errNoEntry)
	}
	return z.openFile(f)
}

func (z *zipped) openFile(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, ErrProtected
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("damaged entry %s: %w", f.Name, err)
	}
	return &entry{zipped: z, name: f.Name, r: r, left: z.limits.part()}, nil
}

// xml reads an entry as XML: visit gets its root element.
func (z *zipped) xml(name string, visit func(*xmlStream, xml.StartElement) error) error {
	r, err := z.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	x := newXML(r)
	return x.each(func(e xml.StartElement) error { return visit(x, e) })
}

// all reads an entry into memory.
func (z *zipped) all(name string) ([]byte, error) {
	r, err := z.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// entry is one entry being read.
type entry struct {
	*zipped
	name string
	r    io.ReadCloser
	left int64
}

func (e *entry) Read(p []byte) (int, error) {
	switch {
	case e.left <= 0:
		return 0, e.end(p, e.limits.part())
	case *e.zipped.left <= 0:
		return 0, e.end(p, e.limits.unpacked())
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left, *e.zipped.left)])
	e.left -= int64(n)
	*e.zipped.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("damaged entry %s: %w", e.name, err)
	}
	return n, err
}

// end tells an entry that ends at a limit from one that goes on.
func (e *entry) end(p []byte, limit int64) error {
	if len(p) == 0 {
		return nil
	}
	if n, err := e.r.Read(p[:1]); n == 0 && err != nil {
		return cmp.Or(err, io.EOF)
	}
	return &LimitError{Limit: limit}
}

func (e *entry) Close() error { return e.r.Close() }

// input is an entry of a container as a file of its own.
func (z *zipped) input(f *zip.File) (Input, error) {
	r, err := z.openFile(f)
	if err != nil {
		return Input{}, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return Input{}, err
	}
	in := Bytes(f.Name, data)
	in.left, in.depth = z.left, z.depth+1
	return in, nil
}

// spent is a *LimitError once nothing more may be unpacked.
func (z *zipped) spent() error {
	if *z.left > 0 {
		return nil
	}
	return &LimitError{Limit: z.limits.unpacked()}
}

// relation is a reference of a part to another.
type relation struct {
	id string
	// kind is the end of the type: "officeDocument", "slide".
	kind string
	// target is the entry, "" for one outside.
	target string
}

type relations []relation

// relations reads the references of a part, "" being the container.
func (z *zipped) relations(part string) (relations, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if !z.has(name) {
		return nil, nil
	}
	var all relations
	err := z.xml(name, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			r := relation{id: xmlAttribute(e, "Id"), kind: path.Base(xmlAttribute(e, "Type"))}
			if xmlAttribute(e, "TargetMode") != "External" {
				r.target = resolve(part, xmlAttribute(e, "Target"))
			}
			all = append(all, r)
			return nil
		})
	})
	return all, err
}

// resolve returns the entry that a part refers to.
func resolve(part, target string) string {
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	target, _, _ = strings.Cut(strings.ReplaceAll(target, `\`, "/"), "#")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(part), target)
	}
	return entryName(target)
}

// first returns the first entry of a kind, or "".
func (all relations) first(kind string) string {
	for _, r := range all {
		if r.kind == kind && r.target != "" {
			return r.target
		}
	}
	return ""
}

// index returns the entries by id.
func (all relations) index() map[string]string {
	targets := make(map[string]string, len(all))
	for _, r := range all {
		targets[r.id] = r.target
	}
	return targets
}

// mainPart returns the part that the others belong to.
func (z *zipped) mainPart() string {
	if all, err := z.relations(""); err == nil {
		if target := all.first("officeDocument"); z.has(target) {
			return target
		}
	}
	for _, name := range []string{"word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"} {
		if z.has(name) {
			return name
		}
	}
	return ""
}
