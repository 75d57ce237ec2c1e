package mail

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// EML is the format of EML files.
func EML(l read.Limits, members *read.Registry) read.Format {
	return read.Format{
		Name: "EML", Extensions: []string{".eml", ".emlx", ".mht", ".mhtml"}, Risky: true,
		Match:  matchMail("EML"),
		Reader: reader{l, members},
	}
}

// mail is an e-mail message, of whatever file.
type mail struct {
	subject, author, date string
	// texts are the parts of its body, in order.
	texts       []bodyText
	attachments []attachment
	// encrypted is set where a part can only be read with a key.
	encrypted bool
	warnings  []string
}

// bodyText is a part of a body.
type bodyText struct {
	read.Document
	// page is set for one in HTML.
	page bool
}

// attachment is a file in a message.
type attachment struct {
	name string
	// inline is set for pictures that the body shows.
	inline bool
	// calendar is set for one that says again what an invitation does.
	calendar bool
	// data unpacks it; more than limit bytes are a *LimitError, with the first
	// of them.
	data func(limit int64) ([]byte, error)
	// message is set instead for a message that Outlook keeps as one.
	message *outlook
}

// reader reads a message with its attachments (RFC 5322, MIME). The
// subject is the title and stands above the body; sender and date are the
// document's author and date. Attachments are documents of their own.
type reader struct {
	limits  read.Limits
	formats *read.Registry
}

func (r reader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		data, err := in.ReadAll(r.limits.MaxFile())
		if err != nil {
			yield(read.Document{}, err)
			return
		}
		s := r.begin(ctx, in, yield)
		s.message(parseMail(unwrapMail(data)), in.Stem(), "")
		s.end()
	}
}

// unwrapMail takes the message out of what Apple Mail writes around it: its
// size before it, and a list of properties after it.
func unwrapMail(data []byte) []byte {
	line, rest, found := bytes.Cut(data, []byte("\n"))
	line = bytes.TrimSpace(line)
	if found && len(line) > 0 && len(line) < 12 && len(bytes.Trim(line, "0123456789")) == 0 {
		return office.Slice(rest, 0, office.Int(string(line), 0))
	}
	return data
}

// session yields what comes out of one file with messages.
type session struct {
	reader
	ctx   context.Context //nolint:containedctx // it lives as long as one call
	in    read.Input
	yield func(read.Document, error) bool
	// count is how many documents and failures were yielded, stopped that no
	// more are wanted.
	count   int
	stopped bool
}

func (r reader) begin(ctx context.Context, in read.Input, yield func(read.Document, error) bool) *session {
	if in.Left == nil {
		left := r.limits.MaxUnpacked()
		in.Left = &left
	}
	return &session{reader: r, ctx: ctx, in: in, yield: yield}
}

func (s *session) send(doc read.Document, err error) {
	s.count++
	if s.stopped = !s.yield(doc, err); !s.stopped && s.ctx.Err() != nil {
		s.yield(read.Document{}, s.ctx.Err())
		s.stopped = true
	}
}

// end says that a file had nothing in it.
func (s *session) end() {
	if s.count == 0 && !s.stopped {
		s.yield(read.Document{}, read.ErrEmpty)
	}
}

// message yields a message, which is a member where that is not "", and the
// documents attached to it.
func (s *session) message(m *mail, stem, member string) {
	wanted := s.wanted(m)
	doc, err := m.document(s.limits)
	doc.Title = cmp.Or(doc.Title, stem)
	doc.Member = member
	switch {
	case errors.Is(err, read.ErrEmpty) && (len(wanted) > 0 || member == ""):
		// The attachments are all there is.
	case err != nil && member != "":
		s.send(read.Document{}, &read.MemberError{Member: member, Err: err})
	default:
		if s.send(doc, err); err != nil {
			return
		}
	}
	for _, a := range wanted {
		if s.stopped {
			return
		}
		s.attached(a, strings.TrimPrefix(member+"/"+a.name, "/"))
	}
}

