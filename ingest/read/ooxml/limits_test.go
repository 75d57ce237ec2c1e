package ooxml_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

const (
	wordTop = `<w:document xmlns:w="w"><w:body>`
	wordEnd = `</w:body></w:document>`
	wordOne = `<w:p><w:r><w:t>mot</w:t></w:r></w:p>`
)

func word(t testing.TB, body string) []byte {
	return readtest.Zip(t, "word/document.xml", wordTop+body+wordEnd)
}

// text is a text of OpenDocument, of which the end is missing.
func text(t testing.TB, body string) []byte {
	return readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<o><body><text>"+body)
}

// calc is a workbook of OpenDocument with one sheet.
func calc(t testing.TB, rows string) []byte {
	return readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		`<o xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="A">`+rows+
			`</table:table></office:spreadsheet></office:body></o>`)
}

// excel is a workbook with one sheet, styles and strings.
func excel(t testing.TB, rows, styles, shared string) []byte {
	return readtest.Zip(t,
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<R><R Id="a" Type="x/worksheet" Target="s.xml"/><R Id="b" Type="x/styles" Target="styles.xml"/>`+
			`<R Id="c" Type="x/sharedStrings" Target="strings.xml"/></R>`,
		"xl/s.xml", "<worksheet><sheetData>"+rows+"</sheetData></worksheet>",
		"xl/styles.xml", "<styleSheet>"+styles+"</styleSheet>",
		"xl/strings.xml", "<sst>"+shared+"</sst>")
}

// readWith reads a file's one document under limits.
func readWith(t *testing.T, limits read.Limits, name string, data []byte) (doc read.Document, err error) {
	t.Helper()
	for doc, err = range formats.All(read.Options{Limits: limits}).Read(t.Context(), read.Bytes(name, data)) {
		if err == nil {
			readtest.Check(t, doc)
		}
	}
	return doc, err
}

// TestOfficeLimits reads files that unpack to more than they may.
func TestOfficeLimits(t *testing.T) {
	small := read.Limits{Part: 1 << 20, Document: 1 << 19, Pages: 10}
	letters := strings.Repeat("a", 2<<20)
	for name, tc := range map[string]struct {
		file string
		data []byte
	}{
		"a part":         {"a.docx", word(t, "<w:p><w:r><w:t>"+letters+"</w:t></w:r></w:p>")},
		"the text":       {"a.docx", word(t, "<w:p><w:r><w:t>"+letters[:3<<18]+"</w:t></w:r></w:p>")},
		"many strings":   {"a.xlsx", excel(t, `<row r="1"><c t="s"><v>0</v></c></row>`, "", "<si><t>"+letters+"</t></si>")},
		"repeated cells": {"a.ods", calc(t, strings.Repeat(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>boum</text:p></table:table-cell></table:table-row>`, 3))},
		"a chapter": {"a.epub", readtest.Zip(t, "mimetype", "application/epub+zip", "a.opf", `<p><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></p>`,
			"a.html", letters)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readWith(t, small, tc.file, tc.data)
			var limit *read.LimitError
			if !errors.As(err, &limit) {
				t.Errorf("got %v, want a LimitError", err)
			}
		})
	}
}

