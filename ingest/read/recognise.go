package read

import (
	"bytes"
)

// signatures tell files by the bytes they begin with.
var signatures = []struct{ prefix, name string }{
	{`{\rtf`, "RTF"},
	{"\x1f\x8b", "gzip file"},
	{"SQLite format 3\x00", "an SQLite database"},
}

const (
	zipSignature = "PK\x03\x04"
	oleSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// recognise looks at the content of a file. The name is that of a format, or
// of something that is none; "" when the content does not tell. A foreign
// file holds no plain text.
func recognise(in Input) (name string, foreign bool, err error) {
	head, err := in.head()
	if err != nil {
		return "", false, err
	}
	switch {
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return "PDF", true, nil
	case bytes.HasPrefix(head, []byte(zipSignature)):
		return zipKind(in), true, nil
	case bytes.HasPrefix(head, []byte(oleSignature)):
		return oleKind(in), true, nil
	case looksLikeHTML(head):
		return "HTML", false, nil
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.prefix)) {
			return s.name, true, nil
		}
	}
	if kind := mailKind(in, head); kind != "" {
		return kind, false, nil
	}
	return "", binary(head), nil
}

// binary reports whether bytes are no text in any charset: more than one in
// fifty is a control character that texts do not have. A stray NUL does not
// make a text binary.
func binary(head []byte) bool {
	if _, wide := wideCharset(head); wide {
		return false
	}
	var controls int
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f {
			controls++
		}
	}
	return controls*50 > len(head)
}
