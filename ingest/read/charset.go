package read

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode turns bytes of an undeclared charset into text: a byte order mark
// decides, then the zeros of UTF-16, then whether it is UTF-8, and what is
// left is windows-1252, which has a character for every byte.
func decode(data []byte) (string, error) {
	if wide, ok := wideCharset(data); ok {
		text, err := wide.NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("decode UTF-16: %w", err)
		}
		return string(text), nil
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	return decodeDamaged(data), nil
}

// decodeHTML is decode for a page, which may declare its charset. The
// declaration is asked last: of real pages that are valid UTF-8 one in eight
// declares it too late for the algorithm of the HTML standard.
func decodeHTML(data []byte) (string, error) {
	if _, wide := wideCharset(data); wide || utf8.Valid(data) {
		return decode(data)
	}
	_, name, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	if name == "utf-8" || name == "windows-1252" {
		return decodeDamaged(data), nil
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

// wideCharset recognises UTF-16 by its byte order mark or by where its zeros
// stand: in Western text every other byte is one.
func wideCharset(data []byte) (encoding.Encoding, bool) {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return little, true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return big, true
	}
	head := data[:min(len(data), headSize)&^1]
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

// decodeDamaged decodes what is not valid UTF-8. Where more characters are
// UTF-8 than not, only the bytes that are not count as windows-1252.
func decodeDamaged(data []byte) string {
	var wide, stray int
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch {
		case n > 1:
			wide++
		case r == utf8.RuneError:
			stray++
		}
		rest = rest[n:]
	}
	mixed := wide >= stray
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if !mixed || n == 1 {
			r, n = windows1252(rest[0]), 1
		}
		b.WriteRune(r)
		rest = rest[n:]
	}
	return b.String()
}

// windows1252 decodes a byte; the five that it leaves open stand for
// themselves, as in the HTML standard.
func windows1252(c byte) rune {
	r := charmap.Windows1252.DecodeByte(c)
	if r == utf8.RuneError {
		return rune(c)
	}
	return r
}
