package mail

import (
	"bytes"
	"encoding/base64"
	"strings"

	"docent/ingest/read"
	"docent/rag/lang"
)

// transferred undoes the encoding of a part for its way, as far as it goes.
func transferred(body []byte, encoding string) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		return decodeQuoted(body)
	}
	return body
}

// decodeBase64 passes over what is no letter of it.
func decodeBase64(body []byte) []byte {
	letters := make([]byte, 0, len(body))
	for _, c := range body {
		if lang.IsASCIILetter(c) || lang.IsDigit(c) || c == '+' || c == '/' {
			letters = append(letters, c)
		}
	}
	n, _ := base64.RawStdEncoding.Decode(letters, letters) // what is before the damage counts
	return letters[:n]
}

// decodeQuoted leaves what is not well quoted as it is.
func decodeQuoted(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for line := range bytes.Lines(body) {
		text := bytes.TrimRight(line, " \t\r\n")
		end := "\n"
		if len(text) == len(line) {
			end = ""
		}
		if bytes.HasSuffix(text, []byte("=")) {
			text, end = text[:len(text)-1], ""
		}
		for i := 0; i < len(text); i++ {
			if text[i] == '=' && i+2 < len(text) {
				high, low := read.HexDigit(text[i+1]), read.HexDigit(text[i+2])
				if high >= 0 && low >= 0 {
					out = append(out, byte(high<<4|low))
					i += 2
					continue
				}
			}
			out = append(out, text[i])
		}
		out = append(out, end...)
	}
	return out
}

// unflow joins the lines that were broken for the width of a screen (RFC
// 3676): those that end with a space, within one depth of quoting.
func unflow(text string, dropSpace bool) string {
	var b strings.Builder
	open, before := false, 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		depth := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[depth:], " ")
		signature := content == "-- "
		goesOn := strings.HasSuffix(content, " ") && !signature
		if goesOn && dropSpace {
			content = content[:len(content)-1]
		}
		if open && depth == before && !signature {
			b.WriteString(content)
		} else {
			if b.Len() > 0 || open {
				b.WriteByte('\n')
			}
			if depth != before {
				b.WriteByte('\n')
			}
			if depth > 0 {
				b.WriteString(line[:depth] + " ")
			}
			b.WriteString(content)
		}
		open, before = goesOn, depth
	}
	return b.String()
}