// TestTooMany reads files with more parts than they may have.
func TestTooMany(t *testing.T) {
	var entries []string
	for i := range 20_001 {
		entries = append(entries, fmt.Sprintf("word/%d.xml", i), "")
	}
	for name, tc := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"entries":  {"a.docx", readtest.Zip(t, entries...), "20001 entries are more than the limit of 20000"},
		"rows":     {"a.ods", calc(t, strings.Repeat(`<table:table-row table:number-rows-repeated="256"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>`, 2000)), "500001 paragraphs and rows are more than the limit of 500000"},
		"elements": {"a.docx", word(t, "<w:p>"+strings.Repeat("<w:r/>", 1<<20+1)+"</w:p>"), "1048577 elements and texts in one <p> are more than the limit of 1048576"},
		"slides":   {"a.pptx", readtest.Zip(t, "ppt/presentation.xml", `<p><sldIdLst>`+strings.Repeat("<sldId/>", 11)+`</sldIdLst></p>`), "11 slides are more than the limit of 10"},
		"sheets":   {"a.xlsx", readtest.Zip(t, "xl/workbook.xml", `<w><sheets>`+strings.Repeat("<sheet/>", 11)+`</sheets></w>`), "11 sheets are more than the limit of 10"},
		"chapters": {"a.epub", readtest.Zip(t, "mimetype", "application/epub+zip", "a.opf", `<p><spine>`+strings.Repeat("<itemref/>", 11)+`</spine></p>`), "11 chapters are more than the limit of 10"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readWith(t, read.Limits{Pages: 10}, tc.file, tc.data); err == nil || err.Error() != tc.want {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

// TestHostileOffice reads files that claim or nest without end: quickly, and
// with what is in them.
func TestHostileOffice(t *testing.T) {
	far := &strings.Builder{}
	for i := range 20_000 {
		fmt.Fprintf(far, `<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>2</v></c></row>`, i+1, i+1, i+1)
	}
	for name, tc := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"cells far apart":  {"a.xlsx", excel(t, far.String(), "", ""), "A" + strings.Repeat("\n\n1 | 2", 20_000)},
		"repeated nothing": {"a.ods", calc(t, strings.Repeat(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`, 1000)+`<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>`), "A\n\na"},
		"spaces":           {"a.odt", readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<o><body><text><p>a<s c="2000000000"/>b</p></text></body></o>`), "a" + strings.Repeat(" ", 100) + "b"},
		"entities":         {"a.docx", readtest.Zip(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>`+wordTop+"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"+wordEnd), "&b;"},
		"a number":         {"a.docx", readtest.Zip(t, "word/document.xml", wordTop+`<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`+wordEnd, "word/_rels/document.xml.rels", `<R><R Id="n" Type="x/numbering" Target="n.xml"/></R>`, "word/n.xml", `<n><abstractNum abstractNumId="0"><lvl ilvl="0"><start val="2000000000"/><numFmt val="upperLetter"/><lvlText val="%1."/></lvl></abstractNum><num numId="1"><abstractNumId val="0"/></num></n>`), "2000000000. a"},
		"tables in tables": {"a.docx", word(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 300)+wordOne+strings.Repeat("</w:tc></w:tr></w:tbl>", 300)), "mot"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readWith(t, read.Limits{}, tc.file, tc.data)
			if err != nil || doc.Text != tc.want {
				t.Errorf("got %d bytes, %v; want %d", len(doc.Text), err, len(tc.want))
			}
		})
	}
}

// TestSplitText reads a value that comments cut to pieces, without copying for
// each of them what stands before it: for this one that would be 3 GB.
func TestSplitText(t *testing.T) {
	const pieces, most = 10_000, 100 << 20
	part := strings.Repeat("x", 60)
	data := excel(t, `<row r="1"><c><v>`+strings.Repeat(part+"<!---->", pieces)+`</v></c></row>`, "", "")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	doc, err := readWith(t, read.Limits{}, "a.xlsx", data)
	runtime.ReadMemStats(&after)
	if want := "A\n\n" + strings.Repeat(part, pieces); err != nil || doc.Text != want {
		t.Errorf("got %d bytes, %v; want %d", len(doc.Text), err, len(want))
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > most {
		t.Errorf("allocated %d MB, want %d at most", got>>20, most>>20)
	}
}

// TestLongText reads a text that stands in one section, index, item and table,
// and has more elements than are ever held at once.
func TestLongText(t *testing.T) {
	const around = `<section><table-of-content><index-body><list><list-item><table><table-rows>`
	const row = `<table-row><table-cell><p>mot</p></table-cell><table-cell><p>mot</p></table-cell></table-row>`
	doc, err := readWith(t, read.Limits{}, "a.odt", text(t, around+strings.Repeat("<table-row/>", 1<<20)+row))
	if want := "mot | mot"; err != nil || doc.Text != want {
		t.Errorf("got %q, %v; want %q", doc.Text, err, want)
	}
}

// TestDamagedOffice reads what is left of damaged files, or says what is wrong.
func TestDamagedOffice(t *testing.T) {
	whole := word(t, wordOne)
	for name, tc := range map[string]struct {
		file       string
		data       []byte
		text, want string
	}{
		"cut container":        {"a.docx", whole[:len(whole)/2], "", "damaged DOCX: open ZIP container: zip: not a valid zip file"},
		"cut, by another name": {"a.zip", whole[:len(whole)/2], "", "damaged DOCX: open ZIP container: zip: not a valid zip file"},
		"cut part":             {"a.docx", readtest.Zip(t, "word/document.xml", wordTop+wordOne+"<w:p><w:r>"), "mot", "damaged DOCX: parse XML: XML syntax error on line 1: unexpected EOF; the text ends there"},
		"no text before it":    {"a.docx", readtest.Zip(t, "word/document.xml", wordTop+"<w:p><w:r>"), "", "damaged DOCX: parse XML: XML syntax error on line 1: unexpected EOF"},
		"cut table":            {"a.odt", text(t, "<section><table><table-row><table-cell><p>a</p></table-cell><table-cell><p>b</p></table-cell></table-row><table-row><table-cell><p>c</p></table-cell><table-cell><p>d"), "a | b\n\nc | d", "damaged ODT: parse XML: XML syntax error on line 1: unexpected EOF; the text ends there"},
		"nested without end":   {"a.docx", word(t, strings.Repeat("<w:sdt>", 2000)), "", "damaged DOCX: elements nest too deep"},
		"no package document":  {"a.epub", readtest.Zip(t, "mimetype", "application/epub+zip"), "", "damaged EPUB: META-INF/container.xml: no such entry"},
		"no content":           {"a.odt", readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text"), "", "damaged ODT: content.xml: no such entry"},
		"a damaged slide":      {"a.pptx", readtest.Zip(t, "ppt/presentation.xml", `<p xmlns:r="r"><sldIdLst><sldId r:id="a"/><sldId r:id="b"/></sldIdLst></p>`, "ppt/_rels/presentation.xml.rels", `<R><R Id="a" Target="a.xml"/><R Id="b" Target="b.xml"/></R>`, "ppt/a.xml", "<p><sp>", "ppt/b.xml", "<p><sp><txBody><p><r><t>b</t></r></p></txBody></sp></p>"), "b", "slide 1: parse XML: XML syntax error on line 1: unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readWith(t, read.Limits{}, tc.file, tc.data)
			got := strings.Join(doc.Warnings, "; ")
			if err != nil {
				got = err.Error()
			}
			if doc.Text != tc.text || got != tc.want {
				t.Errorf("got %q and %q, want %q and %q", doc.Text, got, tc.text, tc.want)
			}
		})
	}
}

func TestProtectedOffice(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.odt": readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "\x00\x01",
			"META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>`),
		"b.odt": readtest.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text", "encrypted-package", "\x00\x01"),
		"a.epub": readtest.Zip(t, "mimetype", "application/epub+zip", "a.opf", `<p><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></p>`,
			"a.html", "\x00", "META-INF/encryption.xml", `<e><d><c><CipherReference URI="a.html"/></c></d></e>`),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readWith(t, read.Limits{}, name, data); !errors.Is(err, read.ErrProtected) {
				t.Errorf("got %v, want ErrProtected", err)
			}
		})
	}
}

func TestOfficeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range formats.All(read.Options{}).Read(ctx, read.Bytes("a.docx", word(t, wordOne))) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
	}
}

