// Package pdf reads PDF files with PDFium, compiled to WebAssembly.
//
//	format := pdf.Format(read.Options{Cache: dir})
//
// What PDFium gives is a stream of characters with their places on a page. They
// become lines (glyph.go, line_builder.go), rows of tables (table_rows.go),
// paragraphs, lists and headings (paragraphs.go, list_markers.go, headings.go,
// bookmarks.go, article_headings.go), running heads and feet (running_heads.go),
// and the words that line ends cut are whole again (hyphenation.go). Pages that
// are pictures are read with tesseract where there is one (scanned.go, ocr.go).
//
// Every rule of the layout and every number in it is a field of [Params], with
// what it buys beside it, as the ablation prints it:
//
//	DOCENT_ALL=1 go test -run Ablation -v ./ingest/read/pdf
//
// NOTICE names what PDFium is made of, and the licences of it all.
package pdf
