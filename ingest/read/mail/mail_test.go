package mail_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

func TestGolden(t *testing.T) { readtest.Golden(t, all) }

const mailHead = "Return-Path: <a@example.org>\nFrom: \"Zoe\" <a@example.org>\nSubject: S\nMIME-Version: 1.0\n"

func mixed(parts ...string) string {
	return "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
}

func TestMailAttachments(t *testing.T) {
	file := func(name, text string) string {
		return "Content-Type: application/octet-stream; name=\"" + name + "\"\nContent-Disposition: attachment\n\n" + text
	}
	inner := "Content-Type: message/rfc822\n\n" + mailHead + strings.Replace(mixed("\nInner.", file("in.txt", "In the inner."),
		"Content-Type: message/rfc822\n\n"+mailHead+"\nToo deep for attachments."), "=b\n", "=c\n", 1)
	inner = strings.ReplaceAll(inner, "--b", "--c")
	data := mailHead + mixed("\nBody.", file("a/notes.txt", "Some notes."), file("photo.png", "\x89PNG\x00\x00\x00\x00"),
		file("noname", `{\rtf1 By its content.}`), inner, file("empty.md", ""))
	want := `EML "S" "Zoe"
warning: attachments that were not read: photo.png
heading 1: S
paragraph: Body.
text "a_notes" "a_notes.txt"
paragraph: Some notes.
RTF "noname" "noname"
paragraph: By its content.
EML "S" "Zoe" "S.eml"
heading 1: S
paragraph: Inner.
text "in" "S.eml/in.txt"
paragraph: In the inner.
EML "S" "Zoe" "S.eml/S.eml"
heading 1: S
paragraph: Too deep for attachments.
error: empty.md: no text in it
`
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.eml", []byte(data))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDigest(t *testing.T) {
	data := mailHead + "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: One\n\nFirst.\n--b\nX: y\n\nSubject: Two\n\nSecond.\n" +
		"--b\nContent-Type: text/plain\n\nA note.\n--b--\n"
	want := `EML "S" "Zoe"
heading 1: S
paragraph: A note.
EML "One" "One.eml"
heading 1: One
paragraph: First.
EML "Two" "Two.eml"
heading 1: Two
paragraph: Second.
`
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.eml", []byte(data))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMailRecognised(t *testing.T) {
	for name, c := range map[string]struct{ file, data, format string }{
		"message":               {"a.txt", mailHead + "\nText.", "EML"},
		"message of Apple Mail": {"a.emlx", fmt.Sprintf("%d\n%s\nText.<plist>", len(mailHead)+6, mailHead), "EML"},
		"mailbox":               {"Inbox", "From a@example.org Tue Mar 12 10:00:00 2024\n" + mailHead + "\nText.", "MBOX"},
		"mailbox of Mozilla":    {"Inbox", "From \r\n" + strings.ReplaceAll(mailHead, "\n", "\r\n") + "\r\nText.", "MBOX"},
		"message after a line":  {"a.eml", "From a@example.org Tue Mar 12 10:00:00 2024\n" + mailHead + "\nText.", "EML"},
		"a memo":                {"memo.txt", "From: Zoe\nTo: Noël\nSubject: S\n\nText.", "text"},
		"a letter":              {"letter.txt", "From the start at 10:00 it was\nclear.\n", "text"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readtest.One(t, all, c.file, []byte(c.data))
			if err != nil || doc.Format != c.format || strings.Contains(doc.Text, "plist") {
				t.Errorf("got %s %q, %v; want %s", doc.Format, doc.Text, err, c.format)
			}
		})
	}
}

