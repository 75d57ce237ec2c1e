package eval

import (
	"context"
	"errors"
	"iter"

	"docent/rag"
)

// System is what is measured: a corpus that can be asked. Its methods are
// called from several goroutines.
type System interface {
	Search(ctx context.Context, req rag.SearchRequest) (rag.Result, error)
	Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
	// Attempt answers with the best statement there is, whatever the confidence.
	Attempt(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
	// Document and Documents are those of a rag.Library: gold units are located in
	// the stored texts.
	Document(ctx context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error)
	Documents(ctx context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error]
	// Notes are what there is to say of the corpus, such as what of it could not
	// be read.
	Notes() []string
	Close() error
}

// Opener makes a corpus into a System, which the caller closes. Where none of
// its documents can be read the error is ErrUnreadable.
type Opener interface {
	Open(ctx context.Context, corpus Corpus) (System, error)
}

// ErrUnreadable says that no document of a corpus can be read.
var ErrUnreadable = errors.New("none of the documents can be read")
