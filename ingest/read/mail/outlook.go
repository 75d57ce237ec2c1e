package mail

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/office"
	"docent/ingest/read/plain"
	"docent/ingest/read/rtf"
	"docent/ingest/read/web"
	"docent/rag/lang"
)

// MSG is the format of MSG files.
func MSG(l read.Limits, members *read.Registry) read.Format {
	return read.Format{
		Name: "MSG", Extensions: []string{".msg", ".oft"}, Sure: true, Risky: true,
		Match:  office.MatchOLE("MSG"),
		Reader: outlookReader{reader{l, members}},
	}
}

// outlookReader reads messages saved by Outlook (MS-OXMSG), as reader
// does others.
type outlookReader struct{ reader }

func (r outlookReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		o, err := office.OpenOLE(in, r.limits)
		if err != nil {
			yield(read.Document{}, office.Damaged("MSG", err))
			return
		}
		s := r.begin(ctx, in, yield)
		m := outlook{OLE: o, page: 1252}.mail(ctx, s.limits, messageHeader)
		s.message(m, in.Stem(), "")
		s.end()
	}
}

// outlook is a message in a compound file: the whole, or one in a storage of
// it.
type outlook struct {
	*office.OLE
	path []string
	page int
}

// Properties by their numbers.
const (
	propertyClass         = 0x001a
	propertySubject       = 0x0037
	propertySubmitTime    = 0x0039
	propertySentFor       = 0x0042
	propertyHeaders       = 0x007d
	propertySender        = 0x0c1a
	propertySenderAddress = 0x0c1f
	propertyDelivered     = 0x0e06
	propertyBody          = 0x1000
	propertyRTF           = 0x1009
	propertyHTML          = 0x1013
	propertyDisplayName   = 0x3001
	propertyCreated       = 0x3007
	propertyData          = 0x3701
	propertyShortName     = 0x3704
	propertyLongName      = 0x3707
	propertyContentID     = 0x3712
	propertyHidden        = 0x7ffe
	propertySMTP          = 0x5d01
	propertyCodePage      = 0x3ffd
	propertyHTMLCodePage  = 0x3fde
)

// stream is a property's stream; types are told by the end of its name.
func (m outlook) stream(property int, kind string) ([]byte, bool) {
	path := m.at(fmt.Sprintf("__substg1.0_%04X%s", property, kind))
	if !m.Has(path...) {
		return nil, false
	}
	data, err := m.ReadAll(path...)
	return data, err == nil
}

func (m outlook) at(name string) []string { return append(m.path[:len(m.path):len(m.path)], name) }

// text is a property that is text, "" where it is missing.
func (m outlook) text(property int) string {
	if data, ok := m.stream(property, "001F"); ok {
		return strings.TrimRight(office.UTF16(data), "\x00")
	}
	if data, ok := m.stream(property, "001E"); ok {
		return strings.TrimRight(charset.DecodePage(data, m.page), "\x00")
	}
	return ""
}

// fixed are the properties with a size of their own, by number: the 8 bytes of
// each.
func (m outlook) fixed(header int) map[int][]byte {
	data, err := m.ReadAll(m.at("__properties_version1.0")...)
	if err != nil {
		return nil
	}
	const size, most = 16, 10_000
	values := make(map[int][]byte)
	for at := header; at+size <= len(data) && len(values) < most; at += size {
		values[office.Uint16(data, at+2)] = data[at+8 : at+size]
	}
	return values
}

// The properties of a message stand behind a header, which is shorter for a
// message within another and for an attachment.
const (
	messageHeader    = 32
	embeddedHeader   = 24
	attachmentHeader = 8
)

// mail reads the message. Its attachments are read when they are asked for.
func (m outlook) mail(ctx context.Context, limits read.Limits, header int) *mail {
	fixed := m.fixed(header)
	m.page = cmp.Or(office.Uint16(fixed[propertyCodePage], 0), m.page)
	out := &mail{subject: m.text(propertySubject), author: m.author()}
	for _, property := range []int{propertySubmitTime, propertyDelivered, propertyCreated} {
		out.date = cmp.Or(out.date, office.FileTime(fixed[property]))
	}
	m.body(ctx, out, office.Uint16(fixed[propertyHTMLCodePage], 0), limits)
	m.attachments(out)
	return out
}

