package read

import (
	"cmp"
	"context"
	"iter"
)

// TextReader reads a format that is text, a document a file.
type TextReader struct {
	Limits Limits
	// Parse structures a text that went through Clean, of a file of that name.
	// A document without a title is called as the file is.
	Parse func(name, text string) (Document, error)
}

// Read yields the one document, or why there is none.
func (r TextReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return One(func() (Document, error) {
		text, err := in.Text(r.Limits)
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return Document{}, err
		}
		doc, err := r.Parse(in.Name, Clean(text))
		doc.Title = cmp.Or(doc.Title, in.Stem())
		return doc, err
	})
}
