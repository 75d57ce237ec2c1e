package read

import (
	"bytes"
	"context"
)

// Format is a reader with what it is chosen by.
type Format struct {
	// Name is what a person calls it: "Markdown", "PDF".
	Name string
	// Extensions are in lower case, with the dot, the usual one first. A
	// format whose content always tells is not chosen by them.
	Extensions []string
	// Match reports whether the content leaves no doubt that a file is of this
	// format; nil where only the extension tells.
	Match func(*Sample) bool
	// Sure says that content always tells: a file of that extension which does
	// not match is something else.
	Sure bool
	// Risky formats take long to read: a small file can make their readers take any
	// time and memory. See docent/ingest/read/sandbox.
	Risky bool
	// Start starts the engine that the reader works with, which takes longer
	// than most files do; nil where it has none. The first file starts it too.
	Start func(context.Context) error
	// Reader is nil for what is recognised only to be refused by its name.
	Reader Reader
}

// Sample is what a format is recognised by: the first bytes of a file, and the
// file where these do not tell.
type Sample struct {
	Input
	// Head is the first bytes of the file, HeadSize at most.
	Head []byte
	// found holds what Once found.
	found map[string]string
}

// Once returns what find returned when it was first called for the key: the
// formats of one container look into it once.
func (s *Sample) Once(key string, find func() string) string {
	found, ok := s.found[key]
	if !ok {
		found = find()
		s.found[key] = found
	}
	return found
}

// Signature matches files that begin with these bytes.
func Signature(prefix string) func(*Sample) bool {
	return func(s *Sample) bool { return bytes.HasPrefix(s.Head, []byte(prefix)) }
}
