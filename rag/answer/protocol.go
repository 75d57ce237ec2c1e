package answer

import "strings"

// The answer protocol is plain text, so that it streams, needs no vendor's mode
// of output and is within the means of small models:
//
//	CLAIM: The contract is worth about $10 billion.
//	QUOTE 2: environ 10 milliards de dollars
//
//	MISSING: who signed it
//
// or NOT FOUND alone. What deviates is understood as long as it can be: marks
// of Markdown, the words in French, other brackets, numbers left out, lines
// that go on, talk before and after.

// writtenClaim is a claim as a model wrote it.
type writtenClaim struct {
	text   string
	quotes []writtenQuote
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
	thinking bool
	claim    *writtenClaim
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
	if p.claim != nil && len(p.claim.quotes) > 0 && !p.thinking && p.line.Len() < 40 && claimForm.MatchString(p.line.String()) {
		return p.end()
	}
	return nil
}

// close ends the last line and the last claim.
func (p *protocol) close() error {
	if p.line.Len() > 0 {
		if err := p.take(); err != nil {
			return err
		}
	}
	return p.end()
}

func (p *protocol) end() error {
	c := p.claim
	p.claim, p.open = nil, otherLine
	if c == nil {
		return nil
	}
	return p.claimed(c, true)
}

// take reads the line that has come in.
func (p *protocol) take() error {
	line := strings.TrimRight(p.line.String(), " \t\r")
	p.line.Reset()
	if p.hidden(line) {
		return nil
	}
	if at := inlineQuote.FindStringIndex(line); at != nil && claimForm.MatchString(line) {
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
		p.claim, p.open = &writtenClaim{text: text}, claimLine
	case quoteLine:
		if p.claim != nil {
			p.claim.quotes = append(p.claim.quotes, writtenQuote{passages: numbers, lines: []string{text}})
			p.open = quoteLine
		}
	case missingLine:
		p.missing = append(p.missing, text)
		return p.end()
	case notFoundLine:
		p.notFound = true
		return p.end()
	case otherLine:
		p.goOn(line)
	}
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
	return p.claimed(c, false)
}

// goOn adds a line without a tag to what it continues.
func (p *protocol) goOn(line string) {
	switch p.open {
	case claimLine:
		p.claim.text = strings.TrimSpace(p.claim.text + " " + strings.TrimSpace(line))
	case quoteLine:
		q := &p.claim.quotes[len(p.claim.quotes)-1]
		q.lines = append(q.lines, line)
	}
}
