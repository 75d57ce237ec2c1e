package opendocument

import (
	"encoding/xml"
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

// styleElement reads what is in the styles of a document.
func (d *odf) styleElement(e xml.StartElement) error {
	switch e.Name.Local {
	case "list-style":
		levels := new(odfLevels)
		d.styles.lists[office.Attribute(e, "name")] = levels
		return d.readLevels(levels)
	case "outline-style":
		return d.readLevels(&d.styles.outline)
	case "style":
		if office.Attribute(e, "family") != "paragraph" {
			return nil
		}
		d.styles.parents[office.Attribute(e, "name")] = office.Attribute(e, "parent-style-name")
	case "automatic-styles", "styles":
		return d.x.Each(d.styleElement)
	}
	return nil
}

func (d *odf) readLevels(levels *odfLevels) error {
	return d.x.Each(func(e xml.StartElement) error {
		n := office.Atoi(office.Attribute(e, "level"), 0) - 1
		if n < 0 || n >= office.ListLevels || e.Name.Local == "list-level-style-bullet" || e.Name.Local == "list-level-style-image" {
			return nil
		}
		levels[n] = office.ListLevel{Start: office.Atoi(office.Attribute(e, "start-value"), 1), Format: odfFormat(office.Attribute(e, "num-format"))}
		if levels[n].Format == "" {
			return nil
		}
		var shown []string
		for i := max(0, n-max(office.Atoi(office.Attribute(e, "display-levels"), 1), 1)+1); i <= n; i++ {
			if levels[i].Format != "" {
				shown = append(shown, fmt.Sprintf("%%%d", i+1))
			}
		}
		levels[n].Text = office.Attribute(e, "num-prefix") + strings.Join(shown, ".") + office.Attribute(e, "num-suffix")
		return nil
	})
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
