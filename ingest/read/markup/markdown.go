package markup

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"docent/ingest/read"
	"docent/ingest/read/plain"
)

// Markdown is the format of CommonMark with tables.
func Markdown(l read.Limits) read.Format {
	return read.Format{
		Name: "Markdown", Extensions: []string{".md", ".markdown", ".mdown", ".mkd", ".mdx"},
		Reader: read.Text(l, func(_, text string) (read.Document, error) {
			return parseMarkdown(text, l.MaxMarkdown()), nil
		}),
	}
}

// parseMarkdown reads CommonMark with the tables, strike-through, task lists
// and footnotes of GitHub, and YAML front matter. The stored text is what a
// reader of the rendered page sees: without markup and link addresses.
func parseMarkdown(source string, limit int64) read.Document {
	front, body := frontMatter(source)
	if int64(len(body)) > limit || hostile(body) {
		return front.above(plain.Parse(body))
	}
	src := []byte(body)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote))
	root := md.Parser().Parse(text.NewReader(src), parser.WithContext(parser.NewContext()))
	w := markdownWalk{source: src}
	w.Text.Grow(len(src))
	w.blocksOf(root, read.Paragraph)
	doc := w.Document()
	doc.Warnings = read.StruckWarning(w.struck)
	return front.above(doc)
}

// What a Markdown file may hold before it is read as plain text. Beyond these
// the parser was seen to take minutes or gigabytes for some kilobytes.
const (
	mostNesting     = 200       // bytes of indentation, quote and list marks before a line
	mostColumns     = 200       // of a table
	mostCells       = 1_000_000 // of all tables, as if each row had the most columns
	mostDefinitions = 5000      // of link targets
	mostBrackets    = 2000      // opening ones in a line
	mostMarks       = 400_000   // lines and signs of markup, each a part of the tree
)

// hostile reports whether parsing a text would cost more than it is worth.
func hostile(source string) bool {
	var definitions, rows, columns, marks int
	for line := range strings.Lines(source) {
		marks += 1 + signs(line)
		text := strings.TrimLeft(line, " \t>-+*0123456789.)")
		before := line[:len(line)-len(text)]
		if strings.HasPrefix(text, "[") && strings.Contains(text, "]:") {
			definitions++
		}
		if pipes := strings.Count(line, "|"); pipes > 0 {
			rows++
			columns = max(columns, pipes)
		}
		if len(before) > mostNesting && strings.ContainsAny(before, " \t>") || strings.Count(line, "[") > mostBrackets {
			return true
		}
	}
	return marks > mostMarks || definitions > mostDefinitions || columns > mostColumns || rows*columns > mostCells
}

// signs counts the characters of markup within a line.
func signs(line string) int {
	var n int
	for i := range len(line) {
		switch line[i] {
		case '*', '_', '`', '[', '<', '!':
			n++
		}
	}
	return n
}
