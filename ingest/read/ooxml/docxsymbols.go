package ooxml

import (
	"strconv"
	"strings"
)

// greek are the letters of the font Symbol from "A" to "z".
var greek = []rune("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ")

// symbols are characters of the fonts Symbol ("s") and Wingdings ("w").
var symbols = map[string]string{
	"sa3": "≤", "sb3": "≥", "sb1": "±", "sb4": "×", "sb7": "•", "sb0": "°", "sb9": "≠", "sbb": "≈", "sae": "→", "sac": "←",
	"sb8": "÷", "sa5": "∞", "sd6": "√", "se5": "∑", "sde": "⇒", "s2d": "−", "sce": "∈", "sc7": "∩", "sc8": "∪",
	"w6f": "☐", "wa8": "☐", "wfe": "☑", "wfd": "☒", "wfb": "✗", "wfc": "✓", "we0": "→", "wdf": "←", "wf0": "⇨", "w78": "☒", "w4a": "☺",
}

// symbol returns the character of a w:sym, "" for one that is unknown: a
// character in a font of pictures says nothing without the font.
func symbol(font, char string) string {
	code, err := strconv.ParseUint(char, 16, 32)
	if err != nil || code < ' ' {
		return ""
	}
	if code >= 0xf000 && code <= 0xf0ff {
		code -= 0xf000
	} else if code > 0xff {
		return string(rune(code))
	}
	switch key := strconv.FormatUint(code, 16); {
	case strings.EqualFold(font, "Symbol"):
		if code >= 'A' && code <= 'z' {
			return string(greek[code-'A'])
		}
		if s := symbols["s"+key]; s != "" || code > '~' {
			return s
		}
		return string(rune(code))
	case strings.HasPrefix(strings.ToLower(font), "wingdings"):
		return symbols["w"+key]
	case strings.HasPrefix(strings.ToLower(font), "webdings"):
		return ""
	}
	return string(rune(code))
}
