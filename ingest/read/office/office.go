package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"docent/ingest/read"
	"docent/rag/lang"
)

// Composer composes a document that is read from a ZIP container of XML.
type Composer struct {
	read.Builder
	*Zip
	// Stopped returns the reason to give up, or nil.
	Stopped func() error
	// Meta holds what the document says of itself, and what of it could not be
	// read.
	Meta read.Document
	// Stem is the name of the file without its extension.
	Stem string
	// Struck counts the runs that were left out for being struck through.
	Struck int
	// language is what Language found.
	language string
}

// ZipFormat is a format of ZIP containers that hold one document, which parse
// composes. What stands before the damage in a damaged one is a document with a
// warning.
func ZipFormat(name string, l read.Limits, parse func(*Composer) error, extensions ...string) read.Format {
	return read.Format{
		Name: name, Extensions: extensions, Sure: true, Risky: true,
		Match: matchContainer(name), Reader: zipReader(name, l, parse),
	}
}

func zipReader(format string, l read.Limits, parse func(*Composer) error) read.Reader {
	return read.Func(func(ctx context.Context, in read.Input) (read.Document, error) {
		z, err := OpenZip(in, l)
		if err != nil {
			return read.Document{}, Damaged(format, err)
		}
		c := &Composer{Zip: z, Stopped: ctx.Err, Stem: in.Stem()}
		return c.finish(format, parse(c))
	})
}

// OLEFormat is as ZipFormat, for compound files.
func OLEFormat(name string, l read.Limits, parse func(*Composer, *OLE) error, extensions ...string) read.Format {
	return read.Format{
		Name: name, Extensions: extensions, Sure: true, Risky: true,
		Match: MatchOLE(name), Reader: oleReader(name, l, parse),
	}
}

func oleReader(format string, l read.Limits, parse func(*Composer, *OLE) error) read.Reader {
	return read.Func(func(ctx context.Context, in read.Input) (read.Document, error) {
		file, err := OpenOLE(in, l)
		if err != nil {
			return read.Document{}, Damaged(format, err)
		}
		c := &Composer{Zip: &Zip{Limits: l}, Stopped: ctx.Err, Stem: in.Stem()}
		file.summarise(&c.Meta)
		return c.finish(format, parse(c, file))
	})
}

// finish is the document that was composed before err, if any, came.
func (o *Composer) finish(format string, err error) (read.Document, error) {
	if err != nil {
		err = Damaged(format, err)
		var harm *DamagedError
		if !errors.As(err, &harm) || len(o.Blocks) == 0 {
			return read.Document{}, err
		}
		o.Warn("%v; the text ends there", err)
	}
	o.PutHidden()
	o.Meta.Warnings = append(o.Meta.Warnings, read.StruckWarning(o.Struck)...)
	doc := o.Meta
	doc.Text, doc.Blocks = o.Text.String(), o.Blocks
	doc.Relate()
	doc.Title = cmp.Or(lang.OneLine(read.Clean(doc.Title)), o.Heading(), o.Stem)
	doc.Author = lang.OneLine(read.Clean(doc.Author))
	return doc, nil
}

// DamagedError says that a file does not follow its format.
type DamagedError struct {
	format string
	Err    error
}

func (e *DamagedError) Error() string { return fmt.Sprintf("damaged %s: %v", e.format, e.Err) }
func (e *DamagedError) Unwrap() error { return e.Err }

