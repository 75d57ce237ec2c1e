package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"docent/rag/lang"
)

// terminal is where people read: how wide it is, and whether it has colours.
type terminal struct {
	w      io.Writer
	width  int // 0: not a terminal, lines are not wrapped
	colour bool
}

// maxWidth is the longest line that is comfortable to read.
const maxWidth = 100

func (a *app) terminal(w io.Writer) terminal {
	t := terminal{w: w, width: width(w)}
	switch a.color {
	case "always":
		t.colour = true
	case "auto":
		// https://no-color.org: set and not empty, whatever it says.
		t.colour = t.width > 0 && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
	}
	return t
}

// width is the terminal's, 0 for what is none.
func width(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
		return min(n, maxWidth)
	}
	return 80
}

func (t terminal) bold(s string) string  { return t.styled("1", s) }
func (t terminal) faint(s string) string { return t.styled("2", s) }
func (t terminal) red(s string) string   { return t.styled("31", s) }
func (t terminal) cyan(s string) string  { return t.styled("36", s) }

func (t terminal) styled(code, s string) string {
	if !t.colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// wrap breaks a text at spaces to the terminal's width. All lines begin with
// the indent, which is as wide as it is long.
func (t terminal) wrap(text, indent string) string {
	if t.width == 0 {
		return indent + lang.OneLine(text)
	}
	var b strings.Builder
	column := 0
	for i, word := range wrapWords(text) {
		w := uniseg.StringWidth(word)
		switch {
		case i == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+w > t.width:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += w
	}
	return b.String()
}

// wrapWords splits at spaces where a line may end: not at no-break spaces, and not
// before the marker of a citation or a mark that French sets apart.
func wrapWords(text string) []string {
	var joined []string
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
	}) {
		if n := len(joined); n > 0 && attaches(w) {
			joined[n-1] += " " + w
			continue
		}
		joined = append(joined, w)
	}
	return joined
}

func attaches(w string) bool {
	return strings.HasPrefix(w, "[") && len(w) <= 5 || strings.Trim(w, "?!:;»") == ""
}

// printable takes out of a text what a terminal would obey. Document text is
// data.
func printable(s string) string { return lang.Sanitize(s) }

// truncate is the beginning of a text, cut between words; most counts runes.
func truncate(s string, most int) string {
	s = lang.OneLine(s)
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:") + " …"
}
