package markup

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"go.yaml.in/yaml/v3"

	"docent/ingest/read"
	"docent/ingest/read/plain"
	"docent/rag/lang"
)

// Markdown is the format of CommonMark with tables.
func Markdown(l read.Limits) read.Format {
	return read.Format{
		Name: "Markdown", Extensions: []string{".md", ".markdown", ".mdown", ".mkd", ".mdx"},
		Reader: read.TextReader{Limits: l, Parse: func(_, text string) (read.Document, error) {
			return parseMarkdown(text, l.MaxMarkdown()), nil
		}},
	}
}

// parseMarkdown reads CommonMark with the tables, strike-through, task lists
// and footnotes of GitHub, and YAML front matter. The stored text is what a
// reader of the rendered page sees: without markup and link addresses.
func parseMarkdown(source string, limit int64) read.Document {
	front, body := frontMatter(source)
	if int64(len(body)) > limit || hostile(body) {
		doc := plain.Parse(body)
		front.apply(&doc)
		return doc
	}
	src := []byte(body)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote))
	root := md.Parser().Parse(text.NewReader(src), parser.WithContext(parser.NewContext()))
	w := markdownWalk{source: src}
	w.Text.Grow(len(src))
	w.blocksOf(root, read.Paragraph)
	doc := read.Document{Text: w.Text.String(), Blocks: w.Blocks, Title: w.Heading()}
	front.apply(&doc)
	return doc
}

// declared is what front matter says of a document.
type declared struct{ title, author, language, date string }

func (d declared) apply(doc *read.Document) {
	doc.Title = cmp.Or(d.title, doc.Title)
	doc.Author = d.author
	doc.Language = d.language
	doc.Date = d.date
}

// frontMatter cuts YAML between lines of three dashes off the start. What does
// not parse as a mapping is text like any other.
func frontMatter(source string) (declared, string) {
	rest, found := strings.CutPrefix(source, "---\n")
	if !found {
		return declared{}, source
	}
	end := strings.Index("\n"+rest, "\n---\n")
	after := end + len("---\n")
	if end < 0 {
		if !strings.HasSuffix(rest, "\n---") {
			return declared{}, source
		}
		end, after = len(rest)-len("---"), len(rest)
	}
	var fields map[string]any
	if err := yaml.Unmarshal([]byte(rest[:end]), &fields); err != nil {
		return declared{}, source
	}
	return declared{
		title:    lang.OneLine(read.Clean(field(fields, "title", "titre"))),
		author:   lang.OneLine(read.Clean(list(fields, "author", "authors", "auteur", "auteurs"))),
		language: read.BaseLanguage(field(fields, "lang", "language", "langue")),
		date:     read.ISODate(field(fields, "date")),
	}, rest[after:]
}

// list returns the first of the named fields that holds something simple,
// several of them, or mappings with a name.
func list(fields map[string]any, names ...string) string {
	if s := field(fields, names...); s != "" {
		return s
	}
	var all []string
	for _, n := range names {
		several, _ := fields[n].([]any)
		for _, v := range append(several, fields[n]) {
			if person, ok := v.(map[string]any); ok {
				v = field(person, "name", "nom")
			}
			if s, ok := v.(string); ok && s != "" {
				all = append(all, s)
			}
		}
	}
	return strings.Join(all, ", ")
}

// field returns the first of the named fields that holds something simple.
func field(fields map[string]any, names ...string) string {
	for _, n := range names {
		switch v := fields[n].(type) {
		case string:
			return v
		case time.Time:
			return v.Format(time.DateOnly)
		case int, float64:
			return fmt.Sprint(v)
		}
	}
	return ""
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
