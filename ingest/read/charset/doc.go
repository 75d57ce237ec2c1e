// Package charset turns the bytes of a text, in whatever charset, into UTF-8.
//
//	text, err := charset.Decode(data)
//
// A byte order mark decides, then whether the bytes are UTF-8, then what the file
// declares. For what declares nothing, the charsets from before Unicode are held
// against the letters of the languages that are written in them (legacy.go,
// vote.go).
package charset
