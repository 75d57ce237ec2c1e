package ooxml

import (
	"strconv"
	"strings"

	"docent/ingest/read/charset"
)

// wingdings are the signs of the font that say something in a text.
var wingdings = map[uint64]string{
	0x6f: "☐", 0xa8: "☐", 0xfe: "☑", 0xfd: "☒", 0xfb: "✗", 0xfc: "✓", 0xe0: "→", 0xdf: "←", 0xf0: "⇨", 0x78: "☒", 0x4a: "☺",
}

// symbol returns the character of a w:sym, "" for one that is unknown: a
// character in a font of pictures says nothing without the font.
func symbol(font, char string) string {
	code, err := strconv.ParseUint(char, 16, 16)
	if err != nil {
		return ""
	}
	const private = 0xf0 // the upper byte of where such fonts have their characters
	switch font = strings.ToLower(font); {
	case code > 0xff && code>>8 != private:
		return string(rune(code))
	case strings.HasPrefix(font, "wingdings"):
		return wingdings[code&0xff]
	case strings.HasPrefix(font, "webdings"):
		return ""
	case font == "symbol":
		return charset.SymbolText(byte(code), font)
	}
	return string(rune(code & 0xff))
}
