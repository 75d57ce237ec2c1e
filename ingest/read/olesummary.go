package read

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf16"
)

// summarise sets title, author and date of a document as the property set
// \x05SummaryInformation (MS-OLEPS) of its file says. What is damaged in it is
// left out.
func (o *ole) summarise(doc *Document) {
	data, err := o.all("SummaryInformation")
	if err != nil || le16(data, 0) != 0xfffe || le32(data, 24) == 0 {
		return
	}
	set := part(data, le32(data, 44), len(data))
	at := make(map[int]int)
	for i := range min(le32(set, 4), 100) {
		at[le32(set, 8+8*i)] = le32(set, 12+8*i)
	}
	const codePage, title, author, created = 1, 2, 4, 12
	page := cmp.Or(le16(set, at[codePage]+4), 1252)
	if at[title] > 0 {
		doc.Title = cmp.Or(propertyText(set, at[title], page), doc.Title)
	}
	if at[author] > 0 {
		doc.Author = propertyText(set, at[author], page)
	}
	const fileTimeType = 0x40
	if at[created] > 0 && le32(set, at[created]) == fileTimeType {
		doc.Date = fileTime(part(set, at[created]+4, 8))
	}
}

func propertyText(set []byte, at, page int) string {
	const bytes, wide = 0x1e, 0x1f
	size := le32(set, at+4)
	var text string
	switch le32(set, at) {
	case bytes:
		text = decodePage(part(set, at+8, size), page)
	case wide:
		text = utf16Text(part(set, at+8, 2*size))
	}
	text, _, _ = strings.Cut(text, "\x00")
	return oneLine(clean(text))
}

// fileTime is the date of a time in 100 ns since 1601, in UTC, or "".
func fileTime(data []byte) string {
	if len(data) < 8 {
		return ""
	}
	const year1970 = 11_644_473_600
	seconds := int64(le64(data, 0)/10_000_000) - year1970
	t := time.Unix(seconds, 0).UTC()
	if t.Year() < 1980 || t.Year() > 9999 { // programs write 1601 for "never"
		return ""
	}
	return t.Format(time.DateOnly)
}

// utf16Text decodes UTF-16 in little-endian order.
func utf16Text(data []byte) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(le16(data, 2*i))
	}
	return string(utf16.Decode(units))
}
