package read

import (
	"encoding/xml"
	"strings"
)

// odfStyles are the styles of a document, those of its content among them.
type odfStyles struct {
	lists map[string]*[listLevels]odfLevel
	// parents are the styles that those of paragraphs are made from.
	parents map[string]string
	// outline numbers the headings.
	outline [listLevels]odfLevel
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
		levels := new([listLevels]odfLevel)
		d.styles.lists[xmlAttribute(e, "name")] = levels
		return d.readLevels(levels)
	case "outline-style":
		return d.readLevels(&d.styles.outline)
	case "style":
		if xmlAttribute(e, "family") != "paragraph" {
			return nil
		}
		d.styles.parents[xmlAttribute(e, "name")] = xmlAttribute(e, "parent-style-name")
	case "automatic-styles", "styles":
		return d.x.each(d.styleElement)
	}
	return nil
}

func (d *odf) readLevels(levels *[listLevels]odfLevel) error {
	return d.x.each(func(e xml.StartElement) error {
		n := atoi(xmlAttribute(e, "level"), 0) - 1
		if n < 0 || n >= listLevels || e.Name.Local == "list-level-style-bullet" || e.Name.Local == "list-level-style-image" {
			return nil
		}
		levels[n] = odfLevel{
			format: xmlAttribute(e, "num-format"), prefix: xmlAttribute(e, "num-prefix"), suffix: xmlAttribute(e, "num-suffix"),
			start: atoi(xmlAttribute(e, "start-value"), 1), shown: atoi(xmlAttribute(e, "display-levels"), 1),
		}
		return nil
	})
}

// paragraphKind tells what paragraphs of a style are by the styles that it is
// made from, whose names programs write in English.
func (d *odf) paragraphKind(style string) Kind {
	const most = 20
	for range most {
		name := strings.ToLower(strings.ReplaceAll(style, "_20_", " "))
		switch {
		case name == "preformatted text" || name == "source code" || name == "source text":
			return Code
		case name == "caption" || name == "illustration" || name == "table" || name == "figure" || name == "tablecaption" || name == "figurecaption":
			return Caption
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
func number(levels *[listLevels]odfLevel, reached *[listLevels]int, n int) string {
	level := levels[n]
	if level.format == "" {
		return ""
	}
	var parts []string
	for i := max(0, n-max(level.shown, 1)+1); i <= n; i++ {
		if levels[i].format != "" {
			parts = append(parts, formatNumber(reached[i], odfFormat(levels[i].format)))
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
