package read

import (
	"context"
	"iter"
)

// Reader reads the documents of one format.
//
// Documents come one at a time and in the order of the file. A *LineError
// stands for one record, a *MemberError for one member of an archive; they do
// not end the sequence, any other error does.
// A document without text is ErrEmpty. Readers keep no state between files
// and may be used by several goroutines.
type Reader interface {
	Read(ctx context.Context, in Input) iter.Seq2[Document, error]
}

// One is the sequence of a format that has one document a file.
func One(read func() (Document, error)) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		doc, err := read()
		if err == nil && doc.Text == "" {
			err = ErrEmpty
		}
		if err != nil {
			doc = Document{}
		}
		yield(doc, err)
	}
}
