package read

import (
	"context"
	"errors"
	"iter"
	"strings"
)

// Member reads a file in another one, which has the path member there. What is
// of no known kind, by its name and its content, is passed over, as in a folder.
func (r Registry) Member(ctx context.Context, in Input, member string) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		for doc, err := range r.Read(ctx, in) {
			var unsupported *UnsupportedError
			switch {
			case err == nil:
				doc.Member = strings.TrimSuffix(member+"/"+doc.Member, "/")
			case ctx.Err() != nil:
				err = ctx.Err()
			case !r.Known(in.Name) && (errors.As(err, &unsupported) || errors.Is(err, ErrEmpty)):
				return
			default:
				err = newMemberError(member, err)
			}
			if !yield(doc, err) || ctx.Err() != nil {
				return
			}
		}
	}
}
