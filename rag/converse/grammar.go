package converse

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed en.txt fr.txt
var resources embed.FS

// grammar is what people say around, and instead of, a question in one language.
type grammar struct {
	language string
	rules    map[string]*choice
}

// grammars are read when the first message comes.
var grammars = sync.OnceValue(func() []*grammar {
	return []*grammar{mustParse("fr"), mustParse("en")}
})

func mustParse(language string) *grammar {
	text, err := resources.ReadFile(language + ".txt")
	if err != nil {
		panic("the grammars are compiled in: " + err.Error())
	}
	g, err := parseGrammar(language, string(text))
	if err != nil {
		panic(fmt.Sprintf("the grammar %s: %v", language, err)) // a test reads all of it
	}
	return g
}

// parseGrammar reads a resource. A line "name = pattern" is a class, to be used as
// <name> below it, and "kind: pattern" adds to a rule; a line that begins with
// white space goes on with the one before. In a pattern
//
//	word     is that word, folded; "documents?" with or without its last letter
//	(a | b)  is one of them
//	[a]      may be left out, (a)? as well
//	<name>   is a class
//	_        is any word, * any number of them without a mark between
//	{name}   is one word or more, which are captured; the name is for readers
func parseGrammar(language, text string) (*grammar, error) {
	g := &grammar{language: language, rules: make(map[string]*choice)}
	classes, rules := make(map[string]pattern), make(map[string][]pattern)
	for _, line := range logicalLines(text) {
		at := strings.IndexAny(line, "=:")
		if at < 0 {
			return nil, fmt.Errorf("%q has no name", line)
		}
		name := strings.TrimSpace(line[:at])
		p, err := compile(line[at+1:], classes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if line[at] == '=' {
			classes[name] = p
		} else {
			rules[name] = append(rules[name], p)
		}
	}
	for name, all := range rules {
		g.rules[name] = newChoice(all)
	}
	return g, nil
}

func logicalLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case len(lines) > 0 && (line[0] == ' ' || line[0] == '\t'):
			lines[len(lines)-1] += " " + trimmed
		default:
			lines = append(lines, trimmed)
		}
	}
	return lines
}

// is reports whether the phrase as a whole is of the kind.
func (g *grammar) is(kind string, p phrase) bool {
	_, ok := g.capture(kind, p)
	return ok
}

// capture is the part of a phrase of the kind that its pattern names, as it was
// written; "" where the pattern names none.
func (g *grammar) capture(kind string, p phrase) (string, bool) {
	r, m := g.rules[kind], &matching{phrase: p}
	if r == nil || len(p.words) == 0 || !slices.Contains(r.ends(m, 0), len(p.words)) {
		return "", false
	}
	from, to, _ := r.capture(m, 0, len(p.words))
	return p.written(from, to), true
}

// head is how many words at the beginning of the phrase are of the kind, at most.
func (g *grammar) head(kind string, p phrase) int {
	if g.rules[kind] == nil || len(p.words) == 0 {
		return 0
	}
	return slices.Max(append(g.rules[kind].ends(&matching{phrase: p}, 0), 0))
}

// longestTail is how many words a courtesy at the end of a sentence has at most.
const longestTail = 24

// tail is the first of the words at the end of the phrase that are of the kind; as
// many as the phrase has where none is.
func (g *grammar) tail(kind string, p phrase) int {
	m := &matching{phrase: p}
	for at := max(0, len(p.words)-longestTail); at < len(p.words); at++ {
		if slices.Contains(g.rules[kind].ends(m, at), len(p.words)) {
			return at
		}
	}
	return len(p.words)
}

// isWord reports whether a folded word is of the kind.
func (g *grammar) isWord(kind, folded string) bool { return g.is(kind, newPhrase(folded)) }

// isAnywhere reports whether a folded word is of the kind in some language.
func isAnywhere(kind, folded string) bool {
	p := newPhrase(folded)
	return slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.is(kind, p) })
}
