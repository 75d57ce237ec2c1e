package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"

	"docent/rag/lang"
)

// transferred undoes the encoding of a part for its way. What is before the
// damage in a damaged one counts.
func transferred(body []byte, encoding string) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		body, _ = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
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
	n, _ := base64.RawStdEncoding.Decode(letters, letters)
	return letters[:n]
}

// unflow joins the lines that were broken for the width of a screen (RFC
// 3676): those that end with a space, within one depth of quoting.
func unflow(text string) string {
	var b strings.Builder
	soft, depth := false, ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		content := strings.TrimLeft(line, ">")
		marks := line[:len(line)-len(content)]
		switch {
		case soft && marks == depth:
			line = strings.TrimPrefix(content, " ")
		case marks != depth:
			b.WriteString("\n\n")
		default:
			b.WriteByte('\n')
		}
		b.WriteString(line)
		soft, depth = strings.HasSuffix(line, " ") && line != "-- ", marks
	}
	return b.String()
}
