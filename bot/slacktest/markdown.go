package slacktest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Slack's own markup counts in Markdown too; it is taken out before the
// Markdown is read and put back where its marks stand.
var (
	slackAngle = regexp.MustCompile(`<(?:[@#!][^<>\n]*|(?:https?://|mailto:)[^<>\s|]+\|[^<>\n]*)>`)
	angleMark  = regexp.MustCompile("\ue000(\\d+)\ue001")
)

// markdownPage writes one Markdown text.
type markdownPage struct {
	*pageMaker
	source []byte
	angles []string
}

// markdown writes Markdown as markdown blocks and streams show it.
func (p *pageMaker) markdown(source string) {
	if strings.TrimSpace(source) == "" {
		return
	}
	m := &markdownPage{pageMaker: p}
	source = slackAngle.ReplaceAllStringFunc(source, func(angle string) string {
		m.angles = append(m.angles, angle[1:len(angle)-1])
		return fmt.Sprintf("\ue000%d\ue001", len(m.angles)-1)
	})
	m.source = []byte(source)
	parser := goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Linkify, extension.Table)).Parser()
	m.children(parser.Parse(text.NewReader(m.source)))
}

func (m *markdownPage) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m.node(c)
	}
}

func (m *markdownPage) node(n ast.Node) {
	if n.Type() == ast.TypeBlock {
		m.line()
		m.blockNode(n)
		m.line()
		return
	}
	m.inlineNode(n)
}

func (m *markdownPage) blockNode(n ast.Node) {
	switch b := n.(type) {
	case *ast.Heading:
		m.with(func(x *Piece) { x.Heading = true }, func() { m.children(b) })
	case *ast.Blockquote:
		m.with(func(x *Piece) { x.Quote = true }, func() { m.children(b) })
	case *ast.ListItem:
		m.item(b)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		m.with(func(x *Piece) { x.Code = true }, func() { m.raw(n) })
	case *ast.HTMLBlock:
		m.problem("HTML shows: %q", cut(string(m.source[n.Lines().At(0).Start:n.Lines().At(0).Stop]), 40))
		m.raw(n)
	case *ast.ThematicBreak:
		m.write("———")
	case *extast.TableHeader, *extast.TableRow:
		m.row(n)
	default:
		m.children(n)
	}
}

func (m *markdownPage) row(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() {
			m.write(" | ")
		}
		m.children(c)
	}
}

// item writes the mark of a list item before its text.
func (m *markdownPage) item(n *ast.ListItem) {
	mark := "• "
	if list, ok := n.Parent().(*ast.List); ok && list.IsOrdered() {
		number := list.Start
		for before := n.PreviousSibling(); before != nil; before = before.PreviousSibling() {
			number++
		}
		mark = strconv.Itoa(number) + ". "
	}
	for above := n.Parent().Parent(); above != nil; above = above.Parent() {
		if above.Kind() == ast.KindList {
			mark = "  " + mark
		}
	}
	m.write(mark)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph {
			m.children(c)
			continue
		}
		m.node(c)
	}
}

// raw writes the lines of a block as they stand.
func (m *markdownPage) raw(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		m.resolved(strings.TrimSuffix(string(line.Value(m.source)), "\n"))
		m.newline()
	}
}

func (m *markdownPage) inlineNode(n ast.Node) {
	switch i := n.(type) {
	case *ast.Text:
		m.text(i)
	case *ast.String:
		m.resolved(string(i.Value))
	case *ast.CodeSpan:
		m.with(func(x *Piece) { x.Code = true }, func() { m.resolved(m.inner(i)) })
	case *ast.Emphasis:
		m.with(func(x *Piece) { x.Bold, x.Italic = x.Bold || i.Level == 2, x.Italic || i.Level == 1 }, func() { m.children(i) })
	case *extast.Strikethrough:
		m.with(func(x *Piece) { x.Strike = true }, func() { m.children(i) })
	case *ast.Link:
		m.linkTo(string(i.Destination), i)
	case *ast.Image:
		m.problem("an image: %s", i.Destination)
		m.linkTo(string(i.Destination), i)
	case *ast.AutoLink:
		m.link(string(i.URL(m.source)), string(i.Label(m.source)))
	case *ast.RawHTML:
		m.problem("HTML shows: %q", cut(string(i.Segments.Value(m.source)), 40))
		m.write(string(i.Segments.Value(m.source)))
	default:
		m.children(n)
	}
}

func (m *markdownPage) text(t *ast.Text) {
	value := t.Value(m.source)
	if !t.IsRaw() {
		value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
	}
	m.resolved(string(value))
	if t.SoftLineBreak() || t.HardLineBreak() {
		m.newline()
	}
}

// linkTo writes a link with all that its label is made of.
func (m *markdownPage) linkTo(url string, n ast.Node) {
	url = string(util.ResolveEntityNames([]byte(url)))
	start := len(m.r.Pieces)
	m.with(func(x *Piece) { x.URL = url }, func() { m.children(n) })
	var label strings.Builder
	for _, piece := range m.r.Pieces[start:] {
		label.WriteString(piece.Text)
	}
	m.r.Links = append(m.r.Links, Link{url, label.String()})
}

// inner is the text of a code span.
func (m *markdownPage) inner(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(m.source))
		}
	}
	return b.String()
}

// resolved writes text with Slack's markup back in its place.
func (m *markdownPage) resolved(text string) {
	for {
		at := angleMark.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		m.write(text[:at[0]])
		if i, err := strconv.Atoi(text[at[2]:at[3]]); err == nil && i < len(m.angles) {
			m.angle(m.angles[i])
		}
		text = text[at[1]:]
	}
	m.write(text)
}
