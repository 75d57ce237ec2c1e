package pdf

// unnamed is where characters are put, by their codes, that a font draws and
// has no name for: the engine gives the bare code.
const unnamed = '\uf8a0'

// nameless is a character drawn for a control code, as one that can be named
// later. What the engine adds, as the ends of lines, has no place.
func (g glyph) nameless() rune {
	if g.r >= 0x0b && g.r <= 0x1f && g.width() > 0 && g.height() > 0 {
		return unnamed + g.r
	}
	return g.r
}

// texNames are what the fonts of TeX draw for control codes: ligatures, in the
// encodings OT1 and T1 (Cork), and the signs of T1. What OT1 has in the place
// of these are accents. Others are signs of some kind.
var texNames = map[rune]string{
	0x0b: "ff", 0x0c: "fi", 0x0d: "fl", 0x0e: "ffi", 0x0f: "ffl",
	0x10: "“", 0x11: "”", 0x12: "„", 0x13: "«", 0x14: "»", 0x15: "–", 0x16: "—",
	0x1b: "ff", 0x1c: "fi", 0x1d: "fl", 0x1e: "ffi", 0x1f: "ffl",
}

// named is the text of a character.
func (p *pdfPage) named(r rune) string {
	if r < unnamed || r > unnamed+0x1f {
		return string(r)
	}
	if p.foreign {
		return ""
	}
	return texNames[r-unnamed]
}
