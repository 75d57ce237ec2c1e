package ooxml_test

import (
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// fuzzPart puts any bytes in the place of one part of a sample.
func fuzzPart(f *testing.F, name, part string, seeds ...string) {
	archive := sample(f, name)
	at := -1
	for i, file := range archive.Files {
		if file.Name == part {
			at = i
			f.Add(file.Data)
		}
	}
	if at < 0 {
		f.Fatalf("%s has no %s", name, part)
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	formats := formats.All(read.Options{Limits: read.Limits{Document: 1 << 20}})
	f.Fuzz(func(t *testing.T, data []byte) {
		changed := *archive
		changed.Files = append(changed.Files[:0:0], archive.Files...)
		changed.Files[at].Data = data
		for doc, err := range formats.Read(t.Context(), read.Bytes(name, container(t, &changed))) {
			if err == nil {
				readtest.Check(t, doc)
			}
		}
	})
}

// part is one of a sample.
func part(f *testing.F, name, part string) string {
	for _, file := range sample(f, name).Files {
		if file.Name == part {
			return string(file.Data)
		}
	}
	f.Fatalf("%s has no %s", name, part)
	return ""
}

func FuzzDOCX(f *testing.F) {
	fuzzPart(f, "form.docx", "word/document.xml", part(f, "handbook.docx", "word/document.xml"), part(f, "tables.docx", "word/document.xml"),
		`<d><txbxContent><p><r><t>a</t></r></p></txbxContent><t>b</t></d>`, `<d><p><pPr/><p><tbl><p/></tbl></p></p></d>`)
}

func FuzzDOCXNumbering(f *testing.F) { fuzzPart(f, "handbook.docx", "word/numbering.xml") }

func FuzzDOCXStyles(f *testing.F) { fuzzPart(f, "handbook.docx", "word/styles.xml") }

func FuzzPPTX(f *testing.F) { fuzzPart(f, "talk.pptx", "ppt/slides/slide1.xml") }

func FuzzChart(f *testing.F) { fuzzPart(f, "handbook.docx", "word/charts/chart1.xml") }

func FuzzXLSX(f *testing.F) {
	fuzzPart(f, "orders.xlsx", "xl/worksheets/sheet1.xml", part(f, "budget.xlsx", "xl/worksheets/sheet1.xml"),
		`<w><sheetData><row r="-1"><c r="ZZZ9"><v>1e999</v></c></row></sheetData></w>`)
}

func FuzzXLSXStyles(f *testing.F) {
	fuzzPart(f, "budget.xlsx", "xl/styles.xml", `<s><numFmts><numFmt numFmtId="9" formatCode="[h]:mm;[&lt;=5]0.0E+0;# ?/?;@\"/></numFmts><cellXfs><xf numFmtId="9"/></cellXfs></s>`)
}

func FuzzODT(f *testing.F) {
	fuzzPart(f, "note.odt", "content.xml", part(f, "protocol.odt", "content.xml"))
}

func FuzzODP(f *testing.F) { fuzzPart(f, "talk.odp", "content.xml") }

func FuzzODS(f *testing.F) {
	fuzzPart(f, "stock.ods", "content.xml", part(f, "cantine.ods", "content.xml"))
}

func FuzzEPUB(f *testing.F) { fuzzPart(f, "book.epub", "OEBPS/content.opf") }

func FuzzEPUBPage(f *testing.F) { fuzzPart(f, "book.epub", "OEBPS/Text/c2.xhtml") }

func FuzzZIP(f *testing.F) {
	readtest.Fuzz(f, all, "a.docx", string(readtest.Zip(f, "word/document.xml", wordTop+wordOne+wordEnd)))
}
