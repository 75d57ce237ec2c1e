package charset

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode turns bytes into text: a byte order mark decides, then the zeros of
// UTF-16, then whether it is UTF-8, then what XML declares. What is left is of
// one of the charsets from before Unicode, see legacyText.
func Decode(data []byte) (string, error) {
	if wide, ok := Wide(data); ok {
		text, err := wide.NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("decode %v: %w", wide, err)
		}
		return string(text), nil
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	return decodeAs(xmlCharset(data), data)
}

// DecodeHTML is decode for a page, which may declare its charset. The
// declaration is asked last: of real pages that are valid UTF-8 one in eight
// declares it too late for the algorithm of the HTML standard.
func DecodeHTML(data []byte) (string, error) {
	if _, wide := Wide(data); wide || utf8.Valid(data) {
		return Decode(data)
	}
	return decodeAs(cmp.Or(xmlCharset(data), pageCharset(data)), data)
}

// decodeAs decodes what is no UTF-8 in the charset of that name. The one that
// many declare without knowing it, as "" and UTF-8, is no reason to believe
// it.
func decodeAs(name string, data []byte) (string, error) {
	if name == "" || name == "utf-8" || name == "windows-1252" {
		return DecodeDamaged(data), nil
	}
	r, err := charset.NewReaderLabel(name, bytes.NewReader(data))
	if err != nil {
		return "", fmt.Errorf("decode %s: %w", name, err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return "", fmt.Errorf("decode %s: %w", name, err)
	}
	return string(text), nil
}

// xmlCharset is the name of the charset that a file of XML declares, or "".
func xmlCharset(data []byte) string {
	line, _, closed := bytes.Cut(data[:min(len(data), 1024)], []byte("?>"))
	if !closed || !bytes.HasPrefix(line, []byte("<?xml")) {
		return ""
	}
	_, label, _ := bytes.Cut(line, []byte("encoding="))
	label = bytes.TrimLeft(label, `"'`)
	if n := bytes.IndexAny(label, `"'`); n >= 0 {
		label = label[:n]
	}
	_, name := charset.Lookup(string(label))
	return name
}

// declaredWithin is how far into a page its charset is looked for. The HTML
// standard looks at the first 1,024 bytes, and many a page declares it later.
const declaredWithin = 64 << 10

// pageCharset is the name of the charset that a page declares, or "".
func pageCharset(data []byte) string {
	head := asciiLower(data[:min(len(data), declaredWithin)])
	for at := 0; ; {
		n := bytes.Index(head[at:], []byte("<meta"))
		if n < 0 {
			return ""
		}
		at += n
		tag, _, _ := bytes.Cut(head[at:], []byte(">"))
		if bytes.Contains(tag, []byte("charset")) {
			_, name, _ := charset.DetermineEncoding(data[at:min(len(data), at+1024)], "")
			return name
		}
		at += len("<meta")
	}
}

// asciiLower is a copy of data with the letters of ASCII in lower case, and
// every byte where it was.
func asciiLower(data []byte) []byte {
	lower := bytes.Clone(data)
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return lower
}

// wideHead is how many bytes are looked at for the zeros of UTF-16.
const wideHead = 4096

// Wide recognises UTF-16 and UTF-32 by their byte order marks, and
// UTF-16 by where its zeros stand: in Western text every other byte is one.
func Wide(data []byte) (encoding.Encoding, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), true
	case bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), true
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	}
	head := data[:min(len(data), wideHead)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case zeros[1]*10 > half*4 && zeros[0]*20 <= half:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), true
	case zeros[0]*10 > half*4 && zeros[1]*20 <= half:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), true
	}
	return nil, false
}

// NewReader decodes what it reads in the charset of that name, as the HTML
// standard knows them.
func NewReader(label string, r io.Reader) (io.Reader, error) {
	return charset.NewReaderLabel(label, r)
}
