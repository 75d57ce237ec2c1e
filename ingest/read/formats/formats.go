// Package formats is the one list of what docent reads.
package formats

import (
	"docent/ingest/read"
	"docent/ingest/read/archive"
	"docent/ingest/read/mail"
	"docent/ingest/read/markup"
	"docent/ingest/read/msoffice"
	"docent/ingest/read/office"
	"docent/ingest/read/ooxml"
	"docent/ingest/read/opendocument"
	"docent/ingest/read/pdf"
	"docent/ingest/read/plain"
	"docent/ingest/read/rtf"
	"docent/ingest/read/web"
)

// All is the registry of everything that docent reads. To add a format,
// write its package beside the others and add a line.
func All(o read.Options) read.Registry {
	l, all := o.Limits, &read.Registry{Text: plain.Text(o.Limits).Reader}
	all.Formats = []read.Format{
		web.HTML(l),
		markup.Markdown(l),
		pdf.Format(o),
		ooxml.DOCX(l),
		ooxml.PPTX(l),
		ooxml.XLSX(l),
		opendocument.ODT(l),
		opendocument.ODP(l),
		opendocument.ODS(l),
		web.EPUB(l),
		rtf.Format(l),
		msoffice.DOC(l),
		msoffice.XLS(l),
		msoffice.PPT(l),
		plain.CSV(l),
		plain.JSONLines(l),
		plain.JSON(l),
		markup.ASCIIDoc(l),
		markup.ReStructuredText(l),
		markup.Org(l),
		markup.Notebook(l),
		plain.Subtitles(l),
		plain.SourceCode(l),
		plain.Text(l),
		mail.Calendar(l),
		mail.EML(l, all),
		mail.MSG(l, all),
		mail.MBOX(l, all),
		archive.ZIP(l, all),
		archive.SlackExport(l, all),
		archive.Gzip(l, all),
	}
	all.Formats = append(all.Formats, foreign...)
	return *all
}

// foreign are what is recognised to be refused by its name, rather than as a
// file of unknown kind.
var foreign = []read.Format{
	{Name: "a binary Excel workbook (XLSB)", Sure: true, Match: office.MatchZip("a binary Excel workbook (XLSB)")},
	{Name: "a Visio drawing", Sure: true, Match: office.MatchZip("a Visio drawing")},
	{Name: office.DamagedOLE, Sure: true, Match: office.MatchOLE(office.DamagedOLE)},
	{Name: office.ForeignOLE, Sure: true, Match: office.MatchOLE(office.ForeignOLE)},
	{Name: "an SQLite database", Sure: true, Match: read.Signature("SQLite format 3\x00")},
}
