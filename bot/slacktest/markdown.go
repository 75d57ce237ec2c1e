package slacktest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Slack's own markup counts in Markdown too; it is taken out before the
// Markdown is read and put back where its marks stand.
var (
	slackAngle = regexp.MustCompile(`<(?:[@#!][^<>\n]*|(?:https?://|mailto:)[^<>\s|]+\|[^<>\n]*)>`)
	angleMark  = regexp.MustCompile("\ue000(\\d+)\ue001")
)

// markdownRenderer writes one Markdown text.
type markdownRenderer struct {
	*renderer
	source []byte
	angles []string
	// label is where the label of the link that is being read begins.
	label int
}

// markdown writes Markdown as streams show it. It is read by a parser of its
// own kind, so that what escapes Markdown is held to what Markdown is.
func (r *renderer) markdown(source string) {
	m := &markdownRenderer{renderer: r}
	source = slackAngle.ReplaceAllStringFunc(source, func(angle string) string {
		m.angles = append(m.angles, angle[1:len(angle)-1])
		return fmt.Sprintf("\ue000%d\ue001", len(m.angles)-1)
	})
	m.source = []byte(source)
	parser := goldmark.New(goldmark.WithExtensions(extension.Linkify)).Parser()
	_ = ast.Walk(parser.Parse(text.NewReader(m.source)), m.visit) // which returns no error
	r.bold = false
}

func (m *markdownRenderer) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.Emphasis:
		m.bold = entering && n.Level == 2
	case *ast.Link:
		m.linkTo(n.Destination, entering)
	case *ast.Image:
		m.linkTo(n.Destination, entering)
	case *ast.Text:
		if entering {
			m.run(n)
		}
	case *ast.AutoLink:
		if entering {
			m.link(string(n.URL(m.source)), string(n.Label(m.source)))
		}
	case *ast.RawHTML:
		if entering {
			m.raw(n.Segments)
		}
	default:
		m.enclose(n, entering)
	}
	return ast.WalkContinue, nil
}

// enclose ends the lines before and after a block.
func (m *markdownRenderer) enclose(n ast.Node, entering bool) {
	if n.Type() != ast.TypeBlock {
		return
	}
	m.line()
	switch n.Kind() {
	case ast.KindHTMLBlock, ast.KindCodeBlock, ast.KindFencedCodeBlock:
		if entering {
			m.raw(n.Lines())
		}
	}
}

// raw writes text that Slack shows as it stands; code is no problem.
func (m *markdownRenderer) raw(s *text.Segments) {
	value := string(s.Value(m.source))
	if strings.HasPrefix(value, "<") {
		m.problem("HTML shows: %q", cut(value, 40))
	}
	m.resolved(value)
}

func (m *markdownRenderer) run(t *ast.Text) {
	value := t.Value(m.source)
	if !t.IsRaw() {
		value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
	}
	m.resolved(string(value))
	if t.SoftLineBreak() || t.HardLineBreak() {
		m.lines("\n")
	}
}

// linkTo keeps a link with all that its label is made of.
func (m *markdownRenderer) linkTo(url []byte, entering bool) {
	if entering {
		m.label = m.text.Len()
		return
	}
	m.out.Links = append(m.out.Links, Link{string(util.ResolveEntityNames(url)), m.text.String()[m.label:]})
}

// resolved writes text with Slack's markup back in its place.
func (m *markdownRenderer) resolved(text string) {
	for {
		at := angleMark.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		m.lines(text[:at[0]])
		if i, err := strconv.Atoi(text[at[2]:at[3]]); err == nil && i < len(m.angles) {
			m.angle(m.angles[i])
		}
		text = text[at[1]:]
	}
	m.lines(text)
}
