// Package plain reads files of text without markup: [Text], [SourceCode], rows
// ([CSV]), data ([JSON], [JSONLines]) and [Subtitles].
//
//	for doc, err := range plain.CSV(limits).Reader.Read(ctx, read.Bytes("a.csv", data)) {
//		…
//	}
//
// [Parse] structures a text that another format found within its files, as the
// body of a message.
package plain
