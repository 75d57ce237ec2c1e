package read

import (
	"bytes"
	"encoding/xml"
	"math"
	"path/filepath"
	"strings"
)

// zipArchive is a ZIP container that is none of a format's own.
const zipArchive = "ZIP archive"

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

// matchZip matches the ZIP containers that hold a format.
func matchZip(name string) func(*Sample) bool {
	return func(s *Sample) bool {
		return isZip(s.Head) && s.Once("zip", func() string { return zipKind(s.Input) }) == name
	}
}

// matchOOXML matches the containers of a format of ECMA-376: ZIP or, where one
// is encrypted, a compound file.
func matchOOXML(name string) func(*Sample) bool {
	plain, locked := matchZip(name), matchOLE(name)
	return func(s *Sample) bool { return plain(s) || locked(s) }
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
func zipKind(in Input) string {
	z, err := openZip(in, Limits{File: math.MaxInt64, Part: 1 << 20, Unpacked: 16 << 20})
	if err != nil {
		return zipClaim(in)
	}
	if declared, err := z.all("mimetype"); err == nil {
		if name := formatOfType(string(declared)); name != "" {
			return name
		}
	}
	if z.has("META-INF/container.xml") && !z.has("[Content_Types].xml") {
		return "EPUB"
	}
	if main := z.mainPart(); main != "" {
		return z.mainKind(main)
	}
	if z.has("content.xml") {
		return z.manifestKind()
	}
	return zipArchive
}

// mainKind tells a format of ECMA-376 by the type of its main part, or else
// by the folder it is in.
func (z *zipped) mainKind(main string) string {
	name := ""
	// What can be read of a damaged list is as good as any other hint.
	_ = z.xml("[Content_Types].xml", func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			if entryName(xmlAttribute(e, "PartName")) == main {
				name = formatOfType(xmlAttribute(e, "ContentType"))
			}
			return nil
		})
	})
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
	return zipArchive
}

// manifestKind tells an OpenDocument file that lacks its mimetype.
func (z *zipped) manifestKind() string {
	name := zipArchive
	_ = z.xml("META-INF/manifest.xml", func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			if found := formatOfType(xmlAttribute(e, "media-type")); found != "" && xmlAttribute(e, "full-path") == "/" {
				name = found
			}
			return nil
		})
	})
	return name
}

// zipClaim is the format that the first entries of a container or its name
// say, for one whose directory cannot be read.
func zipClaim(in Input) string {
	head, err := in.head()
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
	extension := strings.ToLower(filepath.Ext(in.Name))
	for name, extensions := range map[string]string{
		"DOCX": ".docx .docm .dotx .dotm", "PPTX": ".pptx .pptm .ppsx .ppsm .potx .potm", "XLSX": ".xlsx .xlsm .xltx .xltm",
		"ODT": ".odt .ott", "ODP": ".odp .otp", "ODS": ".ods .ots", "EPUB": ".epub",
	} {
		for _, e := range strings.Fields(extensions) {
			if e == extension {
				return name
			}
		}
	}
	return zipArchive
}
