package opendocument

import (
	"fmt"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// odfStyles are the styles of a document, those of its content among them.
type odfStyles struct {
	lists map[string]*odfLevels
	// parents are the styles that those of paragraphs are made from.
	parents map[string]string
	// outline numbers the headings.
	outline odfLevels
}

// odfLevels are the levels of a list style; nil is one of bullets.
type odfLevels [office.ListLevels]office.ListLevel

func (l *odfLevels) of(level int) office.ListLevel {
	if l == nil {
		return office.ListLevel{}
	}
	return l[level]
}

// read reads an element that holds styles, or is one.
func (s *odfStyles) read(n *office.Node) {
	switch n.Name {
	case "list-style":
		levels := new(odfLevels)
		s.lists[n.Attr("name")] = levels
		levels.read(n)
	case "outline-style":
		s.outline.read(n)
	case "style":
		if n.Attr("family") == "paragraph" {
			s.parents[n.Attr("name")] = n.Attr("parent-style-name")
		}
	case "automatic-styles", "styles":
		for _, c := range n.Nodes {
			s.read(c)
		}
	}
}

func (l *odfLevels) read(style *office.Node) {
	for _, n := range style.Nodes {
		i := office.Int(n.Attr("level"), 0) - 1
		format := odfFormat(n.Attr("num-format"))
		if i < 0 || i >= office.ListLevels || format == "" {
			continue
		}
		l[i] = office.ListLevel{Start: office.Int(n.Attr("start-value"), 1), Format: format}
		var shown []string
		for j := max(0, i-max(office.Int(n.Attr("display-levels"), 1), 1)+1); j <= i; j++ {
			if l[j].Format != "" {
				shown = append(shown, fmt.Sprintf("%%%d", j+1))
			}
		}
		l[i].Text = n.Attr("num-prefix") + strings.Join(shown, ".") + n.Attr("num-suffix")
	}
}

// paragraphKind tells what paragraphs of a style are by the styles that it is
// made from, whose names programs write in English.
func (d *odf) paragraphKind(style string) read.Kind {
	const most = 20
	for range most {
		name := strings.ToLower(strings.ReplaceAll(style, "_20_", " "))
		switch {
		case name == "preformatted text" || name == "source code" || name == "source text":
			return read.Code
		case name == "caption" || name == "illustration" || name == "table" || name == "figure" || name == "tablecaption" || name == "figurecaption":
			return read.Caption
		}
		style = d.styles.parents[style]
	}
	return d.kind
}

// isTitle reports whether paragraphs of a style are the document's title.
func (d *odf) isTitle(style string) bool {
	return style == "Title" || d.styles.parents[style] == "Title"
}

// odfFormat is a number format of OpenDocument as office.FormatNumber names it,
// "" for a bullet.
func odfFormat(format string) string {
	switch format {
	case "":
		return ""
	case "a":
		return "lowerLetter"
	case "A":
		return "upperLetter"
	case "i":
		return "lowerRoman"
	case "I":
		return "upperRoman"
	}
	return "decimal"
}
