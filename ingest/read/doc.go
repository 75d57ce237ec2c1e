// Package read is the contract between the formats of files and what reads
// documents: bytes go in, normalised text with structure comes out.
//
//	registry := formats.All(read.Options{}) // docent/ingest/read/formats, the one list
//	for doc, err := range registry.Read(ctx, read.Input{Name: path, Data: file, Size: size}) {
//		…
//	}
//
// Whatever the format, a [Document] is one text and the [Block] values that say
// what stands where in it, so that nothing above this package knows a format. A
// file may hold several documents, as a file of records or an archive does. A
// record that cannot be read is a [*LineError], a member of an archive a
// [*MemberError], and the ones after it still come.
//
// # Adding a format
//
// A format is a [Reader] and the [Format] that it is chosen by, in a package of
// its own. It builds its documents with a [Builder], stays within the [Limits]
// that it is given, and keeps no state between files:
//
//	reader := read.Text(limits, func(name, text string) (read.Document, error) {
//		var b read.Builder
//		for line := range strings.Lines(text) {
//			b.Add(read.ListItem, 1, line)
//		}
//		return b.Document(), nil
//	})
//
// It joins the others by a line in docent/ingest/read/formats, or in a [Registry]
// of one's own, and is tested alone with docent/ingest/read/readtest. What
// several formats share stands below them: charsets in docent/ingest/read/charset,
// ZIP and OLE containers, XML, grids and number formats in docent/ingest/read/office.
//
// # Choosing
//
// A [Registry] takes the first format whose Match recognises the content, and
// only then one by the extension. Files are read in processes of their own, which
// know nothing and are bounded, where the registry is wrapped by
// docent/ingest/read/sandbox. A reader never holds more
// than one document and the bytes it is made from.
package read
