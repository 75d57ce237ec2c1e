package main

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/term"
	"os"

	"docent/rag"
)

// style decides once how text is shown: colours on a terminal only, and not
// where NO_COLOR (no-color.org) asks for none.
type style struct {
	colours bool
	width   int
}

func (a *app) style() style {
	s := style{width: 80, colours: isTerminal(a.stdout) && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"}
	if f, ok := a.stdout.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			s.width = min(w, 100)
		}
	}
	return s
}

func (s style) bold(text string) string  { return s.code("1", text) }
func (s style) faint(text string) string { return s.code("2", text) }

func (s style) code(code, text string) string {
	if !s.colours {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// wrap breaks text at spaces to the width, every line after the indent.
func (s style) wrap(indent, text string) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > s.width:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

// printable takes out of a document's words what a terminal would act on:
// document text is data. Direction marks are dropped too, since they could
// show a text in another order than it is stored.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

// place describes where a citation or hit stands: title, heading, page, date.
func place(title string, heading []string, page int, date string) string {
	s := title
	if len(heading) > 0 && heading[0] == title {
		heading = heading[1:]
	}
	if len(heading) > 0 {
		s += " — " + strings.Join(heading, " › ")
	}
	if page > 0 {
		s += fmt.Sprintf(", p. %d", page)
	}
	if date != "" {
		s += " (" + date + ")"
	}
	return printable(s)
}

// printAnswer shows an answer to a person.
func (a *app) printAnswer(answer rag.Answer, explain bool) {
	s := a.style()
	fmt.Fprintln(a.stdout, s.bold(s.wrap("", printable(answer.Text()))))
	for _, c := range answer.Citations {
		fmt.Fprintf(a.stdout, "\n[%d] %s\n%s\n    %s\n", c.N, place(c.Title, c.Heading, c.Page, c.Date),
			s.wrap("    ", quoted(answer.Language, printable(c.Quote))), s.faint(printable(c.URI)))
	}
	switch {
	case explain:
		a.printHits(answer.Evidence, true)
	case answer.Status == rag.NotFound:
		a.printHits(answer.Evidence[:min(3, len(answer.Evidence))], false)
	}
}

func quoted(language, text string) string {
	if language == "fr" {
		return "« " + text + " »"
	}
	return "“" + text + "”"
}

// printHits shows passages with their scores.
func (a *app) printHits(hits []rag.Hit, explain bool) {
	s := a.style()
	for i, h := range hits {
		fmt.Fprintf(a.stdout, "\n%2d. %s\n", i+1, place(h.Document.Title, h.Heading, h.Page, h.Document.Date))
		if explain {
			fmt.Fprintf(a.stdout, "    score %.3f, words %.2f, vector %.3f\n", h.Score, h.Lexical, h.Vector)
		}
		fmt.Fprintf(a.stdout, "%s\n    %s\n", s.wrap("    ", shortened(printable(h.Text), 240)), s.faint(printable(h.Document.URI)))
	}
}

// shortened cuts a text at a word, and says so.
func shortened(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	text = strings.ToValidUTF8(text[:limit], "")
	if at := strings.LastIndexByte(text, ' '); at > 0 {
		text = text[:at]
	}
	return text + " …"
}