// wanted are the attachments that are read. The others are named in a warning,
// but for pictures that the body shows. Attachments are read in messages
// attached to messages, and not in those within these.
func (s *session) wanted(m *mail) []attachment {
	const most = 500
	var wanted []attachment
	var other []string
	seen := make(map[string]int)
	for _, a := range m.attachments {
		if seen[a.name]++; seen[a.name] > 1 {
			a.name = numberedName(a.name, seen[a.name])
		}
		switch {
		case s.in.Depth < read.MaxNested && len(wanted) < most && s.readable(a):
			wanted = append(wanted, a)
		case !a.inline:
			other = append(other, a.name)
		}
	}
	if len(other) > 0 {
		m.warn("attachments that were not read: %s", strings.Join(other[:min(len(other), 20)], ", "))
	}
	return wanted
}

// numberedName tells the files of one name in a message apart.
func numberedName(name string, n int) string {
	extension := filepath.Ext(name)
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, extension), n, extension)
}

// readable reports whether an attachment is a document: named like one, or
// one of a format that tells itself.
func (s *session) readable(a attachment) bool {
	if a.message != nil || s.formats.Known(a.name) {
		return true
	}
	head, err := a.data(read.HeadSize)
	var limit *read.LimitError
	if err != nil && !errors.As(err, &limit) {
		return false
	}
	found, ok, err := s.formats.Recognise(read.Bytes("", head))
	return err == nil && ok && found.Sure
}

// attached yields the documents of an attachment.
func (s *session) attached(a attachment, member string) {
	if a.message != nil {
		s.in.Depth++
		s.message(a.message.mail(s.ctx, s.limits, embeddedHeader), a.name, member)
		s.in.Depth--
		return
	}
	data, err := a.data(min(s.limits.MaxPart(), *s.in.Left))
	if err != nil {
		s.send(read.Document{}, &read.MemberError{Member: member, Err: err})
		return
	}
	*s.in.Left -= int64(len(data))
	in := read.Input{Name: a.name, Data: bytes.NewReader(data), Size: int64(len(data)), Depth: s.in.Depth + 1, Left: s.in.Left}
	for doc, err := range s.formats.Member(s.ctx, in, member) {
		if s.send(doc, err); s.stopped {
			return
		}
	}
}

func (m *mail) warn(format string, args ...any) {
	const most = 20
	if len(m.warnings) < most {
		m.warnings = append(m.warnings, fmt.Sprintf(format, args...))
	}
}

// document is the message without its attachments.
func (m *mail) document(limits read.Limits) (read.Document, error) {
	var c read.Builder
	subject := lang.OneLine(read.Clean(m.subject))
	c.Add(read.Heading, 1, subject)
	for _, t := range m.texts {
		if t.page && subject != "" {
			demote(t.Blocks)
		}
		c.Include(t.Document)
		m.warnings = append(m.warnings, t.Warnings...)
	}
	doc := read.Document{Text: c.Text.String(), Blocks: c.Blocks, Author: m.author, Date: m.date, Warnings: m.warnings}
	doc.Title = subject
	if subject == "" && len(m.texts) > 0 {
		doc.Title = m.texts[0].Title
	}
	switch {
	case int64(len(doc.Text)) > limits.MaxDocument():
		return read.Document{}, &read.LimitError{Size: int64(len(doc.Text)), Limit: limits.MaxDocument()}
	case m.encrypted && len(m.texts) == 0:
		return read.Document{}, read.ErrProtected
	case doc.Text == "":
		return read.Document{}, read.ErrEmpty
	}
	return doc, nil
}

// demote puts the headings of a body below the subject.
func demote(blocks []read.Block) {
	for i := range blocks {
		if blocks[i].Kind == read.Heading {
			blocks[i].Level = min(blocks[i].Level+1, 6)
		}
	}
}
