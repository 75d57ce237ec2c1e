package office

import (
	"strconv"
	"strings"
)

// numberMarks are how a language writes numbers: the zero value as English.
type numberMarks string

const (
	spacedMarks numberMarks = "\u00a0,"
	dottedMarks numberMarks = ".,"
)

func (m numberMarks) decimal() string {
	if m == "" {
		return "."
	}
	return ","
}

func (m numberMarks) group() string {
	if m == "" {
		return ","
	}
	return strings.TrimSuffix(string(m), ",")
}

// marksOf returns the marks of a Windows locale in hexadecimal, "40C".
func marksOf(locale string) numberMarks {
	id, err := strconv.ParseUint(locale, 16, 32)
	if err != nil {
		return ""
	}
	const swissGerman, mexican, language, locales = 0x807, 0x80a, 0x3ff, 0xffff
	if id &= locales; id <= language || id == swissGerman || id == mexican {
		return ""
	}
	switch id & language {
	case 0x0c, 0x05, 0x0b, 0x14, 0x15, 0x19, 0x1b, 0x1d, 0x22: // fr cs fi nb pl ru sk sv uk
		return spacedMarks
	case 0x07, 0x0a, 0x10, 0x13, 0x16, 0x18, 0x06, 0x08, 0x1f, 0x1a: // de es it nl pt ro da el tr hr
		return dottedMarks
	}
	return ""
}