func TestMailbox(t *testing.T) {
	box := func(messages ...string) string {
		return "From a@example.org Tue Mar 12 10:00:00 2024\n" + strings.Join(messages, "\n\nFrom a@example.org Tue Mar 12 10:00:00 2024\n")
	}
	id := func(id string) string { return "Message-ID: <" + id + ">\n" }
	data := box(mailHead+id("x/y@z")+"\nOne.", mailHead+"\nTwo.", mailHead+id("x/y@z")+"\nThree.", "X: y\n\n",
		mailHead+id("long")+"\n"+strings.Repeat("mot ", 1000), mailHead+id("after")+"\nAfter.")
	var got []string
	formats := formats.All(read.Options{Limits: read.Limits{Part: 2000}})
	for doc, err := range formats.Read(t.Context(), read.Bytes("a.mbox", []byte(data))) {
		var member *read.MemberError
		var limit *read.LimitError
		switch {
		case err == nil:
			got = append(got, doc.Member)
		case !errors.As(err, &member):
			t.Errorf("got %v, want a MemberError", err)
		case errors.As(err, &limit):
			got = append(got, "too large: "+member.Member)
		default:
			got = append(got, err.Error())
		}
	}
	want := []string{"x_y@z", "message 2", "x_y@z (2)", "message 4: no text in it", "too large: message 5", "after"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// endless is a mailbox of many messages that is nowhere held.
type endless struct {
	message string
	size    int64
}

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off+int64(n) < e.size {
		at := int((off + int64(n)) % int64(len(e.message)))
		n += copy(p[n:min(len(p), n+int(e.size-off)-n)], e.message[at:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// TestLargeMailbox reads one of 64 MiB, message by message.
func TestLargeMailbox(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a second")
	}
	message := "From a@example.org Tue Mar 12 10:00:00 2024\n" + mailHead + "\n" + strings.Repeat(strings.Repeat("x", 75)+"\n", 14_000) + "\n"
	e := endless{message, 64 * int64(len(message))}
	n := 0
	for doc, err := range formats.All(read.Options{}).Read(t.Context(), read.Input{Name: "a.mbox", Data: e, Size: e.size}) {
		if err != nil || len(doc.Text) < 1<<20 {
			t.Fatalf("got %d bytes, %v", len(doc.Text), err)
		}
		n++
	}
	if n != 64 {
		t.Errorf("%d messages, want 64", n)
	}
}

func TestHostileMail(t *testing.T) {
	var nested strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	for name, c := range map[string]struct{ data, want string }{
		"nested parts":   {mailHead + nested.String() + "\nend", "deeper than 20"},
		"many parts":     {mailHead + mixed(slices.Repeat([]string{"\nx"}, 300_000)...), "first 500 parts"},
		"many files":     {mailHead + mixed(slices.Repeat([]string{"Content-Type: image/png; name=a.png\n\nx"}, 300_000)...), "a (2).png"},
		"endless header": {mailHead + "X: y" + strings.Repeat("\n folded", 500_000) + "\n\nText.", "Text."},
		"many fields":    {mailHead + strings.Repeat("X: y\n", 500_000) + "\nText.", "Text."},
		"one line":       {mailHead + "\n" + strings.Repeat("x ", 5_000_000), "x x x"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			if got := readtest.Dump(t, all, "a.eml", []byte(c.data)); !strings.Contains(got, c.want) {
				t.Errorf("got %.300s", got)
			}
			if spent := time.Since(began); spent > 20*time.Second {
				t.Errorf("took %v", spent)
			}
		})
	}
}

func FuzzMail(f *testing.F) {
	readtest.Fuzz(f, all, "a.eml", mailHead+mixed("Content-Transfer-Encoding: base64\n\neA==", "Content-Transfer-Encoding: quoted-printable\n\n=3D="),
		mailHead+mixed("Content-Type: message/rfc822\n\nSubject: =?utf-8?q?x?=\n\ny"), "Content-Type: text/plain; format=flowed; delsp=yes\n\na \nb\n> c \n> d")
}

func FuzzMailbox(f *testing.F) {
	readtest.Fuzz(f, all, "a.mbox", "From a Tue Mar 12 10:00:00 2024\nSubject: x\n\n>From y\n\nFrom b 1:00\n\nFrom \nX: y\n\nz")
}
