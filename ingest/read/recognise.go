package read

import "bytes"

// signatures tell files that are not text, or that only look like it.
var signatures = []struct{ prefix, name string }{
	{"%PDF-", "PDF"},
	{"PK\x03\x04", "a ZIP container (DOCX, XLSX, PPTX, ODT, EPUB or an archive)"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, PPT or MSG)"},
	{`{\rtf`, "RTF"},
	{"\x1f\x8b", "a gzip archive"},
	{"SQLite format 3\x00", "an SQLite database"},
}

// recognise reports whether the first bytes are of a file that holds no plain
// text, and what it is where that is known.
func recognise(head []byte) (name string, foreign bool) {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.prefix)) {
			return s.name, true
		}
	}
	return "", binary(head)
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
