package rag

import (
	"regexp"
	"strconv"
	"strings"

	"docent/rag/lang"
)

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
	// paused is called when a claim that has quotes may be complete: a blank
	// line follows it. More quotes may come. ended is called when it is.
	paused, ended func(*writtenClaim) error

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

const (
	lineLead = `^[\s>*_#•–—-]*(?:\d{1,2}[.)]\s+)?[*_\[]*`
	colon    = `[\s*_\])]*[:：][*_]*\s*`
)

var (
	claimForm    = regexp.MustCompile(lineLead + `(?i:claim|affirmation|statement)\s*#?\d*` + colon + `(.*)$`)
	quoteForm    = regexp.MustCompile(lineLead + `(?i:quotes?|citations?|extraits?|excerpts?)[\s#(\[*_]*(?i:passages?)?[\s#(\[*_]*((?:\d+(?:\s*[,&]\s*)?)*)` + colon + `(.*)$`)
	bareQuote    = regexp.MustCompile(lineLead + `(?i:quotes?|citations?|extraits?|excerpts?)[\s#(\[*_]*(?i:passages?)?[\s#(\[*_]*(\d+)[\s)\]*_–—-]*(["“«].*)$`)
	missingForm  = regexp.MustCompile(lineLead + `(?i:missing|manque|manquant)` + colon + `(.*)$`)
	notFoundForm = regexp.MustCompile(`^\W*(?:NOT[ _]FOUND\b.*|(?i:not[ _]found|not in the (?:documents|passages)|introuvable|non trouvée?)\W*)$`)
	// inlineQuote is a quote on the line of its claim.
	inlineQuote = regexp.MustCompile(`\s(?:QUOTE|CITATION)S?\s*[(\[]?\d*[)\]]?\s*[:：]`)
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
	return p.ended(c)
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
	switch {
	case strings.HasPrefix(trimmed, "<think"):
		p.thinking = !strings.Contains(trimmed, "</think")
		return true
	case p.thinking:
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
	n := len(c.quotes)
	if n == 0 {
		if c.text != "" {
			p.open = otherLine
		}
		return nil
	}
	if strings.TrimSpace(strings.Join(c.quotes[n-1].lines, "")) == "" {
		return nil
	}
	p.open = otherLine
	return p.paused(c)
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

func parseLine(line string) (kind lineKind, numbers []int, text string) {
	if strings.TrimSpace(line) == "" {
		return blankLine, nil, ""
	}
	if m := claimForm.FindStringSubmatch(line); m != nil {
		return claimLine, nil, m[1]
	}
	if m := quoteForm.FindStringSubmatch(line); m != nil {
		return quoteLine, numbersIn(m[1]), m[2]
	}
	if m := bareQuote.FindStringSubmatch(line); m != nil {
		return quoteLine, numbersIn(m[1]), m[2]
	}
	if m := missingForm.FindStringSubmatch(line); m != nil {
		return missingLine, nil, m[1]
	}
	if notFoundForm.MatchString(line) {
		return notFoundLine, nil, ""
	}
	return otherLine, nil, ""
}

func numbersIn(s string) []int {
	var numbers []int
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(f); err == nil {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

var (
	// markers are citations in the text of a claim, in brackets.
	markers = regexp.MustCompile(`\s*[\[(](?:(?i:passages?|quotes?|p\.)\s*)?\d{1,2}(?:\s*[,;]\s*\d{1,2})*[\])]`)
	// gaps part the runs of a quote from which something was left out.
	gaps = regexp.MustCompile(`\s*(?:[\[(]\s*(?:…|\.\.\.)\s*[\])]|…|\.\.\.)\s*`)
)

// claimText is the claim without what a model puts around and behind it.
func claimText(s string) string {
	s = markers.ReplaceAllString(s, "")
	s = strings.NewReplacer("**", "", "__", "").Replace(s)
	return unquoted(safeText(s))
}

// quoteForms are the ways to read a quote, likeliest first, each as the runs of
// text that it consists of: with all its lines or without the last ones, which
// may be talk; as it stands, or without the marks around it.
func (q writtenQuote) quoteForms() [][]string {
	var forms [][]string
	for n := len(q.lines); n > 0; n-- {
		whole := lang.Normalize(strings.TrimSpace(strings.Join(q.lines[:n], "\n")))
		bare := unquoted(strings.ReplaceAll(strings.ReplaceAll(markers.ReplaceAllString(whole, ""), "**", ""), "`", ""))
		ends := strings.Trim(bare, "\"“”«»„ .,;:!?…\u00a0\u202f")
		for _, form := range []string{whole, bare, strings.TrimRight(bare, " .,;:!?…"), ends} {
			if form == "" {
				continue
			}
			forms = append(forms, []string{form})
		}
		if runs := gaps.Split(strings.Trim(bare, ". …"), -1); len(runs) > 1 {
			forms = append(forms, runs)
		}
	}
	return forms
}

// unquoted takes off quotation marks that go around a text.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	for _, marks := range [][2]string{{"\"", "\""}, {"“", "”"}, {"«", "»"}, {"„", "“"}, {"‘", "’"}, {"'", "'"}, {"*", "*"}, {"_", "_"}} {
		if strings.HasPrefix(s, marks[0]) && strings.HasSuffix(s, marks[1]) && len(s) > len(marks[0])+len(marks[1]) {
			inner := s[len(marks[0]) : len(s)-len(marks[1])]
			if !strings.Contains(inner, marks[1]) {
				return strings.Trim(inner, " \u00a0\u202f")
			}
		}
	}
	return s
}
