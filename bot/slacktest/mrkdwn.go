package slacktest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unescape resolves the three entities that Slack knows, each once.
func unescape(s string) string { return entities.Replace(s) }

var (
	markdownInMrkdwn = regexp.MustCompile(`\*\*[^*\s][^*]*\*\*|\[[^\]\n]+\]\(https?://[^)\s]+\)|(?m)^#{1,6} `)
	bareURL          = regexp.MustCompile(`https?://[^\s<>"'|]+[^\s<>"'|.,;:!?)\]}…»]`)
	bareMention      = regexp.MustCompile(`@(channel|here|everyone)\b`)
)

// mrkdwn writes Slack's own markup.
func (p *pageMaker) mrkdwn(text string) {
	if found := markdownInMrkdwn.FindString(text); found != "" {
		p.problem("Markdown in mrkdwn: %s", found)
	}
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			p.with(func(x *Piece) { x.Code = true }, func() { p.angles(strings.TrimPrefix(part, "\n"), p.lines) })
			continue
		}
		for j, line := range strings.Split(part, "\n") {
			if j > 0 {
				p.newline()
			}
			p.mrkdwnLine(line)
		}
	}
}

func (p *pageMaker) mrkdwnLine(line string) {
	for _, mark := range []string{"&gt;", ">"} {
		if rest, quoted := strings.CutPrefix(line, mark); quoted {
			p.with(func(x *Piece) { x.Quote = true }, func() { p.mrkdwnLine(strings.TrimPrefix(rest, " ")) })
			return
		}
	}
	p.emphasis(line)
}

// lines writes text that may have line ends.
func (p *pageMaker) lines(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			p.newline()
		}
		p.plain(line)
	}
}

// emphasis writes a line with *bold*, _italic_, ~strike~ and `code`.
func (p *pageMaker) emphasis(line string) {
	start := 0
	for i := 0; i < len(line); i++ {
		if line[i] == '<' { // what is inside is no markup
			if end := strings.IndexByte(line[i:], '>'); end > 0 {
				i += end
			}
			continue
		}
		end := closing(line, i)
		if end < 0 {
			continue
		}
		p.angles(line[start:i], p.plain)
		inner := line[i+1 : end]
		switch line[i] {
		case '*':
			p.with(func(x *Piece) { x.Bold = true }, func() { p.emphasis(inner) })
		case '_':
			p.with(func(x *Piece) { x.Italic = true }, func() { p.emphasis(inner) })
		case '~':
			p.with(func(x *Piece) { x.Strike = true }, func() { p.emphasis(inner) })
		case '`':
			p.with(func(x *Piece) { x.Code = true }, func() { p.angles(inner, p.plain) })
		}
		start, i = end+1, end
	}
	p.angles(line[start:], p.plain)
}

// closing finds the end of the emphasis that starts at i, -1 if none does: the
// marks stand at the edges of words.
func closing(line string, i int) int {
	mark := line[i]
	if !strings.ContainsRune("*_~`", rune(mark)) {
		return -1
	}
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	if i > 0 && (isWord(before) || before == rune(mark)) || i+1 >= len(line) || line[i+1] == ' ' || line[i+1] == mark {
		return -1
	}
	for j := i + 2; j < len(line); j++ {
		if line[j] != mark || line[j-1] == ' ' {
			continue
		}
		after, _ := utf8.DecodeRuneInString(line[j+1:])
		if j+1 == len(line) || !isWord(after) && after != rune(mark) {
			return j
		}
	}
	return -1
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// angles writes a run in which <…> are links and mentions; write writes what is
// between them.
func (p *pageMaker) angles(text string, write func(string)) {
	for {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '>')
		if end < 0 {
			p.problem("unescaped < in %q", cut(text[open:], 40))
			break
		}
		write(text[:open])
		p.angle(text[open+1 : open+end])
		text = text[open+end+1:]
	}
	write(text)
}

// angle writes one <…>.
func (p *pageMaker) angle(inner string) {
	target, label, labelled := strings.Cut(inner, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		p.user(target[1:])
	case strings.HasPrefix(target, "#"):
		p.channel(target[1:])
	case strings.HasPrefix(target, "!subteam^"):
		p.group(strings.TrimPrefix(target, "!subteam^"))
	case strings.HasPrefix(target, "!date^"):
		p.write(unescape(label))
	case target == "!channel" || target == "!here" || target == "!everyone":
		p.ping(target[1:], "@"+target[1:])
	case strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:"):
		if !labelled || label == "" {
			label = target
		}
		p.link(unescape(target), unescape(label))
	default:
		p.problem("unknown markup <%s>", inner)
		p.write("<" + inner + ">")
	}
}

// plain writes words, in which addresses become links on their own.
func (p *pageMaker) plain(text string) {
	for {
		at := bareURL.FindStringIndex(text)
		if at == nil {
			break
		}
		p.words(text[:at[0]])
		p.link(unescape(text[at[0]:at[1]]), unescape(text[at[0]:at[1]]))
		text = text[at[1]:]
	}
	p.words(text)
}

func (p *pageMaker) words(text string) {
	if p.parsed {
		for _, m := range bareMention.FindAllStringSubmatch(text, -1) {
			p.r.Pings = append(p.r.Pings, m[1])
		}
	}
	p.write(unescape(text))
}
