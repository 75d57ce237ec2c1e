package opendocument

import (
	"cmp"
	"fmt"
	"strconv"
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
	// looks are those of runs and paragraphs by family and name, hidden the styles
	// of tables and slides that are.
	looks  map[odfStyle]odfLook
	hidden map[string]bool
	// page is the colour of the slides, of the first that says one.
	page read.Color
}

// odfStyle names a style of paragraphs or of text.
type odfStyle struct{ family, name string }

// odfLook is how a style looks itself, and the style that it is made from.
type odfLook struct {
	office.Look
	parent string
}

// look is that of a style with those that it is made from.
func (s *odfStyles) look(style odfStyle) (look office.Look) {
	const most = 20
	for range most {
		own := s.looks[style]
		look = look.With(own.Look)
		if style.name = own.parent; style.name == "" {
			break
		}
	}
	return look
}

// readLook notes how a style looks.
func (s *odfStyles) readLook(n *office.Node) {
	name := n.Attr("name")
	switch n.Attr("family") {
	case "paragraph", "text", "table-cell", "graphic", "presentation":
		parent := n.Attr("parent-style-name")
		if n.Attr("family") == "paragraph" {
			s.parents[name] = parent
		}
		p := n.Child("text-properties")
		line := cmp.Or(p.Attr("text-line-through-style"), p.Attr("text-line-through-type"), "none")
		look := office.Look{Struck: line != "none", Bold: p.Attr("font-weight") == "bold"}
		look.Hidden = p.Attr("display") == "none" || p.Attr("opacity") == "0%"
		look.Color, look.Ground = read.HexColor(p.Attr("color")), read.HexColor(p.Attr("background-color"))
		if size, points := strings.CutSuffix(p.Attr("font-size"), "pt"); points {
			look.Size, _ = strconv.ParseFloat(size, 64) // 0 is not known
		}
		for _, around := range []string{"paragraph-properties", "table-cell-properties", "graphic-properties"} {
			look.Ground = cmp.Or(look.Ground, odfGround(n.Child(around)))
		}
		s.looks[odfStyle{n.Attr("family"), name}] = odfLook{look, parent}
	case "drawing-page":
		p := n.Child("drawing-page-properties")
		s.hidden[name] = p.Attr("visibility") == "hidden"
		s.page = cmp.Or(s.page, odfGround(p))
	case "table":
		s.hidden[name] = n.Child("table-properties").Attr("display") == "false"
	}
}

// odfGround is the colour behind what has properties.
func odfGround(n *office.Node) read.Color {
	switch n.Attr("fill") {
	case "none":
		return 0
	case "gradient", "bitmap", "hatch":
		return read.Pictured
	}
	return cmp.Or(read.HexColor(n.Attr("fill-color")), read.HexColor(n.Attr("background-color")))
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
		s.readLook(n)
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
