package converse

import (
	"fmt"
	"strings"

	"docent/rag/lang"
)

// compiler reads a pattern symbol by symbol.
type compiler struct {
	symbols []string
	classes map[string]pattern
}

// symbols parts a pattern into its words and marks.
func symbols(text string) []string {
	var list []string
	for at := 0; at < len(text); {
		end := at + 1
		switch c := text[at]; {
		case c == ' ':
			at++
			continue
		case c == '<' || c == '{':
			if n := strings.IndexAny(text[at:], ">}"); n > 0 {
				end = at + n + 1
			}
		case isLetterOrDigit(c):
			for end < len(text) && isLetterOrDigit(text[end]) {
				end++
			}
			if end < len(text) && text[end] == '?' {
				end++
			}
		}
		list = append(list, text[at:end])
		at = end
	}
	return list
}

func isLetterOrDigit(c byte) bool { return lang.IsASCIILetter(c) || lang.IsDigit(c) }

func compile(text string, classes map[string]pattern) (pattern, error) {
	c := compiler{symbols: symbols(lang.Fold(text)), classes: classes}
	p, err := c.choice()
	if err == nil && len(c.symbols) > 0 {
		err = fmt.Errorf("%q closes nothing", c.symbols[0])
	}
	return p, err
}

func (c *compiler) choice() (pattern, error) {
	var all []pattern
	for {
		s, err := c.sequence()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		if len(c.symbols) == 0 || c.symbols[0] != "|" {
			return newChoice(all), nil
		}
		c.symbols = c.symbols[1:]
	}
}

func (c *compiler) sequence() (pattern, error) {
	var all sequence
	for len(c.symbols) > 0 {
		switch s := c.symbols[0]; s {
		case "|", ")", "]":
			return all, nil
		case "'", "-", ",":
			c.symbols = c.symbols[1:]
		default:
			p, err := c.one()
			if err != nil {
				return nil, err
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// unbounded is more words than any message has.
const unbounded = 1 << 20

func (c *compiler) one() (pattern, error) {
	s := c.symbols[0]
	c.symbols = c.symbols[1:]
	switch {
	case s == "(" || s == "[":
		return c.group(s)
	case s == "*":
		return run{most: unbounded}, nil
	case s == "_":
		return run{least: 1, most: 1}, nil
	case s[0] == '{':
		return run{least: 1, most: unbounded, captured: true}, nil
	case s[0] == '<':
		p, ok := c.classes[strings.Trim(s, "<>")]
		if !ok {
			return nil, fmt.Errorf("there is no class %s above", s)
		}
		return p, nil
	case isLetterOrDigit(s[0]):
		full, plural := strings.CutSuffix(s, "?")
		short := full
		if plural {
			short = full[:len(full)-1]
		}
		return literal{full, short}, nil
	}
	return nil, fmt.Errorf("%q is no part of a pattern", s)
}

// group is what stands in brackets; square ones, or a question mark after round
// ones, make it optional.
func (c *compiler) group(open string) (pattern, error) {
	p, err := c.choice()
	if err != nil {
		return nil, err
	}
	if closing := map[string]string{"(": ")", "[": "]"}[open]; len(c.symbols) == 0 || c.symbols[0] != closing {
		return nil, fmt.Errorf("%q is not closed", open)
	}
	c.symbols = c.symbols[1:]
	marked := len(c.symbols) > 0 && c.symbols[0] == "?"
	if marked {
		c.symbols = c.symbols[1:]
	}
	if open == "[" || marked {
		return optional{p}, nil
	}
	return p, nil
}
