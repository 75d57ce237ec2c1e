package read

import (
	"cmp"
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

// Func reads a format that has one document a file. One without a title is called
// as the file is.
type Func func(ctx context.Context, in Input) (Document, error)

// Read yields the one document, or why there is none.
func (f Func) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		doc, err := f(ctx, in)
		if err == nil && doc.Text == "" {
			err = ErrEmpty
		}
		if doc.Title = cmp.Or(doc.Title, in.Stem()); err != nil {
			doc = Document{}
		}
		yield(doc, err)
	}
}
