// Package markup reads text with marks that people write by hand: [Markdown],
// [ASCIIDoc], [ReStructuredText], [Org], and the [Notebook] of Jupyter.
//
//	for doc, err := range markup.Markdown(limits).Reader.Read(ctx, read.Bytes("a.md", data)) {
//		…
//	}
//
// The text is what a reader of the rendered page sees, the blocks are its
// headings, items, code and rows. Markdown is read by a parser of CommonMark;
// the others line by line, and what they mark within a line stays as it was
// written.
package markup
