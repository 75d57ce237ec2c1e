package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"regexp"
	"strings"

	"docent/ingest/read"
)

// MBOX is the format of MBOX files.
func MBOX(l read.Limits, members *read.Registry) read.Format {
	return read.Format{
		Name: "MBOX", Extensions: []string{".mbox", ".mbx"}, Risky: true,
		Match:  matchMail("MBOX"),
		Reader: mboxReader{reader{l, members}},
	}
}

// mboxReader reads a mailbox (RFC 4155 and its relatives), a message at a
// time: a mailbox may be of any size. A message that fails is a *MemberError.
type mboxReader struct{ reader }

// mostMessages bounds those of one mailbox.
const mostMessages = 1_000_000

func (r mboxReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		if err := in.WithinBudget(countMessages(in.NewReader())); err != nil {
			yield(read.Document{}, err)
			return
		}
		s := r.begin(ctx, in, yield)
		box := mailbox{r: bufio.NewReaderSize(in.NewReader(), 64<<10), limit: r.limits.MaxPart()}
		names := make(messageNames)
		for n := 1; !s.stopped; n++ {
			data, err := box.next(ctx)
			if errors.Is(err, io.EOF) {
				break
			}
			var limit *read.LimitError
			switch {
			case n > mostMessages:
				s.send(read.Document{}, fmt.Errorf("more than %d messages", mostMessages))
				return
			case errors.As(err, &limit):
				s.send(read.Document{}, &read.MemberError{Member: fmt.Sprintf("message %d", n), Err: err})
			case err != nil:
				s.send(read.Document{}, err)
				return
			default:
				*s.in.Left = r.limits.MaxUnpacked() // is for one message
				s.message(parseMail(data), in.Stem(), names.of(n, data))
			}
		}
		s.end()
	}
}

// countMessages counts the lines that messages begin with.
func countMessages(r io.Reader) (n int) {
	lines := bufio.NewReaderSize(r, 64<<10)
	for whole := true; ; {
		line, err := lines.ReadSlice('\n')
		if whole && bytes.HasPrefix(line, []byte("From ")) {
			n++
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return n
		}
		whole = err == nil
	}
}

// messageNames counts the names of the messages of a mailbox.
type messageNames map[string]int

// of is the id that the sender gave a message, which stays when others are
// deleted, or else its number.
func (m messageNames) of(number int, data []byte) string {
	header, _ := splitHeader(data)
	name := memberSafe(strings.Trim(header.first("message-id"), "<> "))
	if name == "" {
		return fmt.Sprintf("message %d", number)
	}
	if m[name]++; m[name] > 1 {
		return fmt.Sprintf("%s (%d)", name, m[name])
	}
	return name
}

// mailbox parts the messages of a file.
type mailbox struct {
	r     *bufio.Reader
	limit int64
	// begun is set when the line before the next message has been read.
	begun bool
	data  []byte
}

// separator is the line before a message: an address, and when it came.
var separator = regexp.MustCompile(`^From .*\d{1,2}:\d{2}`)

// isSeparator also knows the line that says neither, by the header after it.
func isSeparator(line, next []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	if separator.Match(line) {
		return true
	}
	_, _, isField := fieldOf(bytes.TrimRight(next, "\r\n"))
	return isField && len(bytes.Fields(line)) <= 2
}

// next returns the next message, valid until the next call, with its lines
// unescaped; a *LimitError for one that is too large, which is not held, and
// io.EOF at the end.
func (b *mailbox) next(ctx context.Context) ([]byte, error) {
	b.data = b.data[:0]
	var size int64
	blank, fresh := true, true
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		line, err := b.r.ReadSlice('\n')
		whole := err == nil
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && (!errors.Is(err, io.EOF) || len(line) == 0) {
			if errors.Is(err, io.EOF) && b.begun {
				b.begun = false
				return b.message(size)
			}
			return nil, err
		}
		if blank && fresh && bytes.HasPrefix(line, []byte("From ")) {
			line = bytes.Clone(line) // peeking may move it
			next, _ := b.r.Peek(128)
			next, _, _ = bytes.Cut(next, []byte("\n"))
			if isSeparator(line, next) {
				b.begun = true
				if size > 0 {
					return b.message(size)
				}
				blank, fresh = false, whole
				continue
			}
		}
		if fresh {
			line = unescapeFrom(line)
		}
		blank = fresh && len(bytes.TrimRight(line, "\r\n")) == 0
		fresh = whole
		b.begun = true
		if size += int64(len(line)); size <= b.limit {
			b.data = append(b.data, line...)
		}
	}
}

func (b *mailbox) message(size int64) ([]byte, error) {
	if size > b.limit {
		b.data = nil
		return nil, &read.LimitError{Size: size, Limit: b.limit}
	}
	return b.data, nil
}

// unescapeFrom takes back the mark by which a line of text that looks like a
// separator is told from one.
func unescapeFrom(line []byte) []byte {
	if len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}

// strongFields stand in the header of what is a message and in no other text.
var strongFields = map[string]bool{
	"received": true, "message-id": true, "mime-version": true, "return-path": true, "delivered-to": true,
	"dkim-signature": true, "content-transfer-encoding": true, "x-mailer": true, "x-gm-thrid": true, "x-mozilla-status": true,
}

// matchMail matches the files of messages, and those of mailboxes.
func matchMail(format string) func(*read.Sample) bool {
	return func(s *read.Sample) bool {
		return s.Once("mail", func() string { return kindOf(s.Name, s.Head) }) == format
	}
}

// kindOf tells a message or a mailbox by its first lines.
func kindOf(name string, head []byte) string {
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	box := isSeparator(first, rest[:max(0, bytes.IndexByte(rest, '\n'))])
	if box {
		head = rest
	}
	header, _ := splitHeader(head)
	strong := 0
	for name := range header {
		if strongFields[name] {
			strong++
		}
	}
	switch _, from := header["from"]; {
	case strong == 0 || !from && strong < 2:
		return ""
	case box && !strings.EqualFold(filepath.Ext(name), ".eml"): // some programs begin one message so
		return "MBOX"
	}
	return "EML"
}
