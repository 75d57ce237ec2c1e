package ooxml

import (
	"cmp"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// deck is what the slides of a presentation have in common.
type deck struct {
	*office.Composer
	// width and height are those of a slide.
	width, height int
	// grounds are what layouts and their masters paint behind text.
	grounds map[string]read.Color
}

// ground is the colour behind what stands on a slide, or a layout, with what its
// layout and master paint: Pictured where they have more than a colour.
func (d *deck) ground(part string, root *office.Node) read.Color {
	painted := backdrop(root)
	all, err := d.Relations(part)
	under := cmp.Or(all.First("slideLayout"), all.First("slideMaster"))
	if err != nil || painted == read.Pictured || !d.Has(under) || under == part {
		return painted
	}
	below, known := d.grounds[under]
	if !known {
		d.grounds[under] = 0 // one may be under itself
		below = d.ground(under, d.Part(under))
		d.grounds[under] = below
	}
	if below == read.Pictured && root.Child("cSld").Child("bg") != nil {
		return painted
	}
	return cmp.Or(painted, below)
}

// backdrop is what a slide paints itself.
func backdrop(root *office.Node) (c read.Color) {
	if bg := root.Child("cSld").Child("bg").Child(""); bg != nil {
		c = paintOf(bg)
	}
	if m := root.Child("clrMap"); m != nil && m.Attr("bg1") != "lt1" {
		return read.Pictured // white and black change places
	}
	root.Child("cSld").Child("spTree").Walk(func(n *office.Node) bool {
		if n.Name == "pic" || n.Name == "sp" && drawnText(n) == "" && paintOf(n.Child("spPr")) != 0 {
			c = read.Pictured
		}
		return n.Name == "grpSp"
	})
	return c
}

// paintOf is the colour that something is filled with, 0 for none.
func paintOf(n *office.Node) read.Color {
	for c := range n.Each("") {
		switch c.Name {
		case "noFill":
			return 0
		case "solidFill":
			return paintOf(c)
		case "srgbClr":
			return read.HexColor(c.Attr("val"))
		case "sysClr":
			return read.HexColor(c.Attr("lastClr"))
		case "schemeClr", "prstClr":
			if v := c.Attr("val"); (v == "bg1" || v == "lt1" || v == "white") && c.Child("") == nil {
				return read.White
			}
			return read.Pictured
		case "gradFill", "blipFill", "pattFill", "scrgbClr", "hslClr":
			return read.Pictured
		}
	}
	return 0
}

// look is how a run with properties looks in the shape that is read.
func (s *slideReader) look(properties *office.Node) read.Ink {
	ink := read.Ink{Hidden: s.shape.away || properties.Child("noFill") != nil, Ground: cmp.Or(s.shape.ground, s.behind)}
	ink.Color, ink.Size = max(paintOf(properties), 0), float64(office.Int(properties.Attr("sz"), 0))/100
	if alpha := properties.Child("solidFill").Child("").Child("alpha"); alpha != nil {
		ink.Hidden = ink.Hidden || atoi0(alpha.Attr("val")) < 10_000 // a tenth
	}
	return ink
}

// place takes where a shape stands.
func (s *slideReader) place(xfrm *office.Node) {
	at, size := xfrm.Child("off"), xfrm.Child("ext")
	x, y := atoi0(at.Attr("x")), atoi0(at.Attr("y"))
	s.shape.top = y
	s.shape.away = s.shape.away || s.width > 0 && (x > s.width || y > s.height || x+atoi0(size.Attr("cx")) < 0 || y+atoi0(size.Attr("cy")) < 0)
}