// author is who sent the message, or on whose behalf it was sent.
func (m outlook) author() string {
	for _, property := range []int{propertySender, propertySentFor, propertySMTP, propertySenderAddress} {
		name := strings.Trim(lang.OneLine(read.Clean(m.text(property))), "'\" ")
		if name != "" && !strings.HasPrefix(strings.ToUpper(name), "/O=") { // an address within Exchange
			return name
		}
	}
	header, _ := splitHeader([]byte(m.text(propertyHeaders)))
	return header.authors()
}

// body reads the text: plain, or else as a page, or else as RTF.
func (m outlook) body(ctx context.Context, out *mail, page int, limits read.Limits) {
	class := strings.ToUpper(m.text(propertyClass))
	out.encrypted = strings.Contains(class, "SMIME") && !strings.Contains(class, "MULTIPARTSIGNED")
	source := m.text(propertyHTML)
	if data, ok := m.stream(propertyHTML, "0102"); ok {
		source = m.pageSource(data, page)
	}
	if out.texts = textOf(plain.ParseMessage(m.text(propertyBody)), false); out.texts == nil {
		out.texts = textOf(web.Parse(source), true)
	}
	data, ok := m.stream(propertyRTF, "0102")
	if !ok || out.texts != nil {
		return
	}
	unpacked, err := unpackRTF(data, limits.MaxPart())
	if err == nil {
		var doc read.Document
		doc, err = rtf.Parse(ctx, bytes.NewReader(unpacked), limits)
		out.texts = textOf(doc, false)
	}
	if err != nil {
		out.warn("the body cannot be read: %v", err)
	}
}

// pageSource decodes a page whose code page the message tells.
func (m outlook) pageSource(data []byte, page int) string {
	if charset.CodePages[page] != nil && page != 1252 {
		return charset.DecodePage(data, page)
	}
	source, err := charset.DecodeHTML(data)
	if err != nil {
		return charset.DecodePage(data, page)
	}
	return source
}

// attachments lists the files in the storages of the message.
func (m outlook) attachments(out *mail) {
	for i := range mostParts {
		a := outlook{OLE: m.OLE, path: m.at(fmt.Sprintf("__attach_version1.0_#%08X", i)), page: m.page}
		if !a.Has(a.path...) {
			break
		}
		a.attachment(out)
	}
}

func (m outlook) attachment(out *mail) {
	name := cmp.Or(m.text(propertyLongName), m.text(propertyShortName), m.text(propertyDisplayName))
	const embedded = "000D"
	if inner := m.at(fmt.Sprintf("__substg1.0_%04X%s", propertyData, embedded)); m.Has(inner...) {
		message := outlook{OLE: m.OLE, path: inner, page: m.page}
		if !message.Has(message.at("__properties_version1.0")...) {
			out.warn("attachments that were not read: %s", memberSafe(name))
			return
		}
		name = memberSafe(cmp.Or(message.text(propertySubject), name, "message"))
		out.attachments = append(out.attachments, attachment{name: name, message: &message})
		return
	}
	hidden := office.Uint16(m.fixed(attachmentHeader)[propertyHidden], 0)&0xff == 1
	out.attachments = append(out.attachments, attachment{
		name:   cmp.Or(memberSafe(headerText(name)), "attachment"),
		inline: hidden || m.text(propertyContentID) != "",
		data: func(limit int64) ([]byte, error) {
			data, err := m.ReadAll(m.at(fmt.Sprintf("__substg1.0_%04X0102", propertyData))...)
			if err == nil && int64(len(data)) > limit {
				return data[:limit], &read.LimitError{Size: int64(len(data)), Limit: limit}
			}
			return data, err
		},
	})
}
