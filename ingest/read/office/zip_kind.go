package office

import (
	"bytes"
	"math"
	"strings"

	"docent/ingest/read"
)

// ZipArchive is a ZIP container that is none of a format's own.
const ZipArchive = "ZIP archive"

// mediaTypes tell the formats of ZIP containers by a part of the type that the
// container declares.
var mediaTypes = []struct{ part, name string }{
	{"opendocument.text", "ODT"},
	{"opendocument.spreadsheet", "ODS"},
	{"opendocument.presentation", "ODP"},
	{"opendocument.graphics", "ODP"},
	{"sun.xml.writer", "ODT"},
	{"sun.xml.calc", "ODS"},
	{"sun.xml.impress", "ODP"},
	{"epub", "EPUB"},
	{"sheet.binary", "a binary Excel workbook (XLSB)"},
	{"visio", "a Visio drawing"},
	{"wordprocessingml", "DOCX"},
	{"ms-word", "DOCX"},
	{"presentationml", "PPTX"},
	{"ms-powerpoint", "PPTX"},
	{"spreadsheetml", "XLSX"},
	{"ms-excel", "XLSX"},
}

// zipSignature begins a ZIP container.
const zipSignature = "PK\x03\x04"

// isZip reports whether the first bytes of a file are those of a ZIP container.
func isZip(head []byte) bool { return bytes.HasPrefix(head, []byte(zipSignature)) }

// MatchZip matches the ZIP containers that hold a format.
func MatchZip(name string) func(*read.Sample) bool {
	return func(s *read.Sample) bool {
		return isZip(s.Head) && s.Once("zip", func() string { return zipKind(s.Input) }) == name
	}
}

// matchContainer matches the containers of a format: ZIP or, where one of ECMA-376
// is encrypted, a compound file.
func matchContainer(name string) func(*read.Sample) bool {
	plain, locked := MatchZip(name), MatchOLE(name)
	return func(s *read.Sample) bool { return plain(s) || locked(s) }
}

func formatOfType(mediaType string) string {
	mediaType = strings.ToLower(mediaType)
	for _, m := range mediaTypes {
		if strings.Contains(mediaType, m.part) {
			return m.name
		}
	}
	return ""
}

// zipKind tells what a ZIP container holds. One that cannot be opened is what
// it says it is, so that the reader of that format says what is wrong.
func zipKind(in read.Input) string {
	z, err := OpenZip(in, read.Limits{File: math.MaxInt64, Part: 1 << 20, Unpacked: 16 << 20})
	if err != nil {
		return zipClaim(in)
	}
	if declared, err := z.ReadAll("mimetype"); err == nil {
		if name := formatOfType(string(declared)); name != "" {
			return name
		}
	}
	if z.Has("META-INF/container.xml") && !z.Has("[Content_Types].xml") {
		return "EPUB"
	}
	if main := z.MainPart(); main != "" {
		return z.mainKind(main)
	}
	if z.Has("content.xml") {
		return z.manifestKind()
	}
	return ZipArchive
}

// mainKind tells a format of ECMA-376 by the type of its main part, or else
// by the folder it is in.
func (z *Zip) mainKind(main string) string {
	name := ""
	// What can be read of a damaged list is as good as any other hint.
	types, _ := z.Root("[Content_Types].xml")
	for n := range types.Each("") {
		if entryName(n.Attr("PartName")) == main {
			name = formatOfType(n.Attr("ContentType"))
		}
	}
	folder, _, _ := strings.Cut(main, "/")
	switch {
	case name != "":
		return name
	case folder == "ppt":
		return "PPTX"
	case folder == "xl":
		return "XLSX"
	case folder == "word":
		return "DOCX"
	}
	return ZipArchive
}

// manifestKind tells an OpenDocument file that lacks its mimetype.
func (z *Zip) manifestKind() string {
	manifest, _ := z.Root("META-INF/manifest.xml")
	for n := range manifest.Each("") {
		if name := formatOfType(n.Attr("media-type")); name != "" && n.Attr("full-path") == "/" {
			return name
		}
	}
	return ZipArchive
}

// zipClaim is the format that the first entries of a container say, for one
// whose directory cannot be read.
func zipClaim(in read.Input) string {
	head, err := in.Head()
	if err == nil {
		for _, hint := range []struct{ part, name string }{
			{"word/", "DOCX"}, {"ppt/", "PPTX"}, {"xl/", "XLSX"}, {"mimetypeapplication/epub", "EPUB"},
			{"opendocument.text", "ODT"}, {"opendocument.spreadsheet", "ODS"}, {"opendocument.presentation", "ODP"},
		} {
			if bytes.Contains(head, []byte(hint.part)) {
				return hint.name
			}
		}
	}
	return ZipArchive
}
