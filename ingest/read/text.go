package read

import (
	"cmp"
	"context"
)

// TextFormat is a format of text that only its extensions tell, see [Text].
func TextFormat(name string, l Limits, parse func(name, text string) (Document, error), extensions ...string) Format {
	return Format{Name: name, Extensions: extensions, Reader: Text(l, parse)}
}

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
