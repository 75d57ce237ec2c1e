package charset

import (
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// CodePages are the charsets that Windows programs refer to by number.
var CodePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1200: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 32768: charmap.Macintosh,
	20866: charmap.KOI8R, 21866: charmap.KOI8U, 28591: charmap.ISO8859_1, 28592: charmap.ISO8859_2,
	28595: charmap.ISO8859_5, 28597: charmap.ISO8859_7, 28605: charmap.ISO8859_15,
	50220: japanese.ISO2022JP, 50221: japanese.ISO2022JP, 50222: japanese.ISO2022JP,
	51932: japanese.EUCJP, 51949: korean.EUCKR, 54936: simplifiedchinese.GB18030, 65001: unicode.UTF8,
}

// DecodePage decodes bytes of a Windows code page; an unknown one is taken for
// 1252.
func DecodePage(data []byte, page int) string {
	if e := CodePages[page]; e != nil {
		if text, err := e.NewDecoder().Bytes(data); err == nil {
			return string(text)
		}
	}
	return Windows1252.Decode(data)
}

// Windows1252 has a character for every byte.
var Windows1252 = TableOf(charmap.Windows1252)

// DecodeLabelled decodes bytes of a charset that is called by its name on the
// internet. What is declared wrong, and what is not declared, is guessed.
func DecodeLabelled(data []byte, label string) (string, error) {
	e, name := charset.Lookup(strings.TrimSpace(label))
	if e == nil || name == "utf-8" || name == "replacement" || name == "x-user-defined" {
		return Decode(data)
	}
	if name == "windows-1252" {
		return Windows1252.Decode(data), nil
	}
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return Decode(data)
	}
	return string(text), nil
}

// symbolLetters are the Greek letters of the Symbol font, by the Latin ones
// in whose place they stand.
var symbolLetters = strings.NewReplacer(
	"A", "Α", "B", "Β", "C", "Χ", "D", "Δ", "E", "Ε", "F", "Φ", "G", "Γ", "H", "Η", "I", "Ι", "J", "ϑ", "K", "Κ",
	"L", "Λ", "M", "Μ", "N", "Ν", "O", "Ο", "P", "Π", "Q", "Θ", "R", "Ρ", "S", "Σ", "T", "Τ", "U", "Υ", "V", "ς",
	"W", "Ω", "X", "Ξ", "Y", "Ψ", "Z", "Ζ", "a", "α", "b", "β", "c", "χ", "d", "δ", "e", "ε", "f", "φ", "g", "γ",
	"h", "η", "i", "ι", "j", "ϕ", "k", "κ", "l", "λ", "m", "μ", "n", "ν", "o", "ο", "p", "π", "q", "θ", "r", "ρ",
	"s", "σ", "t", "τ", "u", "υ", "v", "ϖ", "w", "ω", "x", "ξ", "y", "ψ", "z", "ζ",
)

// symbolSigns are the signs of the Symbol font that texts have.
var symbolSigns = map[byte]rune{
	0xa3: '≤', 0xa5: '∞', 0xab: '↔', 0xac: '←', 0xad: '↑', 0xae: '→', 0xaf: '↓', 0xb0: '°', 0xb1: '±', 0xb3: '≥',
	0xb4: '×', 0xb5: '∝', 0xb6: '∂', 0xb7: '•', 0xb8: '÷', 0xb9: '≠', 0xba: '≡', 0xbb: '≈', 0xbc: '…', 0xc5: '⊕',
	0xc6: '∅', 0xc7: '∩', 0xc8: '∪', 0xce: '∈', 0xd0: '∠', 0xd1: '∇', 0xd5: '∏', 0xd6: '√', 0xde: '⇒', 0xe5: '∑',
	0xf2: '∫',
}

// SymbolText is the text of a character of a font of signs: Symbol is read, of the
// others, whose letters are pictures, nothing is.
func SymbolText(c byte, font string) string {
	switch {
	case !strings.EqualFold(strings.TrimSpace(font), "Symbol"):
		return "•"
	case c < 0x7f:
		return symbolLetters.Replace(string(rune(c)))
	case symbolSigns[c] != 0:
		return string(symbolSigns[c])
	}
	return "•"
}
