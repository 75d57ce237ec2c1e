package read

import (
	"cmp"
	"context"
)

// Text reads a format that is text, a document a file: parse structures one that
// went through Clean, of a file of that name.
func Text(l Limits, parse func(name, text string) (Document, error)) Reader {
	return Func(func(ctx context.Context, in Input) (Document, error) {
		text, err := in.Text(l)
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return Document{}, err
		}
		return parse(in.Name, Clean(text))
	})
}
