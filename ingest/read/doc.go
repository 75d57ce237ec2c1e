// Package read turns the bytes of a file into text with structure.
//
//	formats := read.Formats(read.Options{})
//	for doc, err := range formats.Read(ctx, read.Input{Name: path, Data: file, Size: size}) {
//		…
//	}
//
// A [Registry] chooses the format, by content first and by the extension of
// the name second. Each format is a [Reader] in a file of its own. Whatever
// the format, the result is one normalised text and [Block] values that say
// what stands where in it: the same three things, so that nothing above this
// package knows a format.
//
// A file may hold several documents, as a file of records does, or an archive.
// A record that cannot be read is a [*LineError], a member of an archive a
// [*MemberError], and the ones after it still come.
//
// Some formats are risky: a small file can make their readers take any time and
// memory. A [sandbox.Pool] reads these in processes of their own, which [sandbox.Serve] is the
// inside of, and gives up what goes beyond a limit.
//
// A reader never holds more than one document and the bytes it is made from;
// [Limits] bound both.
package read
