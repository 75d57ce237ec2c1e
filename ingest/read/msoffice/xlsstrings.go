package msoffice

import (
	"strings"

	"docent/ingest/read/charset"
	"docent/ingest/read/office"
)

// text reads a string with its length before it, in one byte if short, else in
// two.
func (x *excel) text(data []byte, short bool) string {
	size, at := office.Uint16(data, 0), 2
	if short {
		size, at = size&0xff, 1
	}
	if x.old {
		return charset.DecodePage(office.Slice(data, at, size), x.page)
	}
	if len(data) <= at {
		return ""
	}
	const wide = 1
	if data[at]&wide != 0 {
		return office.UTF16(office.Slice(data, at+1, 2*size))
	}
	return latin1(office.Slice(data, at+1, size))
}

// latin1 decodes the lower bytes of characters below U+0100.
func latin1(data []byte) string {
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// stringTable reads a table of strings that goes over several records.
type stringTable struct {
	// parts are the rest of the record being read and those after it.
	parts [][]byte
}

// sharedStrings reads the table that cells refer to (SST).
func sharedStrings(parts [][]byte) []string {
	t := stringTable{parts: parts}
	t.skip(4)
	count := t.number(4)
	var all []string
	for range count {
		if !t.more() {
			break
		}
		all = append(all, t.string())
	}
	return all
}

// more moves on to the record where the next byte is.
func (t *stringTable) more() bool {
	for len(t.parts) > 0 && len(t.parts[0]) == 0 {
		t.parts = t.parts[1:]
	}
	return len(t.parts) > 0
}

func (t *stringTable) skip(n int) {
	for n > 0 && t.more() {
		used := min(n, len(t.parts[0]))
		t.parts[0] = t.parts[0][used:]
		n -= used
	}
}

// number reads n bytes.
func (t *stringTable) number(n int) int {
	value := 0
	for i := 0; i < n && t.more(); i++ {
		value |= int(t.parts[0][0]) << (8 * i)
		t.parts[0] = t.parts[0][1:]
	}
	return value
}

// string reads a string with its looks, which are left out. Where its
// characters go on in the next record, that begins with how wide they are.
func (t *stringTable) string() string {
	const wide, extended, rich = 1, 4, 8
	size, flags := t.number(2), t.number(1)
	after := 0
	if flags&rich != 0 {
		after += 4 * t.number(2)
	}
	if flags&extended != 0 {
		after += t.number(4)
	}
	var b strings.Builder
	for len(t.parts) > 0 {
		width := 1 + flags&wide
		n := min(size, len(t.parts[0])/width)
		if width == 2 {
			b.WriteString(office.UTF16(t.parts[0][:2*n]))
		} else {
			b.WriteString(latin1(t.parts[0][:n]))
		}
		t.parts[0] = t.parts[0][n*width:]
		if size -= n; size == 0 {
			break
		}
		t.parts = t.parts[1:]
		flags = t.number(1)
	}
	t.skip(after)
	return b.String()
}
