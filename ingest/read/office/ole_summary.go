package office

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf16"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/rag/lang"
)

// summarise sets title, author and date of a document as the property set
// \x05SummaryInformation (MS-OLEPS) of its file says. What is damaged in it is
// left out.
func (o *OLE) summarise(doc *read.Document) {
	data, err := o.ReadAll("SummaryInformation")
	if err != nil || Uint16(data, 0) != 0xfffe || Uint32(data, 24) == 0 {
		return
	}
	set := Slice(data, Uint32(data, 44), len(data))
	at := make(map[int]int)
	for i := range min(Uint32(set, 4), 100) {
		at[Uint32(set, 8+8*i)] = Uint32(set, 12+8*i)
	}
	const codePage, title, author, created = 1, 2, 4, 12
	page := cmp.Or(Uint16(set, at[codePage]+4), 1252)
	if at[title] > 0 {
		doc.Title = cmp.Or(propertyText(set, at[title], page), doc.Title)
	}
	if at[author] > 0 {
		doc.Author = propertyText(set, at[author], page)
	}
	const fileTimeType = 0x40
	if at[created] > 0 && Uint32(set, at[created]) == fileTimeType {
		doc.Date = FileTime(Slice(set, at[created]+4, 8))
	}
}

func propertyText(set []byte, at, page int) string {
	const bytes, wide = 0x1e, 0x1f
	size := Uint32(set, at+4)
	var text string
	switch Uint32(set, at) {
	case bytes:
		text = charset.DecodePage(Slice(set, at+8, size), page)
	case wide:
		text = UTF16(Slice(set, at+8, 2*size))
	}
	text, _, _ = strings.Cut(text, "\x00")
	return lang.OneLine(read.Clean(text))
}

// FileTime is the date of a time in 100 ns since 1601, in UTC, or "".
func FileTime(data []byte) string {
	if len(data) < 8 {
		return ""
	}
	const year1970 = 11_644_473_600
	seconds := int64(Uint64(data, 0)/10_000_000) - year1970
	t := time.Unix(seconds, 0).UTC()
	if t.Year() < 1980 || t.Year() > 9999 { // programs write 1601 for "never"
		return ""
	}
	return t.Format(time.DateOnly)
}

// UTF16 decodes UTF-16 in little-endian order.
func UTF16(data []byte) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(Uint16(data, 2*i))
	}
	return string(utf16.Decode(units))
}
