package eval

import (
	"context"
	"errors"

	"docent/rag"
)

// System is what is measured: a corpus that can be asked. Its methods are
// called from several goroutines.
type System interface {
	Search(ctx context.Context, req rag.SearchRequest) (rag.Result, error)
	Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
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
