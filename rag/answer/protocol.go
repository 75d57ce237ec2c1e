package answer

import (
	"slices"
	"strings"
)

// The answer protocol is plain text, so that it streams, needs no vendor's mode
// of output and is within the means of small models:
//
//	CLAIM: The contract is worth about $10 billion.
//	QUOTE 2: environ 10 milliards de dollars
//
//	MISSING: who signed it
//
// or NOT FOUND alone. Around the claims stands Markdown: "## " headings, "| " headers of
// tables. What deviates is understood as long as it can be: the words in French or
// lower case, other marks, numbers left out, quotes before their claim, lines that go
// on, talk before and after, YAML; and JSON, XML, tables and prose with markers
// (protocol_rest.go).

// writtenClaim is a claim as a model wrote it.
type writtenClaim struct {
	text string
	// number is that of a claim which is written once more, 0 for none.
	number int
	quotes []writtenQuote
	// heading and columns stand above it.
	heading string
	columns []string
}

// writtenQuote is words that are said to stand in passages, by their numbers as
// they were given; none where the model named none.
type writtenQuote struct {
	passages []int
	lines    []string
}

// protocol reads what a model writes, piece by piece.
type protocol struct {
	// claimed is called when a claim that has quotes may be complete: a blank line
	// follows it, and more quotes may come. It is called again when it has ended.
	claimed func(c *writtenClaim, ended bool) error

	line     strings.Builder // what has come of the current line
	all      strings.Builder // what has come
	thinking bool
	claim    *writtenClaim
	// formed is set once a claim with quotes has come. early are quotes before any
	// claim: then each claim ends with its own line.
	formed bool
	early  []writtenQuote
	// heading and columns are for the next claim.
	heading string
	columns []string
	// isInner is set for what was read once already.
	isInner bool
	// open is what a line without a tag continues, 0 for nothing.
	open lineKind
	// missing are the parts of the question that the model says are open.
	missing []string
	// notFound is set when it says that the passages do not answer.
	notFound bool
}

type lineKind int

const (
	otherLine lineKind = iota
	blankLine
	claimLine
	quoteLine
	missingLine
	notFoundLine
)

// write takes in a piece.
func (p *protocol) write(piece string) error {
	p.all.WriteString(piece)
	for {
		head, rest, ends := strings.Cut(piece, "\n")
		p.line.WriteString(head)
		if !ends {
			break
		}
		if err := p.take(); err != nil {
			return err
		}
		piece = rest
	}
	// The next claim ends the one before it as soon as it can be told.
	if p.claim != nil && len(p.claim.quotes) > 0 && !p.thinking && p.line.Len() < 40 && tags().claim.MatchString(p.line.String()) {
		return p.end()
	}
	return nil
}

// close ends the last line and the last claim, and reads what has come in another
// form where there was no claim.
func (p *protocol) close() error {
	if p.line.Len() > 0 {
		if err := p.take(); err != nil {
			return err
		}
	}
	if err := p.end(); err != nil || p.formed || p.isInner {
		return err
	}
	return p.rest()
}

func (p *protocol) end() error {
	c := p.claim
	p.claim, p.open = nil, otherLine
	if c == nil || c.text == "" && len(c.quotes) == 0 {
		return nil
	}
	return p.hand(c, true)
}

// hand hands a claim on.
func (p *protocol) hand(c *writtenClaim, ended bool) error {
	p.formed = p.formed || len(c.quotes) > 0
	return p.claimed(c, ended)
}

// take reads the line that has come in.
func (p *protocol) take() error {
	line := strings.TrimRight(chatTokens.ReplaceAllString(p.line.String(), ""), " \t\r")
	p.line.Reset()
	if p.hidden(line) {
		return nil
	}
	if at := tags().inline.FindStringIndex(line); at != nil && tags().claim.MatchString(line) {
		if err := p.read(line[:at[0]]); err != nil {
			return err
		}
		line = line[at[0]:]
	}
	return p.read(line)
}

// hidden reports whether a line is one of a model's thoughts, or a fence around
// its answer.
func (p *protocol) hidden(line string) bool {
	trimmed := strings.TrimSpace(line)
	if p.thinking || strings.HasPrefix(trimmed, "<think") {
		p.thinking = !strings.Contains(trimmed, "</think")
		return true
	}
	return strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "</think")
}

func (p *protocol) read(line string) error {
	kind, numbers, text := parseLine(line)
	switch kind {
	case blankLine:
		return p.pause()
	case claimLine:
		if err := p.end(); err != nil {
			return err
		}
		p.claim, p.open = &writtenClaim{text: text, number: slices.Max(append(numbers, 0)), quotes: p.early, heading: p.heading, columns: p.columns}, claimLine
		p.heading, p.columns = "", nil
		if p.early != nil {
			p.early = p.early[:0:0]
		}
	case quoteLine:
		return p.quote(writtenQuote{passages: numbers, lines: []string{text}})
	case missingLine:
		p.missing = append(p.missing, text)
		return p.end()
	case notFoundLine:
		p.notFound = true
		return p.end()
	case otherLine:
		return p.other(line)
	}
	return nil
}

// quote is one of the claim above it, or of the next where quotes come first.
func (p *protocol) quote(q writtenQuote) error {
	if p.claim != nil && p.early == nil {
		p.claim.quotes = append(p.claim.quotes, q)
		p.open = quoteLine
		return nil
	}
	if err := p.end(); err != nil {
		return err
	}
	if !p.formed || p.early != nil {
		p.early = append(p.early, q)
	}
	return nil
}

// other is a line without a tag: Markdown around the claims, or what continues.
func (p *protocol) other(line string) error {
	if p.open == otherLine || strings.HasPrefix(line, "#") {
		if h := headingForm.FindStringSubmatch(line); h != nil {
			p.heading = claimText(h[1])
			return p.end()
		}
	}
	if strings.HasPrefix(strings.TrimSpace(line), "|") && p.open != claimLine {
		if !ruleForm.MatchString(line) {
			p.columns = rowCells(line)
		}
		return p.end()
	}
	p.goOn(line)
	return nil
}

// pause is a blank line: what comes after it belongs to a tag that still waits
// for its text, or to nothing.
func (p *protocol) pause() error {
	c := p.claim
	if c == nil {
		return nil
	}
	waiting := c.text == ""
	if n := len(c.quotes); n > 0 {
		waiting = strings.TrimSpace(strings.Join(c.quotes[n-1].lines, "")) == ""
	}
	if waiting {
		return nil
	}
	p.open = otherLine
	if len(c.quotes) == 0 {
		return nil
	}
	return p.hand(c, false)
}

// goOn adds a line without a tag to what it continues.
func (p *protocol) goOn(line string) {
	switch p.open {
	case claimLine:
		p.claim.text = strings.TrimSpace(p.claim.text + " " + strings.TrimSpace(line))
	case quoteLine:
		q := &p.claim.quotes[len(p.claim.quotes)-1]
		if m := fieldForm.FindStringSubmatch(line); m != nil { // YAML
			q.passages = append(q.passages, numbersIn(m[1])...)
			line = m[2]
		}
		q.lines = append(q.lines, line)
	}
}
