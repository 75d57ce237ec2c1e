package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode"
)

// office composes a document that is read from a ZIP container of XML.
type office struct {
	composer
	*zipped
	// stopped returns the reason to give up, or nil.
	stopped func() error
	// meta holds what the document says of itself, and what of it could not be
	// read.
	meta Document
	// stem is the name of the file without its extension.
	stem string
}

// readOffice reads the one document of a container. What stands before the
// damage in a damaged one is a document with a warning.
func readOffice(ctx context.Context, in Input, limits Limits, format string, parse func(*office) error) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		z, err := openZip(in, limits)
		if err != nil {
			return Document{}, damaged(format, err)
		}
		o := &office{zipped: z, stopped: ctx.Err, stem: in.stem()}
		return o.finish(format, parse(o))
	})
}

// finish is the document that was composed before err, if any, came.
func (o *office) finish(format string, err error) (Document, error) {
	if err != nil {
		err = damaged(format, err)
		var harm *damagedError
		if !errors.As(err, &harm) || len(o.blocks) == 0 {
			return Document{}, err
		}
		o.warn("%v; the text ends there", err)
	}
	doc := o.meta
	doc.Text, doc.Blocks = o.text.String(), o.blocks
	doc.Title = cmp.Or(oneLine(clean(doc.Title)), o.heading(), o.stem)
	doc.Author = oneLine(clean(doc.Author))
	return doc, nil
}

// damagedError says that a file does not follow its format.
type damagedError struct {
	format string
	err    error
}

func (e *damagedError) Error() string { return fmt.Sprintf("damaged %s: %v", e.format, e.err) }
func (e *damagedError) Unwrap() error { return e.err }

// damaged tells what is wrong with a file from what has its own name.
func damaged(format string, err error) error {
	var limit *LimitError
	var tooMany *tooManyError
	for _, own := range []error{ErrProtected, ErrEmpty, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, own) {
			return err
		}
	}
	switch {
	case errors.As(err, &limit):
		return limit
	case errors.As(err, &tooMany):
		return tooMany
	}
	return &damagedError{format: format, err: err}
}

func (o *office) warn(format string, args ...any) {
	const most = 20
	if len(o.meta.Warnings) < most {
		o.meta.Warnings = append(o.meta.Warnings, fmt.Sprintf(format, args...))
	}
}

// piece is a block before its place is known: the cells of a table, notes and
// text boxes are read before what they stand in or after.
type piece struct {
	kind  Kind
	level int
	page  int
	text  string
	// table is set instead of text for a table.
	table *grid
}

// put appends a piece, or says why there is no room or time for more.
func (o *office) put(p piece) error {
	if err := o.stopped(); err != nil {
		return err
	}
	o.page = p.page
	if p.table != nil {
		return o.putTable(p.table)
	}
	o.add(p.kind, p.level, p.text)
	return o.fits()
}

func (o *office) putAll(pieces []piece) error {
	for _, p := range pieces {
		if err := o.put(p); err != nil {
			return err
		}
	}
	return nil
}

// putMargins appends what stands at the top and foot of pages as furniture,
// each text once; the number of a page is none.
func (o *office) putMargins(pieces []piece) error {
	seen := make(map[string]bool)
	for _, p := range pieces {
		text := oneLine(textOfPieces([]piece{p}))
		if seen[text] || strings.IndexFunc(text, unicode.IsLetter) < 0 {
			continue
		}
		seen[text] = true
		if err := o.put(piece{kind: Furniture, text: text}); err != nil {
			return err
		}
	}
	return nil
}

// mostBlocks bounds the blocks of a document: a file of 200 kB can hold
// millions of paragraphs of one letter, each of which takes more memory as a
// block than as text.
const mostBlocks = 500_000

// fits returns an error when there is more text, or there are more blocks,
// than a document may have.
func (o *office) fits() error {
	if limit := o.limits.document(); int64(o.text.Len()) > limit {
		return &LimitError{Limit: limit}
	}
	if n := len(o.blocks); n > mostBlocks {
		return &tooManyError{count: n, limit: mostBlocks, what: "paragraphs and rows"}
	}
	return nil
}

// fitsPages returns an error when a document has more pages than it may.
func (o *office) fitsPages(n int, what string) error {
	if limit := o.limits.pages(); n > limit {
		return &tooManyError{count: n, limit: limit, what: what}
	}
	return nil
}

// isDefaultTitle reports whether a title is one that a program gave: those of
// a template, and the names of files that were printed or imported.
func isDefaultTitle(title string) bool {
	lower := strings.ToLower(title)
	switch lower {
	case "powerpoint presentation", "présentation powerpoint", "powerpoint-präsentation", "presentación de powerpoint",
		"slide 1", "diapositive 1", "folie 1", "title", "titre", "untitled", "sans titre", "word document":
		return true
	}
	return strings.HasPrefix(lower, "microsoft word - ") || strings.HasPrefix(lower, "microsoft powerpoint - ")
}

const listLevels = 9

// unset stands for a property that is not there.
const unset = -1
