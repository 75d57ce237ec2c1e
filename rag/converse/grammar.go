package converse

import (
	"embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"docent/rag/lang"
)

//go:embed en.txt fr.txt
var resources embed.FS

// grammar is what people say around, and instead of, a question in one language.
type grammar struct {
	language string
	rules    map[string]rule
}

// rule is one kind of what is said, as expressions over [phrase.line] that are
// compiled when first used: the whole line, its longest beginning, an end of it.
type rule struct{ whole, head, tail func() *regexp.Regexp }

// grammars are read when the first message comes.
var grammars = sync.OnceValue(func() []*grammar { return []*grammar{readGrammar("fr"), readGrammar("en")} })

// readGrammar reads a resource. A line "name = pattern" is a class, to be used as
// <name> below it, and "kind: pattern" adds to a rule; a line that begins with
// a tab goes on with the one before. In a pattern
//
//	word     is that word, folded; "documents?" with or without its last letter
//	(a | b)  is one of them
//	[a]      may be left out, (a)? as well
//	<name>   is a class
//	_        is any word, * any number of them without a mark between
//	{name}   captures the words of a class, or any where none is of that name
func readGrammar(language string) *grammar {
	text, err := resources.ReadFile(language + ".txt")
	if err != nil {
		panic("the grammars are compiled in: " + err.Error())
	}
	classes, sources := make(map[string]string), make(map[string]string)
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\n\t", " ")) {
		at := strings.IndexAny(line, "=:")
		if at < 0 || line[0] == '#' {
			continue
		}
		name, source := strings.TrimSpace(line[:at]), expression(line[at+1:], classes)
		if line[at] == '=' {
			classes[name] = source
		} else {
			sources[name] += "|" + source
		}
	}
	g := &grammar{language, make(map[string]rule)}
	for name, source := range sources {
		source = "(?:" + source[1:] + ")"
		g.rules[name] = rule{lazy("^"+source+"$", false), lazy("^"+source, true), lazy(`\b`+source+"$", false)}
	}
	return g
}

func lazy(source string, longest bool) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		e := regexp.MustCompile(source)
		if longest {
			e.Longest()
		}
		return e
	})
}

// symbol is a part of a pattern, and marks are what some of them mean.
var (
	symbol = regexp.MustCompile(`[<{]\w+[>}]|[a-z0-9]+\??|\S|\s`)
	marks  = map[string]string{"(": "(?:", "[": "(?:", "]": ")?", ")": ")", "|": "|", "?": "?", "_": `[^ ,]+[ ,]`, "*": `(?:(?:[^ ,]+ )*?[^ ,]+[ ,])??`}
)

// expression writes a pattern as a regular expression.
func expression(pattern string, classes map[string]string) string {
	return symbol.ReplaceAllStringFunc(lang.Fold(pattern), func(s string) string {
		class, ok := classes[strings.Trim(s, "<>{}")]
		switch {
		case s[0] == '<' && !ok:
			panic("a grammar has no class " + s + " above its use")
		case s[0] == '<':
			return "(?:" + class + ")"
		case s[0] == '{' && ok:
			return "(" + class + ")"
		case s[0] == '{':
			return `((?:[^ ,]+[ ,])+?)`
		case lang.IsASCIILetter(s[0]) || lang.IsDigit(s[0]):
			return s + "[ ,]"
		}
		return marks[s]
	})
}

// is reports whether the phrase as a whole is of the kind.
func (g *grammar) is(kind string, p phrase) bool {
	_, ok := g.capture(kind, p)
	return ok
}

// capture is the part of a phrase of the kind that its pattern names, as it was
// written; "" where the pattern names none.
func (g *grammar) capture(kind string, p phrase) (string, bool) {
	all := g.captures(kind, p)
	if len(all) == 0 {
		return "", false
	}
	return all[0], true
}

// captures are the parts of a phrase of the kind that its pattern names, at least "";
// none where it is of another kind.
func (g *grammar) captures(kind string, p phrase) []string {
	r, ok := g.rules[kind]
	if !ok || len(p.words) == 0 {
		return nil
	}
	m := r.whole().FindStringSubmatchIndex(p.line)
	if m == nil {
		return nil
	}
	var parts []string
	for i := 2; i < len(m); i += 2 {
		if m[i] >= 0 {
			parts = append(parts, p.written(countWords(p.line[:m[i]]), countWords(p.line[:m[i+1]])))
		}
	}
	return append(parts, "")
}

// head is how many words at the beginning of the phrase are of the kind, at most.
func (g *grammar) head(kind string, p phrase) int {
	r, ok := g.rules[kind]
	if !ok {
		return 0
	}
	return countWords(r.head().FindString(p.line))
}

// tail is the first of the words at the end of the phrase that are of the kind; as
// many as the phrase has where none is.
func (g *grammar) tail(kind string, p phrase) int {
	m := g.rules[kind].tail().FindStringIndex(p.line)
	if m == nil {
		return len(p.words)
	}
	return countWords(p.line[:m[0]])
}

func countWords(line string) int { return strings.Count(line, " ") + strings.Count(line, ",") }

// isWord reports whether a folded word is of the kind.
func (g *grammar) isWord(kind, folded string) bool { return g.is(kind, newPhrase(folded)) }

// isAnywhere reports whether a folded word is of the kind in some language.
func isAnywhere(kind, folded string) bool {
	return slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.isWord(kind, folded) })
}

// headOf is how many words at the beginning of a phrase are of the kind in some
// language, at most.
func headOf(kind string, p phrase) int {
	most := 0
	for _, g := range grammars() {
		most = max(most, g.head(kind, p))
	}
	return most
}

func begins(kind string, p phrase) bool { return headOf(kind, p) > 0 }

// grammarOf is the grammar of the first of some languages that has one, nil for none.
func grammarOf(languages ...string) *grammar {
	for _, language := range languages {
		for _, g := range grammars() {
			if g.language == language {
				return g
			}
		}
	}
	return nil
}
