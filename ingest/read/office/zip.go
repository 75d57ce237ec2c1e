package office

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"docent/ingest/read"
)

// mostEntries bounds the entries of a ZIP container.
const mostEntries = 20_000

// Zip is a ZIP container that is read by name and never unpacked to a
// disk: DOCX, PPTX, XLSX, OpenDocument, EPUB, archives. Each entry and all
// together are bounded by what is read of them, not by what they claim.
type Zip struct {
	// Files are the entries by their name as it is looked up, in lower case.
	Files map[string]*zip.File
	// Order are the entries as the directory has them.
	Order  []*zip.File
	Limits read.Limits
	// left is how many bytes may still be unpacked, of the archives around it
	// too; depth is how many those are.
	left  *int64
	depth int
}

// OpenZip reads the directory of a container.
func OpenZip(in read.Input, limits read.Limits) (*Zip, error) {
	if err := in.Within(limits.MaxFile()); err != nil {
		return nil, err
	}
	if head, err := in.Head(); err == nil && isOLE(head) {
		return nil, read.ErrProtected // the container is encrypted within a compound file
	}
	r, err := zip.NewReader(in.Data, in.Size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // no entry becomes a path
		return nil, fmt.Errorf("open ZIP container: %w", err)
	}
	if len(r.File) > mostEntries {
		return nil, &tooManyError{count: len(r.File), limit: mostEntries, what: "entries"}
	}
	if err := apart(r.File); err != nil {
		return nil, err
	}
	z := &Zip{Files: make(map[string]*zip.File, len(r.File)), Order: r.File, Limits: limits, left: in.Left, depth: in.Depth}
	if z.left == nil {
		left := limits.MaxUnpacked()
		z.left = &left
	}
	for _, f := range r.File {
		name := entryName(f.Name)
		if _, there := z.Files[name]; !there {
			z.Files[name] = f
		}
	}
	return z, nil
}

// apart returns an error where entries share bytes, by which a small file claims to
// hold any number of large ones.
func apart(entries []*zip.File) error {
	type part struct{ from, to int64 }
	parts := make([]part, 0, len(entries))
	for _, f := range entries {
		if at, err := f.DataOffset(); err == nil && f.CompressedSize64 > 0 { // others are damaged, and said to be when they are read
			parts = append(parts, part{at, at + int64(min(f.CompressedSize64, 1<<62))})
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.from, b.from) })
	overlapping := 0
	for i := 1; i < len(parts); i++ {
		if parts[i].from < parts[i-1].to {
			overlapping++
		}
	}
	if overlapping > 0 {
		return fmt.Errorf("refused: %d of its %d entries overlap", overlapping, len(entries))
	}
	return nil
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

// Has reports whether there is an entry of that name.
func (z *Zip) Has(name string) bool { return z.Files[entryName(name)] != nil }

// errNoEntry says that a container lacks an entry.
var errNoEntry = errors.New("no such entry")

// Open streams an entry. Reading beyond a limit is a *LimitError.
func (z *Zip) Open(name string) (io.ReadCloser, error) {
	f := z.Files[entryName(name)]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, errNoEntry)
	}
	return z.OpenFile(f)
}

// OpenFile is as Open, for an entry of Order.
func (z *Zip) OpenFile(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, read.ErrProtected
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("damaged entry %s: %w", f.Name, err)
	}
	return &entry{Zip: z, name: f.Name, r: r, left: z.Limits.MaxPart()}, nil
}

// XML reads an entry as XML: visit gets its root element.
func (z *Zip) XML(name string, visit func(*XMLStream, xml.StartElement) error) error {
	r, err := z.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	x := newXML(r)
	return x.Each(func(e xml.StartElement) error { return visit(x, e) })
}

// ReadAll reads an entry into memory.
func (z *Zip) ReadAll(name string) ([]byte, error) {
	r, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// entry is one entry being read.
type entry struct {
	*Zip
	name string
	r    io.ReadCloser
	left int64
}

func (e *entry) Read(p []byte) (int, error) {
	switch {
	case e.left <= 0:
		return 0, e.end(p, e.Limits.MaxPart())
	case *e.Zip.left <= 0:
		return 0, e.end(p, e.Limits.MaxUnpacked())
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left, *e.Zip.left)])
	e.left -= int64(n)
	*e.Zip.left -= int64(n)
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
	return &read.LimitError{Limit: limit}
}

func (e *entry) Close() error { return e.r.Close() }

// Input is an entry of a container as a file of its own.
func (z *Zip) Input(f *zip.File) (read.Input, error) {
	r, err := z.OpenFile(f)
	if err != nil {
		return read.Input{}, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return read.Input{}, err
	}
	in := read.Bytes(f.Name, data)
	in.Left, in.Depth = z.left, z.depth+1
	return in, nil
}

// Spent is a *LimitError once nothing more may be unpacked.
func (z *Zip) Spent() error {
	if *z.left > 0 {
		return nil
	}
	return &read.LimitError{Limit: z.Limits.MaxUnpacked()}
}

// relation is a reference of a part to another.
type relation struct {
	id string
	// Kind is the end of the type: "officeDocument", "slide".
	Kind string
	// Target is the entry, "" for one outside.
	Target string
}

// Relations are the references of a part.
type Relations []relation

// Relations reads the references of a part, "" being the container.
func (z *Zip) Relations(part string) (Relations, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if !z.Has(name) {
		return nil, nil
	}
	var all Relations
	root, err := z.Root(name)
	for n := range root.Each("") {
		r := relation{id: n.Attr("Id"), Kind: path.Base(n.Attr("Type"))}
		if n.Attr("TargetMode") != "External" {
			r.Target = Resolve(part, n.Attr("Target"))
		}
		all = append(all, r)
	}
	return all, err
}

// Resolve returns the entry that a part refers to.
func Resolve(part, target string) string {
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	target, _, _ = strings.Cut(strings.ReplaceAll(target, `\`, "/"), "#")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(part), target)
	}
	return entryName(target)
}

// First returns the first entry of a kind, or "".
func (all Relations) First(kind string) string {
	for _, r := range all {
		if r.Kind == kind && r.Target != "" {
			return r.Target
		}
	}
	return ""
}

// Index returns the entries by id.
func (all Relations) Index() map[string]string {
	targets := make(map[string]string, len(all))
	for _, r := range all {
		targets[r.id] = r.Target
	}
	return targets
}

// MainPart returns the part that the others belong to.
func (z *Zip) MainPart() string {
	if all, err := z.Relations(""); err == nil {
		if target := all.First("officeDocument"); z.Has(target) {
			return target
		}
	}
	for _, name := range []string{"word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"} {
		if z.Has(name) {
			return name
		}
	}
	return ""
}
