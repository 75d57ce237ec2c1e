package mail

import (
	"bytes"
	"cmp"
	"mime"
	netmail "net/mail"
	"strings"
	"time"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/rag/lang"
)

// fields are the fields of a message or part, by their names in lower
// case.
type fields map[string][]string

const (
	// mostFields of a header are read.
	mostFields = 5000
	// longestField bounds what is read of one, in bytes.
	longestField = 64 << 10
)

// splitHeader parts a header from the body. What is no field ends the header,
// with or without an empty line.
func splitHeader(data []byte) (fields, []byte) {
	h := make(fields)
	last := ""
	for n := 0; len(data) > 0; {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		line = bytes.TrimSuffix(line, []byte("\r"))
		name, value, found := fieldOf(line)
		switch {
		case len(line) == 0:
			return h, rest
		case line[0] == ' ' || line[0] == '\t':
			if values := h[last]; last != "" && len(values[len(values)-1]) < longestField {
				values[len(values)-1] += " " + strings.TrimSpace(string(line[:min(len(line), longestField)]))
			}
		case found && n < mostFields:
			n++
			last = name
			h[name] = append(h[name], value)
		case found:
			last = ""
		case n == 0 && (bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))):
		default:
			return h, data
		}
		data = rest
	}
	return h, nil
}

// fieldOf reads a line as the name of a field, a colon and the value.
func fieldOf(line []byte) (name, value string, found bool) {
	n := bytes.IndexByte(line, ':')
	if n <= 0 || n > 100 {
		return "", "", false
	}
	label := bytes.TrimRight(line[:n], " \t")
	for _, c := range label {
		if c <= ' ' || c >= 0x7f {
			return "", "", false
		}
	}
	value = strings.TrimSpace(string(line[n+1 : min(len(line), n+1+longestField)]))
	return strings.ToLower(string(label)), value, len(label) > 0
}

// first is the first field of a name as it was written, or "".
func (h fields) first(name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

var headerWords = mime.WordDecoder{CharsetReader: charset.NewReader}

// text is the first field of a name as people read it.
func (h fields) text(name string) string { return headerText(h.first(name)) }

// headerText decodes the words of a header that are not in ASCII (RFC 2047).
func headerText(s string) string {
	if text, err := charset.Decode([]byte(s)); err == nil {
		s = text
	}
	if text, err := headerWords.DecodeHeader(s); err == nil {
		s = text
	}
	return lang.OneLine(read.Clean(s))
}

// authors are the names of who wrote, or else their addresses.
func (h fields) authors() string {
	from := cmp.Or(h.first("from"), h.first("sender"))
	parser := netmail.AddressParser{WordDecoder: &headerWords}
	list, err := parser.ParseList(from)
	if err != nil { // not as the standard has it
		from = headerText(from)
		name, _, _ := strings.Cut(from, "<")
		return cmp.Or(strings.Trim(name, "\"' "), from)
	}
	var names []string
	for _, a := range list {
		names = append(names, cmp.Or(lang.OneLine(read.Clean(a.Name)), a.Address))
	}
	return strings.Join(names, ", ")
}

// date is the day on which the message was written, in the time zone of who
// wrote it, or else that on which it came.
func (h fields) date() string {
	candidates := []string{h.first("date")}
	if received := h["received"]; len(received) > 0 {
		candidates = append(candidates, received[0][strings.LastIndexByte(received[0], ';')+1:])
	}
	for _, s := range candidates {
		if t, err := netmail.ParseDate(strings.TrimSpace(s)); err == nil && t.Year() > 1970 && t.Year() < 10000 {
			return t.Format(time.DateOnly)
		}
	}
	return read.ISODate(h.first("date"))
}

// parameters reads a field with parameters, and those of them that are not as
// the standard has them as far as they can be.
func parameters(field string) (string, map[string]string) {
	value, params, err := mime.ParseMediaType(field)
	if err == nil {
		return value, params
	}
	params = make(map[string]string)
	value, rest, _ := strings.Cut(field, ";")
	for p := range strings.SplitSeq(rest, ";") {
		key, text, _ := strings.Cut(p, "=")
		params[strings.ToLower(strings.TrimSpace(key))] = strings.Trim(text, ` "`)
	}
	return strings.ToLower(strings.TrimSpace(value)), params
}

// fileName is the name of the file that a part is, or "".
func (h fields) fileName() string {
	_, params := parameters(h.first("content-disposition"))
	name := params["filename"]
	if name == "" {
		_, params = parameters(h.first("content-type"))
		name = params["name"]
	}
	return memberSafe(headerText(name))
}

// memberSafe is the name of a file as a part of Document.Member. Of a long one
// it is the end, which tells the format.
func memberSafe(name string) string {
	const longest = 200
	name = strings.NewReplacer("/", "_", `\`, "_").Replace(lang.OneLine(read.Clean(name)))
	return strings.Trim(strings.ToValidUTF8(name[max(0, len(name)-longest):], ""), " .")
}
