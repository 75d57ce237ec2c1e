package read

// Formats is the registry of everything that docent reads. To add a format,
// write its package beside the others and add a line.
func Formats(o Options) Registry {
	l, all := o.Limits, &Registry{Text: PlainText(o.Limits).Reader}
	all.Formats = []Format{
		HTML(l),
		Markdown(l),
		PDF(o),
		DOCX(l),
		PPTX(l),
		XLSX(l),
		ODT(l),
		ODP(l),
		ODS(l),
		EPUB(l),
		RTF(l),
		DOC(l),
		XLS(l),
		PPT(l),
		CSV(l),
		JSONLines(l),
		JSON(l),
		AsciiDoc(l),
		ReStructuredText(l),
		Org(l),
		Notebook(l),
		Subtitles(l),
		SourceCode(l),
		PlainText(l),
		EML(l, all),
		MSG(l, all),
		MBOX(l, all),
		ZIP(l, all),
		SlackExport(l, all),
		Gzip(l, all),
	}
	all.Formats = append(all.Formats, foreign...)
	return *all
}

// foreign are what is recognised to be refused by its name, rather than as a
// file of unknown kind.
var foreign = []Format{
	{Name: "a binary Excel workbook (XLSB)", Sure: true, Match: matchZip("a binary Excel workbook (XLSB)")},
	{Name: "a Visio drawing", Sure: true, Match: matchZip("a Visio drawing")},
	{Name: damagedOLE, Sure: true, Match: matchOLE(damagedOLE)},
	{Name: foreignOLE, Sure: true, Match: matchOLE(foreignOLE)},
	{Name: "an SQLite database", Sure: true, Match: Signature("SQLite format 3\x00")},
}
