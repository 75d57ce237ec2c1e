package markup

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"docent/ingest/read"
	"docent/ingest/read/web"
)

// markdownWalk composes the blocks of a Markdown tree.
type markdownWalk struct {
	read.Builder
	source []byte
	// buffer holds the text of one block while it is put together.
	buffer []byte
	// bold are the runs of it that are bold.
	bold []read.Span
	// marks are the footnotes that it refers to, and notes where each of them is
	// referred to first: the place of the block and the offset in the text.
	marks []noteMark
	notes map[int]noteMark
	// struck counts the runs that were left out as struck through; gap is set
	// where white space stands before the last of them.
	struck int
	gap    bool
}

// noteMark is where a footnote's mark stands: the place of the block, from 1, and
// the offset.
type noteMark struct {
	name             string
	index, place, at int
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
		w.put(read.Heading, n.Level, "", 0, len(w.inlineText(n)))
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n, kind)
	case *ast.List:
		w.list(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.Add(read.Code, 0, w.written(n))
	case *ast.HTMLBlock:
		w.html(n)
	case *east.TableHeader:
		w.BeginTable()
		w.AddHeader(w.cells(n))
	case *east.TableRow:
		w.AddRow(w.cells(n))
	case *east.Footnote:
		w.footnote(n)
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
	default:
		w.blocksOf(n, kind)
	}
}

// footnote writes a note under what it is on.
func (w *markdownWalk) footnote(n *east.Footnote) {
	mark, before, lead := w.notes[n.Index], len(w.Blocks), w.Lead
	w.Lead = mark.place
	w.blocksOf(n, read.Note)
	w.Lead = lead
	w.MarkNotes(before, mark.place, mark.at)
}

// list writes the items, those of an ordered list with the number that a
// reader sees. What else is in an item is read with it.
func (w *markdownWalk) list(n *ast.List) {
	w.Depth++
	lead := w.Lead
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		first := item.FirstChild()
		if isText(first) {
			mark := ""
			if n.IsOrdered() {
				mark = strconv.Itoa(number) + ". "
			}
			w.item(first, mark)
			first = first.NextSibling()
		}
		for ; first != nil; first = first.NextSibling() {
			kind := read.Paragraph
			if w.Lead == lead {
				kind = read.ListItem
			}
			w.block(first, kind)
		}
		w.Lead = lead
		number++
	}
	w.Depth--
}

// item writes the first paragraph of an item, which may be a question in bold
// with its answer.
func (w *markdownWalk) item(n ast.Node, mark string) {
	text := w.inlineText(n)
	asked := w.asked(0)
	before := len(w.Blocks)
	if asked == 0 {
		w.put(read.ListItem, 0, mark, 0, len(text))
	} else {
		w.put(read.Question, 0, mark, 0, asked)
	}
	if len(w.Blocks) > before {
		w.Lead = before + 1
	}
	if asked > 0 {
		w.put(read.Paragraph, 0, "", asked, len(text))
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
		cells = append(cells, unbroken(w.inlineText(c)))
	}
	return cells
}

func (w *markdownWalk) written(n ast.Node) string {
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
	source := w.written(n)
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(w.source))
	}
	w.Include(web.Parse(source))
}

// inlineText is the text under n without markup, see softBreak.
func (w *markdownWalk) inlineText(n ast.Node) string {
	w.gap = false
	w.buffer, w.bold, w.marks = w.buffer[:0], w.bold[:0], w.marks[:0]
	w.inline(n)
	slices.SortStableFunc(w.bold, func(a, b read.Span) int { return a.Start - b.Start })
	return string(w.buffer)
}

func (w *markdownWalk) inline(n ast.Node) {
	var next ast.Node
	for c := n.FirstChild(); c != nil; c = next {
		next = c.NextSibling()
		switch c := c.(type) {
		case *ast.Text:
			w.textNode(c)
		case *ast.String:
			w.buffer = append(w.buffer, c.Value...)
		case *east.FootnoteLink:
			w.marks = append(w.marks, noteMark{index: c.Index, at: len(w.buffer)})
		case *east.Strikethrough:
			w.strikeOut()
		case *ast.AutoLink:
			w.buffer = append(w.buffer, c.Label(w.source)...)
		case *ast.RawHTML:
			if tag := w.tag(c); isStrike(tag) && w.closing(c, tag) != nil {
				w.strikeOut()
				next = w.closing(c, tag)
				continue
			}
			w.buffer = append(w.buffer, w.rawHTML(c)...)
		case *ast.Emphasis:
			start := len(w.buffer)
			if w.inline(c); c.Level > 1 {
				w.bold = append(w.bold, read.Span{Start: start, End: len(w.buffer)})
			}
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
	if w.gap && len(value) > 0 {
		value, w.gap = bytes.TrimLeft(value, " "), false
		if bytes.ContainsAny(value[:min(len(value), 1)], ",.)") {
			w.buffer = bytes.TrimRight(w.buffer, " ")
		}
	}
	w.buffer = append(w.buffer, value...)
	switch {
	case n.HardLineBreak():
		w.buffer = append(w.buffer, '\n')
	case n.SoftLineBreak():
		w.buffer = append(w.buffer, softBreak...)
	}
}

// strikeOut leaves out a run that is struck through, with one of the spaces
// around it.
func (w *markdownWalk) strikeOut() {
	w.struck++
	w.gap = len(w.buffer) == 0 || bytes.ContainsAny(w.buffer[len(w.buffer)-1:], " \n\v")
}

// rawHTML is the text that a tag within a paragraph stands for.
func (w *markdownWalk) rawHTML(n *ast.RawHTML) string {
	if w.tag(n) == "br" {
		return "\n"
	}
	return ""
}

// tag is the name of a tag, with the slash before that of one that closes.
func (w *markdownWalk) tag(n *ast.RawHTML) string {
	if n.Segments.Len() == 0 {
		return ""
	}
	first := n.Segments.At(0)
	name := strings.TrimPrefix(strings.ToLower(string(first.Value(w.source))), "<")
	return strings.TrimRight(name[:len(name)-len(strings.TrimLeft(name, "/abcdefghijklmnopqrstuvwxyz"))], "/")
}

// closing is the tag after n that closes one of a name, or nil.
func (w *markdownWalk) closing(n ast.Node, name string) ast.Node {
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		if raw, ok := c.(*ast.RawHTML); ok && w.tag(raw) == "/"+name {
			return c
		}
	}
	return nil
}

func isStrike(tag string) bool { return tag == "s" || tag == "del" || tag == "strike" }
