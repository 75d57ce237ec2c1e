package markup

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"docent/ingest/read"
	"docent/ingest/read/web"
	"docent/rag/lang"
)

// markdownWalk composes the blocks of a Markdown tree.
type markdownWalk struct {
	read.Builder
	source []byte
	// buffer holds the text of one block while it is put together.
	buffer []byte
	// note is the mark of the footnote whose first paragraph comes next.
	note string
}

// blocksOf writes the blocks under n; kind is what its paragraphs are.
func (w *markdownWalk) blocksOf(n ast.Node, kind read.Kind) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c, kind)
	}
}

func (w *markdownWalk) block(n ast.Node, kind read.Kind) {
	switch n := n.(type) {
	case *ast.Heading:
		w.Add(read.Heading, n.Level, lang.OneLine(w.inlineText(n)))
	case *ast.Paragraph, *ast.TextBlock:
		w.Add(kind, 0, w.note+w.inlineText(n))
		w.note = ""
	case *ast.List:
		w.list(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.Add(read.Code, 0, w.lines(n))
	case *ast.HTMLBlock:
		w.html(n)
	case *east.TableHeader:
		w.BeginTable()
		w.AddHeader(w.cells(n))
	case *east.TableRow:
		w.AddRow(w.cells(n))
	case *east.Footnote:
		w.note = "[" + strconv.Itoa(n.Index) + "] "
		w.blocksOf(n, kind)
		w.note = ""
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
	default:
		w.blocksOf(n, kind)
	}
}

// list writes the items, those of an ordered list with the number that a
// reader sees.
func (w *markdownWalk) list(n *ast.List) {
	w.Depth++
	defer func() { w.Depth-- }()
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		first := item.FirstChild()
		if isText(first) {
			text := w.inlineText(first)
			if n.IsOrdered() {
				text = strconv.Itoa(number) + ". " + text
			}
			w.Add(read.ListItem, 0, text)
			first = first.NextSibling()
		}
		for ; first != nil; first = first.NextSibling() {
			w.block(first, read.ListItem)
		}
		number++
	}
}

func isText(n ast.Node) bool {
	switch n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return true
	}
	return false
}

func (w *markdownWalk) cells(n ast.Node) []string {
	var cells []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, w.inlineText(c))
	}
	return cells
}

func (w *markdownWalk) lines(n ast.Node) string {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		b.Write(segment.Value(w.source))
	}
	return b.String()
}

// html writes the text of a block of HTML within the Markdown.
func (w *markdownWalk) html(n *ast.HTMLBlock) {
	source := w.lines(n)
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(w.source))
	}
	w.Include(web.Parse(source))
}

// inlineText is the text under n without markup. The end of a line is a space
// unless the author asked for a new line.
func (w *markdownWalk) inlineText(n ast.Node) string {
	w.buffer = w.buffer[:0]
	w.inline(n)
	return string(w.buffer)
}

func (w *markdownWalk) inline(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.textNode(c)
		case *ast.String:
			w.buffer = append(w.buffer, c.Value...)
		case *east.FootnoteLink:
			w.buffer = append(w.buffer, "["+strconv.Itoa(c.Index)+"]"...)
		case *ast.AutoLink:
			w.buffer = append(w.buffer, c.Label(w.source)...)
		case *ast.RawHTML:
			w.buffer = append(w.buffer, w.rawHTML(c)...)
		default:
			w.inline(c)
		}
	}
}

func (w *markdownWalk) textNode(n *ast.Text) {
	value := n.Segment.Value(w.source)
	if !n.IsRaw() && bytes.ContainsAny(value, `\&`) && n.Parent().Kind() != ast.KindCodeSpan {
		value = util.UnescapePunctuations(value)
		value = util.ResolveNumericReferences(value)
		value = util.ResolveEntityNames(value)
	}
	w.buffer = append(w.buffer, value...)
	switch {
	case n.HardLineBreak():
		w.buffer = append(w.buffer, '\n')
	case n.SoftLineBreak():
		w.buffer = append(w.buffer, ' ')
	}
}

// rawHTML is the text that a tag within a paragraph stands for.
func (w *markdownWalk) rawHTML(n *ast.RawHTML) string {
	if n.Segments.Len() == 0 {
		return ""
	}
	first := n.Segments.At(0)
	if strings.HasPrefix(strings.ToLower(string(first.Value(w.source))), "<br") {
		return "\n"
	}
	return ""
}
