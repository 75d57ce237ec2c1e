package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// ZIP is the format of ZIP archive files.
func ZIP(l read.Limits, members *read.Registry) read.Format {
	return read.Format{
		Name: "ZIP archive", Extensions: []string{".zip"}, Sure: true, Risky: true,
		Match:  office.MatchZip(office.ZipArchive),
		Reader: reader{l, members},
	}
}

var errNested = errors.New("an archive in an archive in an archive: not opened")

// reader reads the documents in a ZIP archive, each by the format that
// it has, and the messages of a Slack export. What is no document is passed
// over, as in a folder; a member that fails is a *MemberError, and the ones
// after it still come.
type reader struct {
	limits  read.Limits
	formats *read.Registry
}

func (a reader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		z, err := a.open(in)
		if err != nil {
			yield(read.Document{}, err)
			return
		}
		documents := a.members(ctx, z)
		if export := findExport(z); export != nil {
			documents = export.documents(ctx)
		}
		var found bool
		for doc, err := range documents {
			found = true
			if !yield(doc, err) {
				return
			}
		}
		if !found {
			yield(read.Document{}, read.ErrEmpty)
		}
	}
}

func (a reader) open(in read.Input) (*office.Zip, error) {
	if in.Depth >= read.MaxNested {
		return nil, errNested
	}
	z, err := office.OpenZip(in, a.limits)
	if err == nil {
		err = in.WithinBudget(len(z.Order))
	}
	return z, err
}

func (a reader) members(ctx context.Context, z *office.Zip) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		seen := make(map[string]bool)
		for _, f := range z.Order {
			name := memberName(f)
			if hiddenMember(f, name) || seen[name] {
				continue
			}
			seen[name] = true
			if err := cmp.Or(ctx.Err(), z.Spent()); err != nil {
				yield(read.Document{}, err)
				return
			}
			if !a.member(ctx, z, f, name, yield) {
				return
			}
		}
	}
}

// member yields the documents of one member, and reports whether more are
// wanted.
func (a reader) member(ctx context.Context, z *office.Zip, f *zip.File, name string, yield func(read.Document, error) bool) bool {
	if !a.formats.Known(name) && !a.promising(z, f) {
		return true
	}
	in, err := z.Input(f)
	if err != nil {
		return yield(read.Document{}, &read.MemberError{Member: name, Err: err})
	}
	in.Name = name
	for doc, err := range a.formats.Member(ctx, in, name) {
		if !yield(doc, err) {
			return false
		}
	}
	return ctx.Err() == nil
}

// promising reports whether a member whose name says nothing begins like
// something that is read: pictures and programs are not unpacked.
func (a reader) promising(z *office.Zip, f *zip.File) bool {
	r, err := z.OpenFile(f)
	if err != nil {
		return false
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, read.HeadSize))
	if err != nil || len(head) == 0 {
		return false
	}
	_, found, err := a.formats.Recognise(read.Bytes("", head))
	return err == nil && (found || !read.IsBinary(head))
}

// hiddenMember reports whether a member is none that a person sees in the
// folder that was packed.
func hiddenMember(f *zip.File, name string) bool {
	if f.FileInfo().IsDir() || strings.HasSuffix(f.Name, `\`) || !f.Mode().IsRegular() {
		return true
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || strings.HasPrefix(part, "~$") || strings.HasSuffix(part, "~") || part == "__MACOSX" {
			return true
		}
	}
	switch strings.ToLower(path.Base(name)) {
	case "thumbs.db", "desktop.ini":
		return true
	}
	return false
}

// memberName is the path of a member with "/" between its parts. A name that
// is not in UTF-8 is one of the code page that Windows packs files with in
// Western Europe; it has the letters of the one that the format names.
func memberName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		name = charset.TableOf(charmap.CodePage850).Decode([]byte(name))
	}
	name = strings.ReplaceAll(name, `\`, "/")
	return lang.OneLine(read.Clean(strings.TrimPrefix(path.Clean("/"+name), "/")))
}
