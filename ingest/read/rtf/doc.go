// Package rtf reads Rich Text Format 1.9.1.
//
//	for doc, err := range rtf.Format(limits).Reader.Read(ctx, read.Bytes("a.rtf", data)) {
//		…
//	}
//
// A lexer makes tokens of the stream, and a parser keeps what each group takes
// over from the one around it. Paragraphs and rows are put together in flows:
// the body, a note, a running head. [Parse] reads a stream that another format
// found within its files.
package rtf
