package ooxml

import (
	"docent/ingest/read"
	"docent/ingest/read/office"
)

func (w *workbook) readStyles(part string) {
	w.styles.Codes = make(map[int]string)
	for _, list := range w.Part(part).Nodes {
		for n := range list.Each("numFmt") {
			w.styles.Codes[atoi0(n.Attr("numFmtId"))] = n.Attr("formatCode")
		}
		for n := range list.Each("font") {
			p := propertiesOf(n)
			look := office.Look{Bold: p.on("b"), Struck: p.on("strike")}
			look.Color, look.Size = max(cellColor(n.Child("color")), 0), float64(atoi0(p["sz"]))
			w.styles.Fonts = append(w.styles.Fonts, look)
		}
		for n := range list.Each("fill") {
			var look office.Look
			switch pattern := n.Child("patternFill"); {
			case pattern == nil:
				look.Ground = read.Pictured
			case pattern.Attr("patternType") == "solid":
				look.Ground = cellColor(pattern.Child("fgColor"))
			case pattern.Attr("patternType") != "none" && pattern.Attr("patternType") != "":
				look.Ground = read.Pictured
			}
			w.styles.Fills = append(w.styles.Fills, look)
		}
		if list.Name != "cellXfs" {
			continue
		}
		for n := range list.Each("xf") {
			w.styles.Add(atoi0(n.Attr("numFmtId")), atoi0(n.Attr("fontId")), atoi0(n.Attr("fillId")))
		}
	}
}

// cellColor is a colour of a workbook, Pictured for one that is not black or white
// and whose number does not tell it.
func cellColor(n *office.Node) read.Color {
	named := map[string]read.Color{"": 0, "0": read.White, "1": read.RGB(0, 0, 0)}
	number := n.Attr("theme")
	if number == "" { // the older palette
		named = map[string]read.Color{"": 0, "0": read.RGB(0, 0, 0), "1": read.White, "8": read.RGB(0, 0, 0), "9": read.White, "64": 0}
		number = n.Attr("indexed")
	}
	c, known := named[number]
	if !known || n.Attr("tint") != "" {
		c = read.Pictured
	}
	if rgb := read.HexColor(n.Attr("rgb")); rgb != 0 {
		c = rgb
	}
	return c
}
