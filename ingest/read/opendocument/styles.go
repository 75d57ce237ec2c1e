package opendocument

import (
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// odfStyles are the styles of a document, those of its content among them.
type odfStyles struct {
	lists map[string]*[office.ListLevels]odfLevel
	// parents are the styles that those of paragraphs are made from.
	parents map[string]string
	// outline numbers the headings.
	outline [office.ListLevels]odfLevel
}

// odfLevel is how the items of a level of a list are numbered.
type odfLevel struct {
	// format is "" for a bullet, else "1", "a", "A", "i" or "I".
	format, prefix, suffix string
	start                  int
	// shown is how many levels of numbers are shown.
	shown int
}

// styleElement reads what is in the styles of a document.
func (d *odf) styleElement(e xml.StartElement) error {
	switch e.Name.Local {
	case "list-style":
		levels := new([office.ListLevels]odfLevel)
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

func (d *odf) readLevels(levels *[office.ListLevels]odfLevel) error {
	return d.x.Each(func(e xml.StartElement) error {
		n := office.Atoi(office.Attribute(e, "level"), 0) - 1
		if n < 0 || n >= office.ListLevels || e.Name.Local == "list-level-style-bullet" || e.Name.Local == "list-level-style-image" {
			return nil
		}
		levels[n] = odfLevel{
			format: office.Attribute(e, "num-format"), prefix: office.Attribute(e, "num-prefix"), suffix: office.Attribute(e, "num-suffix"),
			start: office.Atoi(office.Attribute(e, "start-value"), 1), shown: office.Atoi(office.Attribute(e, "display-levels"), 1),
		}
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

// number writes the numbers reached as a level shows them, "" for a bullet.
func number(levels *[office.ListLevels]odfLevel, reached *[office.ListLevels]int, n int) string {
	level := levels[n]
	if level.format == "" {
		return ""
	}
	var parts []string
	for i := max(0, n-max(level.shown, 1)+1); i <= n; i++ {
		if levels[i].format != "" {
			parts = append(parts, office.FormatNumber(reached[i], odfFormat(levels[i].format)))
		}
	}
	return strings.TrimSpace(level.prefix + strings.Join(parts, ".") + level.suffix)
}

// odfFormat is a number format of OpenDocument as formatNumber names it.
func odfFormat(format string) string {
	switch format {
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
