package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// page is what people read of one result. It is built whole and printed at
// once; printable goes over all text of documents.
type page struct {
	terminal
	b strings.Builder
}

func (p *page) print() error {
	_, err := io.WriteString(p.w, p.b.String())
	p.b.Reset()
	return err
}

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(&p.b, format+"\n", args...)
}

// field is a line of a thing's properties.
func (p *page) field(name, value string) {
	p.line("%s %s", p.faint(fmt.Sprintf("%-9s", name)), printable(value))
}

// question heads the result of one of several questions.
func (p *page) question(q question) {
	if q.line > 1 {
		p.line("")
	}
	p.line("%s", p.bold("? "+truncate(printable(q.text), 2*maxWidth)))
}

func (p *page) answer(a rag.Answer) {
	if blocks := a.Blocks(); len(blocks) > 1 || len(blocks) == 1 && blocks[0].Form != "" {
		p.blocks(a, blocks)
		p.ending(a)
		return
	}
	told := a
	told.Listed = nil
	p.line("%s", p.wrap(printable(told.Text()), ""))
	a.Notice = ""
	p.ending(a)
}

// ending is what comes below the claims.
func (p *page) ending(a rag.Answer) {
	if a.Notice != "" {
		p.line("%s", p.wrap(printable(a.Notice), ""))
	}
	p.listed(a.Listed)
	p.cited(a)
}

// blocks shows an answer that is more than a paragraph.
func (p *page) blocks(a rag.Answer, blocks []rag.Block) {
	for i, b := range blocks {
		if i > 0 && blocks[i-1].Heading == "" {
			p.line("")
		}
		var sentences []string
		for _, n := range b.Claims {
			c := a.Claims[n]
			c.Heading = ""
			if b.Form == "" {
				sentences = append(sentences, c.Shown(a.Language))
				continue
			}
			p.line("%s", p.claim(c, a.Language))
		}
		switch {
		case b.Heading != "":
			p.line("%s", p.bold(printable(b.Heading)))
		case b.Form == "":
			p.line("%s", p.wrap(printable(strings.Join(sentences, " ")), ""))
		}
	}
	if a.Notice != "" {
		p.line("")
	}
}

// claim is one as it comes, below the heading or the header that it is the first under.
func (t terminal) claim(c rag.Claim, language string) string {
	above := ""
	if c.Heading != "" {
		above = "\n" + t.bold(printable(c.Heading)) + "\n"
	}
	if c.Columns != nil {
		above += t.bold(printable("| "+strings.Join(c.Columns, " | ")+" |")) + "\n"
	}
	return above + t.wrap(printable(c.Shown(language)), "")
}

// listed shows documents that are the answer, each with where it is.
func (p *page) listed(documents []rag.DocumentInfo) {
	for _, d := range documents {
		p.line("- %s", p.bold(printable(d.Name())))
		p.line("  %s", p.faint(printable(d.URI)))
	}
}

// cited shows the quotes of an answer, or what came nearest.
func (p *page) cited(a rag.Answer) {
	for _, c := range a.Citations {
		p.citation("["+strconv.Itoa(c.N)+"] ", c, a.Language)
	}
	if len(a.Nearest) > 0 && a.Status == rag.NotFound {
		p.line("")
		p.line("%s", p.faint(prompts.NotAnAnswer(a.Language)))
		for _, c := range a.Nearest {
			p.citation(fmt.Sprintf("%2d. ", c.N), c, a.Language)
		}
	}
}

// maxContext is how much is shown, in characters, of each run that a quote is read
// with.
const maxContext = 160

// citation shows where a quote stands, what it is read with, and the quote.
func (p *page) citation(marker string, c rag.Citation, language string) {
	opening, closing := quotationMarks(language)
	indent := strings.Repeat(" ", len(marker))
	p.line("")
	p.line("%s%s", p.cyan(marker), p.bold(location(c.Title, c.Heading, locator(c.Format, c.Page, c.Row), c.Date)))
	for _, e := range c.Context {
		p.line("%s", p.faint(p.wrap(truncate(printable(lang.OneLine(e.Text)), maxContext), indent)))
	}
	p.line("%s", p.wrap(opening+printable(c.Quote)+closing, indent))
	p.line("%s%s", indent, p.faint(printable(c.URI)))
}

func (p *page) hits(hits []rag.Hit) {
	for i, h := range hits {
		if i > 0 {
			p.line("")
		}
		p.line("%2d. %s  %s", i+1, p.bold(hitLocation(h)), p.faint(fmt.Sprintf("%.3f", h.Score)))
		p.line("    %s", p.faint(printable(h.Document.URI)))
		p.line("%s", p.wrap(truncate(printable(h.Text), 240), "    "))
	}
}

// explanation shows whole passages with why they scored.
func (p *page) explanation(hits []rag.Hit) {
	for i, h := range hits {
		p.line("")
		p.line("%2d. %s", i+1, p.bold(hitLocation(h)))
		p.line("    score %.3f   lexical %.3f   vector %.3f", h.Score, h.Lexical, h.Vector)
		p.line("    %s", p.faint(fmt.Sprintf("%s, passage %d of %s, bytes %d to %d", printable(h.Document.URI), h.ID.N, h.ID.Document, h.Start, h.End)))
		p.line("%s", p.wrap(printable(h.Text), "    "))
	}
}

// spent says, under an explanation, what a language model took for it.
func (p *page) spent(text string) {
	if text != "" {
		p.line("")
		p.line("%s", p.faint(printable(text)))
	}
}

func hitLocation(h rag.Hit) string {
	d := h.Document
	return location(d.Title, h.Heading, locator(d.Format, h.Page, h.Row), d.Date)
}

// location is where something stands: Title — Heading › Heading, p. 3 (2024-02-07).
func location(title string, heading []string, where, date string) string {
	path := slices.Clone(heading)
	if len(path) > 0 && path[0] == title {
		path = path[1:]
	}
	s := title
	if len(path) > 0 {
		s += " — " + strings.Join(path, " › ")
	}
	if where != "" {
		s += ", " + where
	}
	if date != "" {
		s += " (" + date + ")"
	}
	return oneLine(s)
}

// locator counts as people do in documents of a format: the row of a sheet,
// which its heading names, a slide, a page.
func locator(format string, number, row int) string {
	switch {
	case row > 0:
		return "row " + strconv.Itoa(row)
	case number == 0:
		return ""
	case format == "PPTX" || format == "ODP" || format == "PPT":
		return "slide " + strconv.Itoa(number)
	}
	return "p. " + strconv.Itoa(number)
}

// quotationMarks are those of the language that the answer is written in.
func quotationMarks(language string) (opening, closing string) {
	if language == "fr" {
		return "«\u00a0", "\u00a0»"
	}
	return "“", "”"
}