// Damaged tells what is wrong with a file from what has its own name.
func Damaged(format string, err error) error {
	var limit *read.LimitError
	var tooMany *tooManyError
	for _, own := range []error{read.ErrProtected, read.ErrEmpty, context.Canceled, context.DeadlineExceeded} {
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
	return &DamagedError{format: format, Err: err}
}

// Warn notes, for people, what of the document could not be read.
func (o *Composer) Warn(format string, args ...any) {
	const most = 20
	if len(o.Meta.Warnings) < most {
		o.Meta.Warnings = append(o.Meta.Warnings, fmt.Sprintf(format, args...))
	}
}

// WarnUncomputed says how many formulas have no value.
func (o *Composer) WarnUncomputed(n int) {
	if n > 0 {
		o.Warn("%s whose value is not in the file could not be computed", read.Count(n, "formula"))
	}
}

// Language is the document's language, as it declares it or as its text so far
// shows, or "".
func (o *Composer) Language() string {
	const enough = 500
	if o.Meta.Language != "" || o.language != "" {
		return cmp.Or(o.Meta.Language, o.language)
	}
	language := lang.Detect(o.Text.String())
	if o.Text.Len() > enough {
		o.language = language
	}
	return language
}

// Piece is a block before its place is known: the cells of a table, notes and
// text boxes are read before what they stand in or after.
type Piece struct {
	Kind  read.Kind
	Level int
	Page  int
	Text  string
	// Label is that of a Field, whose value is the text. Titled says that it is
	// the field's own title, which is not printed.
	Label  string
	Titled bool
	// Bold says how all of the text looks.
	Bold bool
	// Notes are the notes on the text, which stand after it; At is where in the
	// text the mark of a note stood.
	Notes []Piece
	At    int
	// Table is set instead of text for a table.
	Table *Table
}

// Put appends a piece, or says why there is no room or time for more.
func (o *Composer) Put(p Piece) error {
	if err := o.Stopped(); err != nil {
		return err
	}
	o.Page = p.Page
	before := len(o.Blocks)
	switch {
	case p.Table != nil:
		return o.putTable(p.Table)
	case p.Kind == read.Field && p.Label != "":
		o.AddField(p.Label, p.Text)
	default:
		o.Add(p.Kind, p.Level, p.Text)
	}
	if len(o.Blocks) > before {
		placeNotes(p, o.Blocks[before])
	}
	return cmp.Or(o.putUnder(before, p.Notes), o.Fits())
}

// placeNotes finds where in a block the marks of its notes stood.
func placeNotes(p Piece, b read.Block) {
	for i, n := range p.Notes {
		before := read.Clean(p.Text[:min(n.At, len(p.Text))])
		p.Notes[i].At = min(b.Start+len(strings.TrimLeftFunc(before, unicode.IsSpace)), b.End)
	}
}

// putUnder appends pieces that are read with the block just added, if one was
// since there were so many.
func (o *Composer) putUnder(before int, pieces []Piece) error {
	if len(pieces) == 0 {
		return nil
	}
	lead := o.Lead
	defer func() { o.Lead = lead }()
	if len(o.Blocks) > before {
		o.Lead = len(o.Blocks)
	}
	for _, p := range pieces {
		under := len(o.Blocks)
		if err := o.Put(p); err != nil {
			return err
		}
		if p.Kind == read.Note {
			o.MarkNotes(under, o.Lead, p.At)
		}
	}
	return nil
}

// PutAll appends pieces in order.
func (o *Composer) PutAll(pieces []Piece) error {
	for _, p := range pieces {
		if err := o.Put(p); err != nil {
			return err
		}
	}
	return nil
}

// PutMargins appends what stands at the top and foot of pages as furniture,
// each text once; the number of a page is none.
func (o *Composer) PutMargins(pieces []Piece) error {
	seen := make(map[string]bool)
	for _, p := range pieces {
		text := lang.OneLine(TextOf([]Piece{p}))
		if seen[text] || strings.IndexFunc(text, unicode.IsLetter) < 0 {
			continue
		}
		seen[text] = true
		if err := o.Put(Piece{Kind: read.Furniture, Text: text}); err != nil {
			return err
		}
	}
	return nil
}

// mostBlocks bounds the blocks of a document: a file of 200 kB can hold
// millions of paragraphs of one letter, each of which takes more memory as a
// block than as text.
const mostBlocks = 500_000

// Fits returns an error when there is more text, or there are more blocks,
// than a document may have.
func (o *Composer) Fits() error {
	if limit := o.Limits.MaxDocument(); int64(o.Text.Len()) > limit {
		return &read.LimitError{Limit: limit}
	}
	if n := len(o.Blocks); n > mostBlocks {
		return &tooManyError{count: n, limit: mostBlocks, what: "paragraphs and rows"}
	}
	return nil
}

// FitsPages returns an error when a document has more pages than it may.
func (o *Composer) FitsPages(n int, what string) error {
	if limit := o.Limits.MaxPages(); n > limit {
		return &tooManyError{count: n, limit: limit, what: what}
	}
	return nil
}

// IsDefaultTitle reports whether a title is one that a program gave: those of
// a template, and the names of files that were printed or imported.
func IsDefaultTitle(title string) bool {
	lower := strings.ToLower(title)
	switch lower {
	case "powerpoint presentation", "présentation powerpoint", "powerpoint-präsentation", "presentación de powerpoint",
		"slide 1", "diapositive 1", "folie 1", "title", "titre", "untitled", "sans titre", "word document":
		return true
	}
	return strings.HasPrefix(lower, "microsoft word - ") || strings.HasPrefix(lower, "microsoft powerpoint - ")
}

// Unset stands for a property that is not there.
const Unset = -1
