package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"path/filepath"
	"strings"
	"unicode"

	"docent/rag"
	"docent/rag/lang"
)

// fileID names the document of a file, or of a member of one: readable, and the
// same for as long as the file stays where it is.
func fileID(path string) rag.DocumentID {
	sum := sha256.Sum256([]byte(path))
	base := filepath.Base(path)
	return rag.DocumentID(slug(strings.TrimSuffix(base, filepath.Ext(base))) + "-" + hex.EncodeToString(sum[:5]))
}

// inSpace tells the id of a record in a space from the same one in another: who
// may put documents into one must neither learn nor take an id of another. Those of
// everyone's are as they are.
func inSpace(id rag.DocumentID, space string) rag.DocumentID {
	if space == rag.Everyone {
		return id
	}
	sum := sha256.Sum256([]byte(space))
	return id + rag.DocumentID("-"+hex.EncodeToString(sum[:5]))
}

// slug is a name in lower-case ASCII letters and digits, joined by hyphens.
func slug(name string) string {
	words := strings.FieldsFunc(lang.Fold(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	s := strings.Join(words, "-")
	if s == "" {
		return "document"
	}
	const most = 40
	if len(s) > most {
		s = strings.TrimRight(s[:most], "-")
	}
	return s
}

// maxIDBytes bounds the id that a record gives itself, in bytes.
const maxIDBytes = 512

// recordID takes the id of a record as it is, if it can name a document.
func recordID(key string) (rag.DocumentID, error) {
	if len(key) > maxIDBytes {
		return "", fmt.Errorf("the id is longer than %d bytes", maxIDBytes)
	}
	if key == "-" {
		return "", errors.New(`the id "-" stands for standard input`)
	}
	if strings.ContainsFunc(key, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }) {
		return "", fmt.Errorf("the id %q holds white space or invisible characters", key)
	}
	return rag.DocumentID(key), nil
}

// documentHash covers everything that makes a document worth putting again.
// Its language is the declared one: what is detected follows from the text.
func documentHash(d rag.Document) string {
	h := sha256.New()
	for _, s := range []string{d.Text, d.Title, d.Author, d.Format, d.Language, d.Date, d.URI, d.Space, string(d.Status), d.Version} {
		hashString(h, s)
	}
	for _, s := range d.Aliases {
		hashString(h, s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashString adds a string and its length, so that no two lists of strings
// run together to the same bytes.
func hashString(h hash.Hash, s string) {
	fmt.Fprintf(h, "%d:", len(s))
	h.Write([]byte(s))
}
