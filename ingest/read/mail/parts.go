package mail

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/plain"
	"docent/ingest/read/web"
)

const (
	// deepestPart and mostParts bound the tree of parts of a message.
	deepestPart = 20
	mostParts   = 500
)

// parseMail reads a message. Nothing in it makes that fail: what cannot be
// read as it should is read as text, or left out with a warning.
func parseMail(data []byte) *mail {
	header, body := splitHeader(data)
	m := &mail{subject: header.text("subject"), author: header.authors(), date: header.date()}
	t := tree{mail: m}
	m.texts = append(t.walk(header, body, 0), t.invitations...)
	if len(t.invitations) > 0 {
		m.attachments = slices.DeleteFunc(m.attachments, func(a attachment) bool { return a.calendar })
	}
	return m
}

// tree is the tree of parts being read.
type tree struct {
	*mail
	parts int
	// invitations are the calendars in the body.
	invitations []bodyText
}

// walk returns the texts of a part, and keeps its attachments.
func (t *tree) walk(header fields, body []byte, depth int) []bodyText {
	media, params := parameters(header.first("content-type"))
	if !strings.Contains(media, "/") {
		media = "text/plain"
	}
	kind, sub, _ := strings.Cut(media, "/")
	switch {
	case t.parts >= mostParts:
		return nil
	case kind == "multipart" && depth >= deepestPart:
		t.warn("parts that nest deeper than %d were not read", deepestPart)
		return nil
	case kind == "multipart" && params["boundary"] != "":
		return t.multipart(sub, params["boundary"], body, depth)
	}
	if t.parts++; t.parts == mostParts {
		t.warn("only the first %d parts were read", mostParts)
	}
	name := header.fileName()
	encoding := header.first("content-transfer-encoding")
	disposition, _ := parameters(header.first("content-disposition"))
	attached := disposition == "attachment" || name != "" && depth > 0
	switch {
	case media == "application/pkcs7-mime" || media == "application/x-pkcs7-mime" || media == "application/pgp-encrypted":
		t.encrypted = t.encrypted || params["smime-type"] != "signed-data"
	case strings.HasSuffix(media, "-signature"):
	case media == calendarMedia && !attached:
		text, err := charset.DecodeLabelled(transferred(body, encoding), params["charset"])
		if err == nil {
			t.invitations = append(t.invitations, textOf(parseCalendar(text), true)...)
		}
	case isBody(kind, media) && !attached:
		return t.text(transferred(body, encoding), params, media == "text/html")
	default:
		t.attach(header, name, media, body, encoding)
	}
	return nil
}

const calendarMedia = "text/calendar"

// isBody reports whether a part is of the body where nothing says that it
// is a file.
func isBody(kind, media string) bool {
	return kind == "text" && media != calendarMedia && media != "text/rfc822-headers" && media != "text/x-vcard" ||
		kind == "multipart"
}

// multipart returns the texts of a part that is made of others.
func (t *tree) multipart(kind, boundary string, body []byte, depth int) []bodyText {
	t.encrypted = t.encrypted || kind == "encrypted"
	var all [][]bodyText
	found := false
	for section := range sections(body, boundary) {
		if found = true; t.parts >= mostParts {
			break
		}
		header, content := splitHeader(section)
		if kind == "digest" && header.first("content-type") == "" { // RFC 2046, section 5.1.5
			header["content-type"] = []string{"message/rfc822"}
		}
		if texts := t.walk(header, content, depth+1); len(texts) > 0 {
			all = append(all, texts)
		}
	}
	if !found {
		return t.text(body, nil, false)
	}
	if kind == "alternative" {
		return preferred(all)
	}
	var texts []bodyText
	for _, a := range all {
		texts = append(texts, a...)
	}
	return texts
}

// preferred chooses among texts that say the same: plain text, unless it only
// says that there is a page.
func preferred(all [][]bodyText) []bodyText {
	var plain, pages []bodyText
	for _, texts := range all {
		switch {
		case plain == nil && !texts[0].page:
			plain = texts
		case pages == nil && texts[0].page:
			pages = texts
		}
	}
	const tooShort = 5
	if plain == nil || pages != nil && len(plain[0].Text)*tooShort < len(pages[0].Text) {
		return pages
	}
	return plain
}

// sections goes through the parts between the lines with a boundary. The last
// goes to the end where nothing closes it.
func sections(body []byte, boundary string) func(yield func([]byte) bool) {
	mark := []byte("--" + boundary)
	return func(yield func([]byte) bool) {
		start := -1
		for at := 0; at < len(body); {
			end := len(body)
			if n := bytes.IndexByte(body[at:], '\n'); n >= 0 {
				end = at + n + 1
			}
			line := bytes.TrimRight(body[at:end], " \t\r\n")
			if rest, found := bytes.CutPrefix(line, mark); found && (len(rest) == 0 || string(rest) == "--") {
				if start >= 0 && !yield(trimLineEnd(body[start:at])) {
					return
				}
				if start = end; len(rest) > 0 {
					return
				}
			}
			at = end
		}
		if start >= 0 && start < len(body) {
			yield(body[start:])
		}
	}
}

// trimLineEnd cuts the line end that belongs to the boundary after it.
func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// textOf is a part of a body, unless it is empty.
func textOf(doc read.Document, page bool) []bodyText {
	if doc.Text == "" {
		return nil
	}
	return []bodyText{{doc, page}}
}

// text reads a part of the body, which may be a page.
func (t *tree) text(data []byte, params map[string]string, page bool) []bodyText {
	text, err := charset.DecodeLabelled(data, params["charset"])
	if page && params["charset"] == "" {
		text, err = charset.DecodeHTML(data)
	}
	switch {
	case err != nil:
		t.warn("a part of the text cannot be read: %v", err)
		return nil
	case page:
		return textOf(web.Parse(text), true)
	case strings.EqualFold(params["format"], "flowed"):
		text = unflow(text)
	}
	return textOf(plain.ParseMessage(text), false)
}

// attach keeps a file within the message, a message under its subject.
func (t *tree) attach(header fields, name, media string, body []byte, encoding string) {
	inline := strings.HasPrefix(media, "image/") && header.first("content-id") != "" || strings.HasPrefix(media, "message/")
	if media == "message/rfc822" || media == "message/global" {
		within, _ := splitHeader(body)
		name = strings.TrimSuffix(cmp.Or(name, memberSafe(within.text("subject")), "message"), ".eml") + ".eml"
		inline = false
	}
	if name == "" {
		_, sub, _ := strings.Cut(media, "/")
		name = fmt.Sprintf("part %d.%s", t.parts, memberSafe(sub))
	}
	t.attachments = append(t.attachments, attachment{name: name, inline: inline, calendar: media == calendarMedia || media == "application/ics", data: func(limit int64) ([]byte, error) {
		const widest = 4 // bytes of a body for one of the file, and line ends
		data := transferred(body[:min(int64(len(body)), widest*(limit+1))], encoding)
		if int64(len(data)) > limit {
			return data[:limit], &read.LimitError{Limit: limit}
		}
		return data, nil
	}})
}
