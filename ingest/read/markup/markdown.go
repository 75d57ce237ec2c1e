package markup

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"docent/ingest/read"
	"docent/ingest/read/plain"
	"docent/ingest/read/web"
)

// Markdown is the format of CommonMark with tables.
func Markdown(l read.Limits) read.Format {
	return read.TextFormat("Markdown", l, func(_, text string) (read.Document, error) {
		return parseMarkdown(text, l.MaxMarkdown()), nil
	}, ".md", ".markdown", ".mdown", ".mkd", ".mdx")
}

// parseMarkdown reads CommonMark with the tables, strike-through, task lists
// and footnotes of GitHub, and YAML front matter. The stored text is what a
// reader of the rendered page sees, and is read from that page: without markup
// and link addresses.
func parseMarkdown(source string, limit int64) read.Document {
	front, body := frontMatter(source)
	if int64(len(body)) > limit || hostile(body) {
		return front.above(plain.Parse(body))
	}
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(rawHTML{}, 0))),
	)
	var page bytes.Buffer
	if err := md.Convert([]byte(body), &page); err != nil { // it writes to memory
		return front.above(plain.Parse(body))
	}
	return front.above(web.ParseRendered(page.String()))
}

// rawHTML leaves out of the page what would swallow what comes after it: in a line,
// all tags but those of its text, and elements of scripts that are not closed.
type rawHTML struct{}

func (r rawHTML) RegisterFuncs(to renderer.NodeRendererFuncRegisterer) {
	to.Register(ast.KindRawHTML, r.inline)
	to.Register(ast.KindHTMLBlock, r.block)
}

var (
	inlineTag   = regexp.MustCompile(`(?i)^</?(?:br|s|del|strike|b|strong|i|em|u|sup|sub|a|img|span)[\s/>]`)
	swallowsAll = regexp.MustCompile(`(?i)<(script|style|textarea|title|iframe|noframes|noembed|xmp|plaintext|template|svg|select|button|object)\b`)
)

func (rawHTML) inline(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if tag := n.(*ast.RawHTML).Segments.Value(source); entering && inlineTag.Match(tag) {
		_, _ = w.Write(tag)
	}
	return ast.WalkSkipChildren, nil
}

func (rawHTML) block(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	block := n.(*ast.HTMLBlock)
	text := block.Lines().Value(source)
	if block.HasClosure() {
		text = append(text, block.ClosureLine.Value(source)...)
	}
	m := swallowsAll.FindSubmatch(text)
	if entering && (m == nil || bytes.Contains(bytes.ToLower(text), []byte("</"+strings.ToLower(string(m[1]))))) {
		_, _ = w.Write(text)
	}
	return ast.WalkContinue, nil
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
