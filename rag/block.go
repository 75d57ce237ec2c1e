package rag

import (
	"slices"
	"strconv"
	"strings"

	"docent/prompts"
)

// Block is a part of an answer: a heading, or claims of one form.
type Block struct {
	// Heading is set for a heading, which has no claims.
	Heading string
	Form    Form
	// Columns are the header of a table.
	Columns []string
	// Claims are indexes of Answer.Claims.
	Claims []int
}

// Blocks are the claims of the answer as they stand in it.
func (a Answer) Blocks() []Block {
	var blocks []Block
	for i, c := range a.Claims {
		if c.Heading != "" {
			blocks = append(blocks, Block{Heading: c.Heading})
		}
		if n := len(blocks); n > 0 && blocks[n-1].Heading == "" && blocks[n-1].Form == c.Form && c.Columns == nil {
			blocks[n-1].Claims = append(blocks[n-1].Claims, i)
			continue
		}
		blocks = append(blocks, Block{Form: c.Form, Columns: c.Columns, Claims: []int{i}})
	}
	return blocks
}

// marked is a text followed by the claim's [1] markers, and by a word where it is a
// model's reading of its quotes.
func (c Claim) marked(text, language string) string {
	for _, n := range c.Citations {
		text += " [" + strconv.Itoa(n) + "]"
	}
	if c.Grade == Read {
		text += " " + prompts.Reading(language)
	}
	return text
}

// Shown is the claim as one line of Markdown, with its markers.
func (c Claim) Shown(language string) string {
	switch c.Form {
	case ListItem:
		return "- " + c.marked(c.Text, language)
	case Step:
		return strconv.Itoa(c.N) + ". " + c.marked(c.Text, language)
	case TableRow:
		cells := slices.Clone(c.Cells)
		cells[len(cells)-1] = c.marked(cells[len(cells)-1], language)
		return tableLine(cells)
	}
	return c.marked(c.Text, language)
}

func tableLine(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

// lines is a block in Markdown.
func (a Answer) lines(b Block) string {
	if b.Heading != "" {
		return "## " + b.Heading
	}
	var lines []string
	if b.Columns != nil {
		lines = append(lines, tableLine(b.Columns), "|"+strings.Repeat(" --- |", len(b.Columns)))
	}
	for _, i := range b.Claims {
		lines = append(lines, a.Claims[i].Shown(a.Language))
	}
	if b.Form == "" {
		return strings.Join(lines, " ")
	}
	return strings.Join(lines, "\n")
}

// Text is the answer in Markdown: each claim followed by its [1] markers, then the
// notice, then a line for each document listed.
func (a Answer) Text() string {
	var parts []string
	blocks := a.Blocks()
	for _, b := range blocks {
		parts = append(parts, a.lines(b))
	}
	gap := "\n\n"
	if len(blocks) == 0 || len(blocks) == 1 && blocks[0].Form == "" {
		gap = " "
	}
	if a.Notice != "" {
		parts = append(parts, a.Notice)
	}
	text := strings.Join(parts, gap)
	for _, d := range a.Listed {
		text += "\n- " + d.Name()
	}
	return text
}