// TestZipKinds tells containers by their content, whatever their name.
func TestZipKinds(t *testing.T) {
	const types = "[Content_Types].xml"
	named := func(contentType string) string {
		return `<Types><Override PartName="/a/b.xml" ContentType="` + contentType + `"/></Types>`
	}
	const main = `<R><R Type="x/officeDocument" Target="a/b.xml"/></R>`
	for _, tc := range []struct {
		want  string
		parts []string
	}{
		{"ZIP archive", []string{"a.txt", "a"}},
		{"ZIP archive", []string{"content.xml", "<a/>"}},
		{"DOCX", []string{"word/document.xml", ""}},
		{"DOCX", []string{types, named("application/vnd.ms-word.document.macroEnabled.main+xml"), "_rels/.rels", main, "a/b.xml", ""}},
		{"PPTX", []string{types, named("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"), "_rels/.rels", main, "a/b.xml", ""}},
		{"XLSX", []string{types, named("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "_rels/.rels", main, "a/b.xml", ""}},
		{"a binary Excel workbook (XLSB)", []string{types, named("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "_rels/.rels", main, "a/b.xml", ""}},
		{"ODS", []string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet-template"}},
		{"ODT", []string{"content.xml", "", "META-INF/manifest.xml", `<m><f full-path="/" media-type="application/vnd.oasis.opendocument.text"/></m>`}},
		{"EPUB", []string{"META-INF/container.xml", ""}},
	} {
		// What reads only these formats says what else it found.
		var known []read.Format
		for _, f := range formats.All(read.Options{}).Formats {
			f.Reader = nil
			known = append(known, f)
		}
		f, err := read.Registry{Formats: known}.Choose(read.Bytes("a.txt", readtest.Zip(t, tc.parts...)))
		got := f.Name
		var unsupported *read.UnsupportedError
		if errors.As(err, &unsupported) {
			got = unsupported.Found
		}
		if got != tc.want {
			t.Errorf("%v: got %q, want %q", tc.parts, got, tc.want)
		}
	}
}
