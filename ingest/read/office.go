package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
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
func readOffice(ctx context.Context, in Input, limits Limits, format string, read func(*office) error) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		z, err := openZip(in, limits)
		if err != nil {
			return Document{}, damaged(format, err)
		}
		o := &office{zipped: z, stopped: ctx.Err, stem: in.stem()}
		if err := read(o); err != nil {
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
	})
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
	if errors.As(err, &limit) || errors.As(err, &tooMany) {
		return err
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

// grid is a table.
type grid struct {
	rows []gridRow
	// named says that the first row looks like the names of the columns.
	named bool
}

type gridRow struct {
	cells []gridCell
	// header says that the row names the columns.
	header bool
	// page is where the row begins.
	page int
}

type gridCell struct {
	pieces []piece
	// span is the number of columns, 0 means 1.
	span int
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

// fits returns a *LimitError when there is more text than a document may have.
func (o *office) fits() error {
	if limit := o.limits.document(); int64(o.text.Len()) > limit {
		return &LimitError{Limit: limit}
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

// putTable appends the rows of a table; one that only lays out a page is read
// as what stands in it.
func (o *office) putTable(t *grid) error {
	if t.isLayout() {
		for _, r := range t.rows {
			for _, c := range r.cells {
				if err := o.putAll(c.pieces); err != nil {
					return err
				}
			}
		}
		return nil
	}
	o.beginTable()
	defer o.beginTable()
	names := t.headerRows()
	for i, r := range t.rows {
		o.page = r.page
		before := len(o.blocks)
		o.addRow(r.texts())
		if i < names && len(o.blocks) > before {
			o.headerIsLast()
			o.blocks[before].Header = 0
		}
		if err := o.fits(); err != nil {
			return err
		}
	}
	return nil
}

// headerRows is how many rows at the top name the columns.
func (t *grid) headerRows() int {
	n := 0
	for n < len(t.rows) && t.rows[n].header {
		n++
	}
	if n == 0 && t.named && len(t.rows) > 1 && t.rows[0].filled() > 1 {
		return 1
	}
	if n == len(t.rows) {
		return 0
	}
	return n
}

// isLayout reports whether a table has one column, or holds a table or what
// stands under a heading.
func (t *grid) isLayout() bool {
	widest := 0
	for _, r := range t.rows {
		widest = max(widest, len(r.cells))
		for _, c := range r.cells {
			for _, p := range c.pieces {
				if p.table != nil && !p.table.isLayout() || p.kind == Heading && len(c.pieces) > 1 {
					return true
				}
			}
		}
	}
	return widest < 2
}

func (r gridRow) filled() int {
	n := 0
	for _, c := range r.cells {
		if len(c.pieces) > 0 {
			n++
		}
	}
	return n
}

// mostSpan bounds the columns that one cell may take.
const mostSpan = 64

// texts returns the cells, each in the column that it begins in.
func (r gridRow) texts() []string {
	var texts []string
	for _, c := range r.cells {
		texts = append(texts, textOfPieces(c.pieces))
		for range min(c.span, mostSpan) - 1 {
			texts = append(texts, "")
		}
	}
	return texts
}

func textOfPieces(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		text := p.text
		if p.table != nil {
			text = p.table.flat()
		}
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return b.String()
}

// flat is the text of a table within a cell.
func (t *grid) flat() string {
	var lines []string
	for _, r := range t.rows {
		lines = append(lines, strings.Join(r.texts(), " "))
	}
	return strings.Join(lines, "\n")
}
