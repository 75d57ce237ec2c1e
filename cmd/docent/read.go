package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"docent/ingest/read"
	"docent/rag/lang"
)

func (a *app) readCommand() *cobra.Command {
	var show showFlags
	c := &cobra.Command{
		Use:   "read FILE...",
		Short: "Show what docent reads in a file",
		Long: `read shows how a file is understood: what it was recognised as, its title,
date, author and language, and its text block by block, with what is heading,
paragraph, list, table or the furniture of pages, which is not indexed: running
heads and page numbers, navigation, cookie notices, and what is unseen: text
that nobody sees who opens the file, as it is hidden or white on white. It is the place to look
when something in a document is not found. What is printed with
--text --no-furniture is what is searched and quoted.`,
		Example: `  docent read contrat.pdf
  docent read --text minutes.docx | less
  docent read --text --no-furniture report.pdf
  docent read --ocr fra+eng scan.pdf
  docent read --json budget.xlsx`,
		Args: takes(1, -1, "at least one file"),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case show.text && a.json:
				return usage(c, errors.New("--text prints the text as it is; it excludes --json"))
			case show.bare && a.json:
				return usage(c, errors.New("--json has the kind of each block; it excludes --no-furniture"))
			}
			return a.read(c.Context(), args, show)
		},
	}
	c.Flags().BoolVar(&show.text, "text", false, "print exactly the text, and of several documents one after the other")
	c.Flags().BoolVar(&show.bare, "no-furniture", false, "leave out what is not indexed: running heads, page numbers, navigation, unseen text")
	a.readFlags(c)
	return c
}

// showFlags is what of a document is shown.
type showFlags struct {
	// text is for the text alone, bare for what is no furniture.
	text, bare bool
}

// read shows the documents of the files. What cannot be read is told as it
// comes and stops nothing else.
func (a *app) read(ctx context.Context, paths []string, show showFlags) error {
	c, err := a.settings()
	if err != nil {
		return err
	}
	readers, err := a.readers(c)
	if err != nil {
		return err
	}
	defer func() { _ = readers.Close() }() // all is read by then
	var shown int
	var failed error
	for _, path := range paths {
		for doc, err := range readFile(ctx, readers.Registry, path) {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				if failed != nil {
					a.printError(failed)
				}
				failed = err
				continue
			}
			if err := a.showRead(doc, show, shown > 0); err != nil {
				return err
			}
			shown++
		}
	}
	if failed != nil && shown > 0 {
		a.printError(failed)
		return errSomeFailed
	}
	return failed
}

// timedDocument is a document with where it was read and how long that took.
type timedDocument struct {
	read.Document
	file string
	took time.Duration
}

func readFile(ctx context.Context, formats read.Registry, path string) func(yield func(timedDocument, error) bool) {
	return func(yield func(timedDocument, error) bool) {
		f, info, err := openFile(path)
		if err != nil {
			yield(timedDocument{}, err)
			return
		}
		defer f.Close()
		switch {
		case info.IsDir():
			yield(timedDocument{}, &hinted{err: fmt.Errorf("%s is a folder", path), hint: "name files, or read all of a folder with: docent ingest PATH"})
			return
		case !info.Mode().IsRegular():
			yield(timedDocument{}, &fs.PathError{Op: "read", Path: path, Err: errSpecial})
			return
		}
		began := time.Now()
		for doc, err := range formats.Read(ctx, read.Input{Name: path, Data: f, Size: info.Size()}) {
			if err != nil {
				err = fmt.Errorf("read %s: %w", path, err)
			}
			if !yield(timedDocument{Document: doc, file: path, took: time.Since(began)}, err) {
				return
			}
			began = time.Now()
		}
	}
}

func (a *app) showRead(d timedDocument, show showFlags, more bool) error {
	if show.bare {
		d.Document = d.Without(read.Furniture, read.Unseen)
	}
	switch {
	case show.text:
		separator := ""
		if more {
			separator = "\n"
		}
		_, err := fmt.Fprint(a.stdout, separator, d.Text, "\n")
		return err
	case a.json:
		return writeJSON(a.stdout, readOf(d))
	}
	p := page{terminal: a.terminal(a.stdout)}
	if more {
		p.line("")
	}
	p.read(d)
	return p.print()
}

// read shows a document block by block.
func (p *page) read(d timedDocument) {
	name := d.file
	for _, part := range []string{d.Member, d.Key} {
		if part != "" {
			name += "/" + part
		}
	}
	p.line("%s", p.bold(printable(name)))
	p.line("recognised as %s, %d blocks, %d words, in %s", d.Format, len(d.Blocks), len(strings.Fields(d.Text)), d.took.Round(time.Millisecond))
	for _, row := range [][2]string{{"title", d.Title}, {"author", d.Author}, {"date", d.Date}, {"version", d.Version}, {"status", d.Status},
		{"also called", strings.Join(d.Aliases, ", ")}, {"language", languageOf(d.Document)}, {"url", d.URI}} {
		if row[1] != "" {
			p.field(row[0], row[1])
		}
	}
	for _, w := range d.Warnings {
		p.line("%s %s", p.red("warning:"), printable(w))
	}
	if n := unseenWords(d.Document); n > 0 {
		p.line("%s %s of it cannot be seen by who opens the file: left out of what is searched and quoted", p.red("unseen:"), read.Count(n, "word"))
	}
	p.line("")
	before := 0
	for _, b := range d.Blocks {
		if b.Page != before && b.Page > 0 {
			p.line("%s", p.faint(fmt.Sprintf("-- page %d --", b.Page)))
		}
		before = b.Page
		p.line("%s", p.block(b, d.Text[b.Start:b.End]))
	}
}

// block is a block's kind in a column of its own, and its text beside it.
func (p *page) block(b read.Block, text string) string {
	kind := b.Kind.String()
	switch {
	case b.Level > 0:
		kind += fmt.Sprintf(" %d", b.Level)
	case b.Row > 0:
		kind = fmt.Sprintf("row %d", b.Row)
	}
	const column = 12
	indent := strings.Repeat(" ", column)
	body := p.wrap(printable(text), indent)
	if b.Kind == read.Code {
		body = indent + strings.ReplaceAll(printable(text), "\n", "\n"+indent)
	}
	return p.faint(fmt.Sprintf("%-*s", column, kind)) + strings.TrimPrefix(body, indent)
}

// unseenWords is how much of a document nobody sees.
func unseenWords(d read.Document) int {
	return len(strings.Fields(d.Text)) - len(strings.Fields(d.Without(read.Unseen).Text))
}

// languageOf is what a document says, or its text.
func languageOf(d read.Document) string {
	if d.Language != "" {
		return d.Language
	}
	return lang.Detect(d.Text)
}
