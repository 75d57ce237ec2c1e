package answer

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"docent/rag/lang"
)

// rest reads what a model wrote without any tag: in JSON, in XML, as a table, behind a
// thought that it did not end, or as prose with markers.
func (p *protocol) rest() error {
	text := withoutThoughts(p.all.String())
	if p.thinking {
		_, text, _ = strings.Cut(p.all.String(), ">")
	}
	lines, isJSON := linesOfJSON(text)
	lines += linesOfXML(text) + linesOfTable(text)
	if p.thinking {
		lines += text
	}
	inner := &protocol{claimed: p.hand, isInner: true}
	err := inner.write(lines)
	if err == nil {
		err = inner.close()
	}
	p.missing, p.notFound = append(p.missing, inner.missing...), p.notFound || inner.notFound || isJSON && !p.formed
	if err != nil || p.formed || p.notFound || len(p.missing) > 0 {
		return err
	}
	return p.prose(text)
}

// pairForm is a name of JSON with the text, the number or the nothing that it has.
var pairForm = regexp.MustCompile(`"([\p{L}\d _]+)"\s*:\s*(?:\[\s*)?("(?:[^"\\]|\\.)*"|\d+|null|\])`)

// linesOfJSON are the claims and quotes in JSON, under whatever names, as lines; ok is
// set where there is any.
func linesOfJSON(text string) (lines string, ok bool) {
	for _, m := range pairForm.FindAllStringSubmatch(text, -1) {
		ok = true
		var said string
		name := plain(strings.Trim(m[1], " _0123456789"))
		switch err := json.Unmarshal([]byte(m[2]), &said); {
		case err != nil || lang.WordCount(said) == 0:
		case says("claim tag", name):
			lines += "CLAIM: " + said + "\n"
		case (says("quote tag", name) || name == " text ") && strings.ContainsFunc(said, unicode.IsLetter):
			lines += "QUOTE: " + said + "\n"
		}
	}
	return lines, ok
}

// element is a tag of XML.
var (
	element    = regexp.MustCompile(`</?\s*(\p{L}+)([^<>]*)>`)
	blankLines = regexp.MustCompile(`\s*\n\s*`)
)

// linesOfXML are the claims and quotes in XML as lines.
func linesOfXML(text string) string {
	lines := element.ReplaceAllStringFunc(text, func(e string) string {
		m := element.FindStringSubmatch(e)
		switch name := plain(m[1]); {
		case strings.HasPrefix(e, "</"):
			return "\n"
		case says("quote tag", name):
			return "\nQUOTE" + onlyNumbers.ReplaceAllString(m[2], " ") + ": "
		case says("claim tag", name), name == " text ":
			return "\nCLAIM: "
		}
		return ""
	})
	if lines == text {
		return ""
	}
	return html.UnescapeString(strings.TrimSpace(blankLines.ReplaceAllString(lines, "\n"))) + "\n"
}

// linesOfTable are the claims and quotes of a table with a column for each, as lines.
func linesOfTable(text string) (lines string) {
	claim, quote := -1, -1
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "|") || ruleForm.MatchString(line) {
			continue
		}
		cells := rowCells(line)
		is := func(kind string) int {
			return slices.IndexFunc(cells, func(c string) bool { return says(kind, plain(c)) })
		}
		switch {
		case claim < 0 || quote < 0:
			claim, quote = is("claim tag"), is("quote tag")
		case max(claim, quote) < len(cells):
			lines += "CLAIM: " + cells[claim] + "\nQUOTE: " + numberLead.ReplaceAllString(cells[quote], "") + "\n"
		}
	}
	return lines
}

var numberLead = regexp.MustCompile(`^\[?\d+\]?\s*:\s*`)

// quotation is what stands between quotation marks.
var quotation = regexp.MustCompile(`["“«]\s*([^"“”«»]{12,})["”»]`)

// prose reads sentences that name passages by markers: each is a claim, and so are
// those before it in its paragraph. Its quotes are what it quotes, or any sentence of
// the passage.
func (p *protocol) prose(text string) error {
	for line := range strings.Lines(text) {
		var waiting []string
		line = strings.TrimSpace(line)
		for _, s := range lang.Sentences(line) {
			sentence := line[s.Start:s.End]
			rest := line[s.End:]
			if m := markers.FindStringIndex(rest); m != nil && m[0] == 0 {
				sentence += rest[:m[1]]
			}
			waiting = append(waiting, sentence)
			numbers := numbersIn(strings.Join(markers.FindAllString(sentence, -1), " "))
			if len(numbers) == 0 {
				continue
			}
			if err := p.sentences(waiting, numbers); err != nil {
				return err
			}
			waiting = nil
		}
	}
	return nil
}

// sentences are claims that rest on the passages of those numbers.
func (p *protocol) sentences(said []string, numbers []int) error {
	q := writtenQuote{passages: numbers}
	if m := quotation.FindStringSubmatch(strings.Join(said, " ")); m != nil {
		q.lines = []string{m[1]}
	}
	for i, s := range said {
		if i > 0 && len(q.lines) > 0 && quotation.MatchString(s) || strings.HasSuffix(strings.TrimSpace(markers.ReplaceAllString(s, "")), ":") {
			continue // it only introduces, or quotes
		}
		if err := p.hand(&writtenClaim{text: strings.TrimSpace(s), quotes: []writtenQuote{q}}, true); err != nil {
			return err
		}
	}
	return nil
}

var thoughts = regexp.MustCompile(`(?s)<think[^>]*>.*?(</think[^>]*>|$)`)

func withoutThoughts(s string) string { return strings.TrimSpace(thoughts.ReplaceAllString(s, "")) }
