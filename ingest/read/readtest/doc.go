// Package readtest holds readers to the contract of docent/ingest/read.
//
//	func TestGolden(t *testing.T) { readtest.Golden(t, reader) }
//
//	func FuzzToy(f *testing.F) { readtest.Fuzz(f, reader, "a.toy", "first", "second") }
//
// Every function takes a [read.Reader]: that of one format, or a registry.
package readtest
